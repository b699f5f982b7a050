"""A year's days as HR gets them from the authorities: a table of date, kind and name."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from intranet.people.models import CalendarDay, DayKind

COLUMNS = {
    "date": ("date", "day", "日期"),
    "kind": ("kind", "type", "类型", "类别"),
    "name": ("name", "holiday", "名称", "说明"),
    "english_name": ("english_name", "english name", "英文名", "英文名称"),
}
REQUIRED = ("date", "kind", "name")
KINDS = {
    DayKind.OFF: ("off", "day off", "holiday", "休", "休息", "休假", "放假", "假", "节假日"),
    DayKind.WORKING: ("working", "working day", "work", "workday", "班", "上班", "调休", "补班", "工作日"),
}
LARGEST = 512 * 1024
FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")


@dataclass
class Sheet:
    days: list[CalendarDay] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def years(self) -> list[int]:
        return sorted({day.date.year for day in self.days})


def decode(data: bytes) -> str:
    """UTF-8, or what spreadsheets write on Chinese Windows."""
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ValidationError(_("This is no text file. Save the table as CSV."), code="no_text")


def read(text: str) -> Sheet:
    """All days and all that is wrong, line by line."""
    sheet = Sheet()
    lines = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        columns = _columns([cell.strip().lower() for cell in next(lines, [])])
        for number, cells in enumerate(lines, start=2):
            _read_line(sheet, number, columns, cells)
    except (csv.Error, ValidationError) as error:
        sheet.problems.append(_sentence(error))
        return sheet
    if not sheet.days and not sheet.problems:
        sheet.problems.append(_("There is no day in this file."))
    sheet.problems += _repeated(sheet.days)
    return sheet


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _columns(head: list[str]) -> dict[str, int]:
    found = {name: head.index(word) for name, words in COLUMNS.items() for word in words if word in head}
    if missing := [name for name in REQUIRED if name not in found]:
        sentence = _("The first line must name the columns date, kind and name. Missing: %(missing)s.")
        raise ValidationError(sentence, params={"missing": ", ".join(missing)})
    return found


def _read_line(sheet: Sheet, number: int, columns: Mapping[str, int], cells: list[str]) -> None:
    if not any(cell.strip() for cell in cells):
        return
    values = {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()}
    try:
        day = CalendarDay(**values | {"date": _date(values["date"]), "kind": _kind(values["kind"])})
        day.clean_fields(exclude=["calendar"])
        sheet.days.append(day)
    except ValidationError as error:
        told = _("Line %(number)s: %(sentence)s") % {"number": number, "sentence": _sentence(error)}
        sheet.problems.append(told)


def _sentence(error: csv.Error | ValidationError) -> str:
    if isinstance(error, csv.Error):
        return _("This is no table. Save it as CSV.")
    return " ".join(error.messages)


def _date(text: str) -> dt.date:
    for each in FORMATS:
        try:
            return dt.datetime.strptime(text, each).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValidationError(_("“%(text)s” is no date. Write 2027-01-31."), params={"text": text[:40]})


def _kind(text: str) -> DayKind:
    for kind, words in KINDS.items():
        if text.lower() in words:
            return kind
    raise ValidationError(_("“%(text)s” is no kind. Write off or working."), params={"text": text[:40]})


def _repeated(days: list[CalendarDay]) -> Iterator[str]:
    seen: set[dt.date] = set()
    for day in days:
        if day.date in seen:
            yield _("%(date)s stands there twice.") % {"date": day.date.isoformat()}
        seen.add(day.date)
