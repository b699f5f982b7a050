"""Weekly hours as people write them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from intranet.people.hours import check_hours, describe, office_hours, read_spans, show_spans

FREE: list[list[int]] = []


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("09:00–12:00, 13:30–18:00", [[540, 720], [810, 1080]]),
        ("9:00-12:00,13:30-18:00", [[540, 720], [810, 1080]]),
        ("13：30 至 18：00、9点", None),
        ("9：00至12：00，13：30～18：00", [[540, 720], [810, 1080]]),
        ("  9 - 17 ", [[540, 1020]]),
        ("13-17 8-12", [[480, 720], [780, 1020]]),
        ("22–6", [[1320, 1800]]),
        ("16:00-24:00", [[960, 1440]]),
        ("0-24", [[0, 1440]]),
        ("", []),
        ("9", None),
        ("25–26", None),
        ("24:00–06:00", None),
        ("09:60–10:00", None),
        ("09:00–24:30", None),
        ("nine to five", None),
    ],
)
def test_what_is_written_is_read(text: str, spans: list[list[int]] | None) -> None:
    if spans is None:
        with pytest.raises(ValidationError, match="09:00–12:00"):
            read_spans(text)
    else:
        assert read_spans(text) == spans
        assert read_spans(show_spans(spans)) == spans


@pytest.mark.parametrize(
    ("week", "code"),
    [
        ([FREE] * 7, "no_working_hour"),
        ([[[540, 720], [700, 800]], *[FREE] * 6], "overlap"),
        ([[[1320, 1800]], [[300, 600]], *[FREE] * 5], "overlap"),
        ([[[300, 600]], *[FREE] * 5, [[1320, 1800]]], "overlap"),
        ([[[540, 540]], *[FREE] * 6], "unreadable_hours"),
        ([[[-1, 540]], *[FREE] * 6], "unreadable_hours"),
        ([[[540, 2000]], *[FREE] * 6], "unreadable_hours"),
        ([[["9", "17"]], *[FREE] * 6], "unreadable_hours"),
        ([[[540]], *[FREE] * 6], "unreadable_hours"),
        ([FREE] * 6, "unreadable_hours"),
        ({"monday": "9-17"}, "unreadable_hours"),
        (None, "unreadable_hours"),
    ],
)
def test_what_is_no_week(week: Any, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        check_hours(week)
    assert refused.value.code == code


def test_shifts_may_touch() -> None:
    check_hours([[[0, 1440]]] * 7)
    check_hours([[[360, 840], [840, 1320], [1320, 1800]]] * 7)


def test_a_week_in_words() -> None:
    assert describe(office_hours()) == [("星期一–星期五", "09:00–12:00, 13:30–18:00")]
    mixed = [[[540, 1020]], [[540, 1020]], [[540, 720]], FREE, FREE, [[540, 1020]], FREE]
    assert [hours for _days, hours in describe(mixed)] == ["09:00–17:00", "09:00–12:00", "09:00–17:00"]
