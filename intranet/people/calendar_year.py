"""A calendar's year as HR reads it: twelve months with 休 and 班 in them, and the days by name."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from intranet.people.calendars import Said, Schedule
from intranet.people.hours import Span, show_spans
from intranet.people.models import CalendarDay

A_DAY = dt.timedelta(days=1)
_weeks = calendar.Calendar(firstweekday=calendar.MONDAY)


@dataclass(frozen=True)
class Cell:
    """One day of a month; the weeks' other days are empty cells."""

    day: dt.date | None = None
    works: bool = False
    said: Said | None = None


@dataclass(frozen=True)
class Month:
    first: dt.date
    weeks: list[list[Cell]]


@dataclass(frozen=True)
class Stretch:
    """Days in a row of which the same is said."""

    first: dt.date
    last: dt.date
    said: Said
    spans: list[Span]
    by_hr: bool

    @property
    def hours(self) -> str:
        return show_spans(self.spans)

    @property
    def is_one_day(self) -> bool:
        return self.first == self.last


@dataclass(frozen=True)
class Year:
    number: int
    provisional: bool
    imported: bool
    months: list[Month]
    stretches: list[Stretch]


def year_of(schedule: Schedule, number: int) -> Year:
    months = [_month(schedule, dt.date(number, month, 1)) for month in range(1, 13)]
    stretches = list(_stretches(schedule, number))
    imported = number in schedule.imported
    return Year(number, schedule.is_provisional(number), imported, months, stretches)


def _month(schedule: Schedule, first: dt.date) -> Month:
    weeks = _weeks.monthdatescalendar(first.year, first.month)
    return Month(first, [[_cell(schedule, day, first) for day in week] for week in weeks])


def _cell(schedule: Schedule, day: dt.date, first: dt.date) -> Cell:
    if day.month != first.month:
        return Cell()
    return Cell(day, bool(schedule.spans_on(day)), schedule.said_about(day))


def _stretches(schedule: Schedule, number: int) -> Iterator[Stretch]:
    current: Stretch | None = None
    for day in (dt.date(number, 1, 1) + A_DAY * offset for offset in range(365 + calendar.isleap(number))):
        found = _stretch(schedule, day)
        if current and found and _goes_on(current, found):
            current = Stretch(current.first, day, found.said, found.spans, found.by_hr)
            continue
        if current:
            yield current
        current = found
    if current:
        yield current


def _stretch(schedule: Schedule, day: dt.date) -> Stretch | None:
    said = schedule.said_about(day)
    if said is None:
        return None
    return Stretch(day, day, said, schedule.spans_on(day), isinstance(said, CalendarDay))


def _goes_on(current: Stretch, found: Stretch) -> bool:
    return (
        found.first == current.last + A_DAY
        and found.by_hr == current.by_hr
        and (found.said.name, found.said.works) == (current.said.name, current.said.works)
    )
