"""Which calendar counts for whom, and what it says about a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet

from intranet.people.hours import Span, Week
from intranet.people.models import CalendarDay, Department, Membership, User, WorkCalendar
from intranet.people.public_days import PublicDay, PublicYear, public_year

Said = CalendarDay | PublicDay


@dataclass(frozen=True)
class Schedule:
    """A calendar in memory: all that decides whether a day is worked."""

    calendar: WorkCalendar
    days: Mapping[dt.date, CalendarDay] = field(default_factory=dict)
    imported: Collection[int] = ()

    def said_about(self, day: dt.date) -> Said | None:
        """What makes this day another than its weekday says: HR's word first, then the library's."""
        return self.days.get(day) or self._public(day.year).days.get(day)

    def spans_on(self, day: dt.date) -> list[Span]:
        """The shifts that begin on this day. A make-up day on a free weekday has the first workday's."""
        week: Week = self.calendar.hours
        usual = list(week[day.weekday()])
        said = self.said_about(day)
        if said is None:
            return usual
        return (usual or next(list(spans) for spans in week if spans)) if said.works else []

    def is_provisional(self, year: int) -> bool:
        return self._public(year).provisional

    def _public(self, year: int) -> PublicYear:
        if year in self.imported:
            return PublicYear({}, provisional=False)
        return public_year(self.calendar.country, self.calendar.region, year)


def schedule_of(calendar: WorkCalendar, year: int) -> Schedule:
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return _schedule(_with_days(first, last).get(pk=calendar.pk))


def schedules_of(people: Iterable[User], first: dt.date, last: dt.date) -> dict[int, Schedule]:
    """By person, for the days from first to last."""
    calendars = {each.pk: each for each in _with_days(first, last)}
    schedules = {pk: _schedule(calendar) for pk, calendar in calendars.items()}
    return {user: schedules[calendar.pk] for user, calendar in _calendars_of(people, calendars).items()}


def _with_days(first: dt.date, last: dt.date) -> QuerySet[WorkCalendar]:
    days = CalendarDay.objects.filter(date__range=(first, last))
    return WorkCalendar.objects.prefetch_related(
        Prefetch("days", days, to_attr="some_days"), "imported_years"
    )


def _schedule(calendar: WorkCalendar) -> Schedule:
    days = {day.date: day for day in calendar.some_days}  # type: ignore[attr-defined]
    return Schedule(calendar, days, {each.year for each in calendar.imported_years.all()})


# --- Whose calendar -----------------------------------------------------------------------------------


def _calendars_of(people: Iterable[User], calendars: Mapping[int, WorkCalendar]) -> dict[int, WorkCalendar]:
    people = list(people)
    default = next(calendar for calendar in calendars.values() if calendar.is_default)
    without = [person.pk for person in people if person.calendar_id is None]
    home = dict(Membership.objects.filter(primary=True, user__in=without).values_list("user", "department"))
    by_department = _by_department() if home else {}
    chosen = {each.pk: each.calendar_id or by_department.get(home.get(each.pk, 0)) for each in people}
    return {user: calendars[calendar] if calendar else default for user, calendar in chosen.items()}


def _by_department() -> dict[int, int | None]:
    """The calendar of each department, or of the nearest one above it that has one."""
    rows = Department.objects.without_tree_fields().values_list("pk", "parent", "calendar")
    tree = {pk: (parent, calendar) for pk, parent, calendar in rows}
    return {pk: next(filter(None, _upwards(pk, tree)), None) for pk in tree}


def _upwards(pk: int | None, tree: Mapping[int, tuple[int | None, int | None]]) -> Iterator[int | None]:
    for _step in range(len(tree)):
        if pk is None:
            return
        pk, calendar = tree[pk]
        yield calendar
