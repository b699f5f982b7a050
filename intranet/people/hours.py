"""Weekly working hours: seven lists of spans, in minutes of the day on which a span begins.

A night shift goes on after midnight: 22:00–06:00 is (1320, 1800), and belongs to the day it began on.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

Span = Sequence[int]
Week = Sequence[Sequence[Span]]
DAY = 24 * 60
WEEK = 7 * DAY

_BETWEEN = re.compile(r"[,，、;；\s]+")
_SPAN = re.compile(r"(\d{1,2})(?:[:：](\d\d))?(?:[-–—~～至到])(\d{1,2})(?:[:：](\d\d))?")
_AROUND_DASH = re.compile(r"\s*([-–—~～至到])\s*")


def office_hours() -> list[list[list[int]]]:
    """Monday to Friday, 09:00–12:00 and 13:30–18:00."""
    day = [[9 * 60, 12 * 60], [13 * 60 + 30, 18 * 60]]
    return [[list(span) for span in day] if weekday < 5 else [] for weekday in range(7)]


def check_hours(week: Any) -> None:
    """Whatever else is wrong, the first sentence says it."""
    if not _is_week(week):
        raise ValidationError(_("The hours cannot be read."), code="unreadable_hours")
    spans = sorted(
        (weekday * DAY + start, weekday * DAY + end) for weekday, day in enumerate(week) for start, end in day
    )
    if not spans:
        raise ValidationError(_("A calendar needs at least one working hour."), code="no_working_hour")
    around = [*spans, (spans[0][0] + WEEK, spans[0][1] + WEEK)]
    if any(end > start for (_start, end), (start, _end) in itertools.pairwise(around)):
        raise ValidationError(_("Working hours overlap, perhaps over midnight."), code="overlap")


def _is_week(week: Any) -> bool:
    return isinstance(week, list) and len(week) == 7 and all(map(_is_day, week))


def _is_day(day: Any) -> bool:
    return isinstance(day, list) and all(map(_is_span, day))


def _is_span(span: Any) -> bool:
    if not (isinstance(span, list | tuple) and [type(minute) for minute in span] == [int, int]):
        return False
    start, end = span
    return 0 <= start < DAY and start < end <= start + DAY


# --- As people write them ---------------------------------------------------------------------------


def read_spans(text: str) -> list[list[int]]:
    """`9:00-12:00, 13:30–18:00`, `22–6`, `9：00至18：00`; nothing for a day off."""
    parts = [part for part in _BETWEEN.split(_AROUND_DASH.sub(r"\1", text.strip())) if part]
    return sorted(_read_span(part) for part in parts)


def _read_span(text: str) -> list[int]:
    if found := _SPAN.fullmatch(text):
        from_hour, from_minute, to_hour, to_minute = (int(part or 0) for part in found.groups())
        start, end = from_hour * 60 + from_minute, to_hour * 60 + to_minute
        if start < DAY and end <= DAY and max(from_minute, to_minute) < 60:
            return [start, end if end > start else end + DAY]
    sentence = _("“%(text)s” cannot be read. Write hours like 09:00–12:00, 13:30–18:00.")
    raise ValidationError(sentence, code="unreadable_hours", params={"text": text})


def show_spans(spans: Sequence[Span]) -> str:
    return ", ".join(f"{show_minute(start)}–{show_minute(end)}" for start, end in spans)


def show_minute(minute: int) -> str:
    """24:00 is the end of a day, never its beginning."""
    of_day = minute if minute == DAY else minute % DAY
    return f"{of_day // 60:02}:{of_day % 60:02}"


def describe(week: Week) -> list[tuple[str, str]]:
    """Weekdays that follow each other with the same hours as one line: Monday–Friday, 09:00–18:00."""
    lines = []
    for spans, days in itertools.groupby(range(7), key=lambda weekday: show_spans(week[weekday])):
        if spans:
            first, *others = days
            names = [first, others[-1]] if others else [first]
            lines.append(("–".join(str(WEEKDAYS[weekday]) for weekday in names), spans))
    return lines
