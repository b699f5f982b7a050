"""When the demo company's conversations happened: on the working days before today, in Shanghai."""

from __future__ import annotations

import datetime as dt
import zoneinfo

from demo.content.shapes import When

SHANGHAI = zoneinfo.ZoneInfo("Asia/Shanghai")
FRIDAY = 4


def moment(when: When, *, now: dt.datetime) -> dt.datetime:
    days, time_of_day = when
    day = working_day_before(now.astimezone(SHANGHAI).date(), days)
    local = dt.datetime.combine(day, dt.time.fromisoformat(time_of_day), SHANGHAI)
    return local.astimezone(dt.UTC)


def working_day_before(day: dt.date, count: int) -> dt.date:
    while count > 0:
        day -= dt.timedelta(days=1)
        count -= day.weekday() <= FRIDAY
    return day
