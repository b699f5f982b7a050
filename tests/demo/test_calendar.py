from __future__ import annotations

import datetime as dt

import pytest

from demo.calendar import moment, working_day_before

MONDAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("count", "day"),
    [(1, dt.date(2026, 11, 20)), (5, dt.date(2026, 11, 16)), (6, dt.date(2026, 11, 13))],
)
def test_weekends_do_not_count(count: int, day: dt.date) -> None:
    assert working_day_before(MONDAY, count) == day


def test_days_and_hours_are_those_of_shanghai() -> None:
    late_on_sunday_in_utc = dt.datetime(2026, 11, 22, 20, 0, tzinfo=dt.UTC)
    assert moment((1, "09:30"), now=late_on_sunday_in_utc) == dt.datetime(2026, 11, 20, 1, 30, tzinfo=dt.UTC)
