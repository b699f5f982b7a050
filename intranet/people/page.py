"""What the settings pages show of one's own working time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from intranet import clock
from intranet.people.hours import describe
from intranet.people.models import Absence, User
from intranet.people.worktime import OffWork, WorkTimes

# Whoever was sick last week may still want to correct it.
SHOWN_AFTERWARDS = dt.timedelta(days=30)


def working_time(me: User) -> dict[str, Any]:
    times = WorkTimes([me], clock.now())
    calendar, absence = times.calendar_of(me), times.absence_of(me)
    away = OffWork(me, times.next_working_minute(me), absence) if absence else None
    return {"calendar": calendar, "week": describe(calendar.hours), "away": away}


def absences_shown(me: User) -> dict[str, Any]:
    """Those that are or will be, then those that are over."""
    now = clock.now()
    recent = Absence.objects.of(me).filter(last_day__gte=(now - SHOWN_AFTERWARDS).date())
    shown = list(recent.select_related("user", "stand_in"))
    return {
        "coming": [absence for absence in shown if absence.instants[1] > now],
        "over": [absence for absence in shown if absence.instants[1] <= now],
        "now": now,
    }
