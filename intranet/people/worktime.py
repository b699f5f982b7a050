"""Who works when: by their calendar, in the wall time of their own zone, and by their absences."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from intranet.people.calendars import Schedule, schedules_of
from intranet.people.hours import DAY
from intranet.people.models import Absence, Employment, User, WorkCalendar

SEARCH = 400  # days; whoever does not work until then has no next working minute
A_DAY = dt.timedelta(days=1)
Interval = tuple[dt.datetime, dt.datetime]


def is_working(person: User, at: dt.datetime) -> bool:
    return WorkTimes([person], at).is_working(person)


def next_working_minute(person: User, at: dt.datetime) -> dt.datetime | None:
    """`at` itself while they work, else when they begin again; None if that is not in sight."""
    return WorkTimes([person], at).next_working_minute(person)


def absence_of(person: User, at: dt.datetime) -> Absence | None:
    return WorkTimes([person], at).absence_of(person)


@dataclass(frozen=True)
class OffWork:
    """Somebody who does not work now. Without `until`, nobody knows when they will."""

    person: User
    until: dt.datetime | None
    absence: Absence | None


def off_work(people: Iterable[User], at: dt.datetime) -> list[OffWork]:
    """Who of these does not work now, and until when, at the same cost however many they are."""
    people = list(people)
    times = WorkTimes(people, at)
    return [
        OffWork(person, times.next_working_minute(person), times.absence_of(person))
        for person in people
        if not times.is_working(person)
    ]


class WorkTimes:
    """What is so at one instant, for any number of people: everything is loaded at once."""

    def __init__(self, people: Iterable[User], at: dt.datetime) -> None:
        self.at = at.astimezone(dt.UTC)
        people = list(people)
        first, last = self.at.date() - 3 * A_DAY, self.at.date() + (SEARCH + 3) * A_DAY
        self._schedules = schedules_of(people, first, last)
        self._absences: dict[int, list[Absence]] = defaultdict(list)
        absences = Absence.objects.filter(user__in=people).touching(first, last)
        for absence in absences.select_related("user", "stand_in").order_by("first_day", "pk"):
            self._absences[absence.user_id].append(absence)

    def is_working(self, person: User) -> bool:
        return self.next_working_minute(person, days=1) == self.at

    def next_working_minute(self, person: User, days: int = SEARCH) -> dt.datetime | None:
        if not person.is_active or person.employment != Employment.ACTIVE:
            return None
        away = sorted(absence.instants for absence in self._absences[person.pk])
        for start, end in self._intervals(person, days):
            if (found := _first_free(max(start, self.at), away)) < end:
                return found
        return None

    def calendar_of(self, person: User) -> WorkCalendar:
        return self._schedules[person.pk].calendar

    def absence_of(self, person: User) -> Absence | None:
        """Of several at once the one that ends last."""
        absences = self._absences[person.pk]
        now = [each for each in absences if each.instants[0] <= self.at < each.instants[1]]
        return max(now, key=lambda absence: absence.ends, default=None)

    def _intervals(self, person: User, days: int) -> Iterator[Interval]:
        """When the calendar says work, in order, from the shift that began the day before."""
        schedule, zone = self._schedules[person.pk], _zone(person)
        today = self.at.astimezone(zone).date()
        for offset in range(-1, days + 1):
            yield from _on(schedule, today + offset * A_DAY, zone)


def _on(schedule: Schedule, day: dt.date, zone: zoneinfo.ZoneInfo) -> Iterator[Interval]:
    for start, end in schedule.spans_on(day):
        yield _instant(day, start, zone), _instant(day, end, zone)


def _instant(day: dt.date, minute: int, zone: zoneinfo.ZoneInfo) -> dt.datetime:
    """Where clocks change, as in iCalendar (RFC 5545, 3.3.5): of two such times the first, and a time that is
    skipped counts on from before the change."""
    wall = dt.datetime.combine(day + minute // DAY * A_DAY, dt.time(minute % DAY // 60, minute % 60))
    return wall.replace(tzinfo=zone, fold=0).astimezone(dt.UTC)


def _first_free(moment: dt.datetime, away: list[Interval]) -> dt.datetime:
    """`away` is in order, so that one look at each is enough."""
    for begins, ends in away:
        if begins <= moment < ends:
            moment = ends
    return moment


def _zone(person: User) -> zoneinfo.ZoneInfo:
    return zoneinfo.ZoneInfo(person.time_zone)
