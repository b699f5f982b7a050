"""Who works when. Times are wall time in the person's own zone, or say their offset."""

from __future__ import annotations

import datetime as dt
import random
import zoneinfo

import pytest

from intranet.people import actions
from intranet.people.models import User
from intranet.people.worktime import SEARCH, WorkTimes, absence_of, is_working, next_working_minute, off_work
from tests.people.workers import OFFICE, WORKERS, away, calendar, weekdays, worker
from tests.query_counts import assert_queries

pytestmark = pytest.mark.django_db
NEVER = "never"
NOW = "now"

# Who, when, and when they work next: now means that they do.
CASES = [
    # An ordinary Wednesday, and the edges of its hours.
    ("office", "2026-11-25 08:59", "2026-11-25 09:00"),
    ("office", "2026-11-25 09:00", NOW),
    ("office", "2026-11-25 11:59", NOW),
    ("office", "2026-11-25 12:00", "2026-11-25 13:30"),
    ("office", "2026-11-25 13:29", "2026-11-25 13:30"),
    ("office", "2026-11-25 13:30", NOW),
    ("office", "2026-11-25 17:59", NOW),
    ("office", "2026-11-25 18:00", "2026-11-26 09:00"),
    ("office", "2026-11-25 00:00", "2026-11-25 09:00"),
    ("office", "2026-11-25 23:59", "2026-11-26 09:00"),
    # A weekend.
    ("office", "2026-11-27 17:59", NOW),
    ("office", "2026-11-27 18:00", "2026-11-30 09:00"),
    ("office", "2026-11-28 10:00", "2026-11-30 09:00"),
    ("office", "2026-11-29 23:59", "2026-11-30 09:00"),
    # The eve of a holiday, the holiday, and the days that are worked for it (调休).
    ("office", "2026-09-30 17:59", NOW),
    ("office", "2026-09-30 18:00", "2026-10-08 09:00"),
    ("office", "2026-10-01 10:00", "2026-10-08 09:00"),
    ("office", "2026-10-07 23:59", "2026-10-08 09:00"),
    ("office", "2026-10-08 09:00", NOW),
    ("office", "2026-09-20 10:00", NOW),
    ("office", "2026-09-20 12:30", "2026-09-20 13:30"),
    ("office", "2026-09-19 10:00", "2026-09-20 09:00"),
    ("office", "2026-10-09 18:00", "2026-10-10 09:00"),
    ("office", "2026-10-10 10:00", NOW),
    ("office", "2026-10-10 18:00", "2026-10-12 09:00"),
    ("office", "2026-02-13 18:00", "2026-02-14 09:00"),
    ("office", "2026-02-14 17:00", NOW),
    ("office", "2026-02-14 18:00", "2026-02-24 09:00"),
    ("office", "2026-02-16 10:00", "2026-02-24 09:00"),
    ("office", "2026-02-28 09:00", NOW),
    ("office", "2026-01-02 10:00", "2026-01-04 09:00"),
    ("office", "2026-05-09 15:00", NOW),
    ("office", "2025-12-31 18:00", "2026-01-04 09:00"),
    # A year that no library has: fixed holidays are kept, what is moved is not known.
    ("office", "2029-12-31 18:00", "2030-01-02 09:00"),
    ("office", "2030-10-01 10:00", "2030-10-04 09:00"),
    ("office", "2030-02-03 10:00", "2030-02-08 09:00"),
    ("office", "2030-02-01 18:00", "2030-02-08 09:00"),
    # Night shifts belong to the day they begin on.
    ("nights", "2026-11-25 21:59", "2026-11-25 22:00"),
    ("nights", "2026-11-25 22:00", NOW),
    ("nights", "2026-11-26 05:59", NOW),
    ("nights", "2026-11-26 06:00", "2026-11-26 22:00"),
    ("nights", "2026-11-28 03:00", NOW),
    ("nights", "2026-11-28 06:00", "2026-11-30 22:00"),
    ("nights", "2026-11-30 03:00", "2026-11-30 22:00"),
    ("nights", "2026-10-01 05:59", NOW),
    ("nights", "2026-10-01 06:00", "2026-10-08 22:00"),
    ("nights", "2026-10-11 05:59", NOW),
    ("sick_night", "2026-11-25 03:00", "2026-11-26 00:00"),
    ("sick_night", "2026-11-24 23:59", NOW),
    # Hours at weekends, around the clock, and HR's own days.
    ("weekend", "2026-11-27 12:00", "2026-11-28 10:00"),
    ("weekend", "2026-10-03 15:59", NOW),
    ("around", "2026-11-29 00:00", NOW),
    ("around", "2026-11-29 23:59", NOW),
    ("days", "2026-11-25 10:00", "2026-11-26 09:00"),
    ("days", "2026-11-27 18:00", "2026-11-28 09:00"),
    ("days", "2026-10-01 10:00", NOW),
    # The same hours in one's own zone; another country's holidays.
    ("urumqi", "2026-11-25 09:00+08:00", "2026-11-25 11:00+08:00"),
    ("urumqi", "2026-11-25 19:59+08:00", NOW),
    ("singapore", "2026-10-01 10:00", NOW),
    ("singapore", "2026-02-17 10:00", "2026-02-19 09:00"),
    ("singapore", "2026-08-07 17:00", "2026-08-11 09:00"),
    ("berlin", "2026-10-02 17:00", "2026-10-05 09:00"),
    ("berlin", "2026-05-14 10:00", "2026-05-15 09:00"),
    ("berlin", "2026-06-04 10:00", NOW),
    ("munich", "2026-06-04 10:00", "2026-06-05 09:00"),
    ("new_york", "2026-11-25 17:00", "2026-11-27 09:00"),
    ("new_york", "2026-11-26 01:00+08:00", NOW),
    # Clocks go forward on 29 March and back on 25 October in Berlin, on 8 March and 1 November in New York.
    ("berlin", "2026-03-27 17:00", "2026-03-30 09:00+02:00"),
    ("berlin", "2026-10-23 17:00", "2026-10-26 09:00+01:00"),
    ("new_york", "2026-03-06 17:00", "2026-03-09 09:00-04:00"),
    ("new_york", "2026-10-30 17:00", "2026-11-02 09:00-05:00"),
    ("watch", "2026-03-29 01:59+01:00", NOW),
    ("watch", "2026-03-29 05:59+02:00", NOW),
    ("watch", "2026-03-29 06:00+02:00", "2026-03-29 22:00+02:00"),
    ("watch", "2026-10-25 02:30+02:00", NOW),
    ("watch", "2026-10-25 02:30+01:00", NOW),
    ("watch", "2026-10-25 05:59+01:00", NOW),
    ("watch", "2026-10-25 06:00+01:00", "2026-10-25 22:00+01:00"),
    ("early", "2026-03-29 00:00+01:00", "2026-03-29 03:30+02:00"),
    ("early", "2026-03-29 03:29+02:00", "2026-03-29 03:30+02:00"),
    ("early", "2026-03-30 02:29+02:00", "2026-03-30 02:30+02:00"),
    ("early", "2026-10-25 02:15+02:00", "2026-10-25 02:30+02:00"),
    ("early", "2026-10-25 02:15+01:00", NOW),
    ("late", "2026-10-25 02:29+02:00", NOW),
    ("late", "2026-10-25 02:30+02:00", "2026-10-25 20:00+01:00"),
    ("late", "2026-10-25 02:15+01:00", "2026-10-25 20:00+01:00"),
    ("lord_howe", "2026-10-04 01:45+10:30", NOW),
    ("lord_howe", "2026-10-04 08:59+11:00", NOW),
    ("lord_howe", "2026-04-05 01:15+11:00", "2026-04-05 01:30+11:00"),
    # Absences.
    ("leave", "2026-11-24 17:59", NOW),
    ("leave", "2026-11-24 18:00", "2026-11-30 09:00"),
    ("leave", "2026-11-26 10:00", "2026-11-30 09:00"),
    ("leave", "2026-11-30 09:00", NOW),
    ("before_holiday", "2026-09-28 10:00", "2026-10-08 09:00"),
    ("dentist", "2026-11-24 13:59", NOW),
    ("dentist", "2026-11-24 14:00", "2026-11-24 16:00"),
    ("dentist", "2026-11-24 16:00", NOW),
    ("twice", "2026-11-23 09:00", "2026-11-25 10:15"),
    # No end in sight.
    ("for_years", "2026-11-25 10:00", NEVER),
    ("on_leave", "2026-11-25 10:00", NEVER),
    ("left", "2026-11-25 10:00", NEVER),
]


def moment(text: str, person: User) -> dt.datetime:
    found = dt.datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=zoneinfo.ZoneInfo(person.time_zone))


@pytest.mark.parametrize(("name", "at", "expected"), CASES)
def test_the_table(name: str, at: str, expected: str) -> None:
    person = WORKERS[name]()
    when = moment(at, person)
    assert is_working(person, when) is (expected == NOW)
    found = next_working_minute(person, when)
    if expected == NEVER:
        assert found is None
    else:
        assert found == (when if expected == NOW else moment(expected, person))


@pytest.mark.parametrize(
    "name", ["office", "nights", "days", "berlin", "watch", "early", "late", "dentist", "lord_howe"]
)
def test_the_next_working_minute_is_the_next(name: str) -> None:
    """At any moment: it is worked, and nothing in between is."""
    person, dice = WORKERS[name](), random.Random(name)
    first = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    for _ in range(12):
        at = first + dt.timedelta(minutes=dice.randrange(400 * 24 * 60))
        found = next_working_minute(person, at)
        assert found is not None
        assert is_working(person, found)
        if found == at:
            continue
        assert not is_working(person, at)
        assert not is_working(person, found - dt.timedelta(minutes=1))
        for _ in range(5):
            between = at + dt.timedelta(minutes=dice.randrange(int((found - at).total_seconds()) // 60))
            assert not is_working(person, between), between
            assert next_working_minute(person, between) == found


def test_seconds_within_the_last_minute_are_worked() -> None:
    person = WORKERS["office"]()
    at = moment("2026-11-25 17:59:59.5", person)
    assert next_working_minute(person, at) == at


def test_the_search_has_an_end() -> None:
    person = worker("long")
    at = moment("2026-11-25 10:00", person)
    away(person, "2026-11-25", str((at + dt.timedelta(days=SEARCH - 10)).date()))
    assert next_working_minute(person, at) is not None
    away(person, str((at + dt.timedelta(days=SEARCH - 9)).date()), "2029-01-01")
    assert next_working_minute(person, at) is None


# --- Whose calendar counts ----------------------------------------------------------------------------


def test_own_calendar_department_tree_company() -> None:
    weekend = calendar("weekends", country="", hours=[[], [], [], [], [], OFFICE, OFFICE])
    nights = calendar("nights", country="", hours=weekdays([[1320, 1800]]))
    top = actions.create_department(actor=None, name="Top", calendar=weekend)
    middle = actions.create_department(actor=None, name="Middle", parent=top)
    team = actions.create_department(actor=None, name="Team", parent=middle)
    other = actions.create_department(actor=None, name="Other", calendar=nights)
    person = worker("anna")
    saturday, friday_night = moment("2026-11-28 10:00", person), moment("2026-11-27 23:00", person)
    assert not is_working(person, saturday), "the company's"
    actions.join_department(actor=None, user=person, department=team)
    assert is_working(person, saturday), "that of the nearest department above"
    actions.join_department(actor=None, user=person, department=other)
    assert is_working(person, saturday), "only the primary department's counts"
    actions.join_department(actor=None, user=person, department=other, primary=True)
    assert is_working(person, friday_night)
    actions.change_user(actor=None, user=person, calendar=weekend)
    assert is_working(person, saturday), "one's own before all others"
    assert not is_working(person, friday_night)


def test_another_calendar_becomes_the_companys() -> None:
    person = worker("anna")
    weekend = calendar("weekends", country="", hours=[[], [], [], [], [], OFFICE, OFFICE])
    actions.make_default_calendar(actor=None, calendar=weekend)
    assert is_working(person, moment("2026-11-28 10:00", person))


# --- Many at once -------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 40])
def test_many_people_cost_what_one_costs(count: int) -> None:
    own = calendar("own", hours=weekdays(OFFICE))
    department = actions.create_department(actor=None, name="Team", calendar=own)
    people = [worker(f"person{number}") for number in range(count)]
    for person in people:
        actions.join_department(actor=None, user=person, department=department)
        away(person, "2026-11-25", "2026-11-27")
    at = moment("2026-11-25 10:00", people[0])
    with assert_queries("people.off_work"):
        off = off_work(people, at)
    assert [each.person for each in off] == people
    assert {each.until for each in off} == {moment("2026-11-30 09:00", people[0])}
    assert all(each.absence for each in off)


def test_only_those_who_are_off_are_told() -> None:
    people = [WORKERS[name]() for name in ("office", "leave", "on_leave", "berlin")]
    off = off_work(people, moment("2026-11-25 10:00", people[0]))
    berlin_morning = dt.datetime(2026, 11, 25, 8, tzinfo=dt.UTC)
    assert [(each.person.username, each.until, bool(each.absence)) for each in off] == [
        ("leave", moment("2026-11-30 09:00", people[1]), True),
        ("on_leave", None, False),
        ("berlin", berlin_morning, False),
    ]
    assert WorkTimes([], berlin_morning).at == berlin_morning


def test_an_absence_is_told_while_it_lasts() -> None:
    person = WORKERS["dentist"]()
    assert absence_of(person, moment("2026-11-24 13:59", person)) is None
    found = absence_of(person, moment("2026-11-24 14:00", person))
    assert found is not None
    assert found.kind == "sick"
    assert absence_of(person, moment("2026-11-24 16:00", person)) is None
