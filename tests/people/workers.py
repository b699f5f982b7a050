"""People whose working times are told in tables: each has a calendar, a zone and absences of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from intranet.people import actions
from intranet.people.models import AbsenceKind, Employment, User, WorkCalendar

OFFICE = [[9 * 60, 12 * 60], [13 * 60 + 30, 18 * 60]]
NINE_TO_FIVE = [[9 * 60, 17 * 60]]
NIGHT = [[22 * 60, 30 * 60]]


def weekdays(spans: list[list[int]]) -> list[list[list[int]]]:
    return [spans] * 5 + [[], []]


def daily(spans: list[list[int]]) -> list[list[list[int]]]:
    return [spans] * 7


def calendar(name: str, **fields: Any) -> WorkCalendar:
    return actions.create_calendar(actor=None, name=name, **fields)


def worker(name: str, zone: str = "Asia/Shanghai", **fields: Any) -> User:
    """Without a calendar of their own the company's counts."""
    return actions.create_user(actor=None, username=name, name=name, time_zone=zone, **fields)


def away(user: User, first: str, last: str, kind: str = AbsenceKind.LEAVE) -> User:
    """`2026-11-24` or `2026-11-24 14:00`."""
    first_day, _, first_time = first.partition(" ")
    last_day, _, last_time = last.partition(" ")
    actions.enter_absence(
        actor=None,
        user=user,
        kind=kind,
        first_day=dt.date.fromisoformat(first_day),
        first_time=dt.time.fromisoformat(first_time) if first_time else None,
        last_day=dt.date.fromisoformat(last_day),
        last_time=dt.time.fromisoformat(last_time) if last_time else None,
    )
    return user


def _inactive() -> User:
    user = worker("left")
    actions.deactivate_user(actor=None, user=user)
    return user


def _with_days() -> User:
    """HR says: 2026-11-25 is the company's day off, Saturday 2026-11-28 and 2026-10-01 are worked."""
    own = calendar("days", hours=weekdays(OFFICE))
    said = (("2026-11-25", "off"), ("2026-11-28", "working"), ("2026-10-01", "working"))
    for date, kind in said:
        day = dt.date.fromisoformat(date)
        actions.set_day(actor=None, calendar=own, date=day, kind=kind, name="HR")
    return worker("days", calendar=own)


def _weekend() -> User:
    own = calendar("weekend", country="", hours=[[], [], [], [], [], [[600, 960]], [[600, 960]]])
    return worker("weekend", calendar=own)


def _in(name: str, zone: str, hours: list[list[list[int]]], country: str = "", region: str = "") -> User:
    return worker(name, zone, calendar=calendar(name, country=country, region=region, hours=hours))


WORKERS: dict[str, Callable[[], User]] = {
    "office": lambda: worker("office"),
    "nights": lambda: _in("nights", "Asia/Shanghai", weekdays(NIGHT), "CN"),
    "weekend": _weekend,
    "days": _with_days,
    "around": lambda: _in("around", "UTC", daily([[0, 24 * 60]])),
    "urumqi": lambda: worker("urumqi", "Asia/Urumqi"),
    "singapore": lambda: _in("singapore", "Asia/Singapore", weekdays(NINE_TO_FIVE), "SG"),
    "berlin": lambda: _in("berlin", "Europe/Berlin", weekdays(NINE_TO_FIVE), "DE", "BE"),
    "munich": lambda: _in("munich", "Europe/Berlin", weekdays(NINE_TO_FIVE), "DE", "BY"),
    "watch": lambda: _in("watch", "Europe/Berlin", daily(NIGHT)),
    "early": lambda: _in("early", "Europe/Berlin", daily([[150, 600]])),
    "late": lambda: _in("late", "Europe/Berlin", daily([[20 * 60, 26 * 60 + 30]])),
    "new_york": lambda: _in("new_york", "America/New_York", weekdays(NINE_TO_FIVE), "US"),
    "lord_howe": lambda: _in("lord_howe", "Australia/Lord_Howe", daily([[90, 540]])),
    "on_leave": lambda: worker("on_leave", employment=Employment.ON_LEAVE),
    "left": _inactive,
    "leave": lambda: away(worker("leave"), "2026-11-25", "2026-11-27"),
    "before_holiday": lambda: away(worker("before_holiday"), "2026-09-28", "2026-09-30", AbsenceKind.TRAVEL),
    "dentist": lambda: away(worker("dentist"), "2026-11-24 14:00", "2026-11-24 16:00", AbsenceKind.SICK),
    "twice": lambda: away(
        away(worker("twice"), "2026-11-23", "2026-11-24"), "2026-11-25", "2026-11-25 10:15"
    ),
    "for_years": lambda: away(worker("for_years"), "2026-01-01", "2028-12-31", AbsenceKind.SICK),
    "sick_night": lambda: away(
        _in("sick_night", "Asia/Shanghai", weekdays(NIGHT)), "2026-11-25", "2026-11-25", AbsenceKind.SICK
    ),
}
