"""Excel workbooks (.xlsx): reading what may be hostile, writing what a spreadsheet opens well."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from intranet.people.importing.cells import Cell, read_value

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# A workbook is a compressed archive: what it would unfold to counts, not what it weighs.
MAX_UNFOLDED = 40_000_000
MAX_LINES = 1_048_576  # of any sheet; nobody can say that there are more
MERGED = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z0-9:]+)"')


def is_workbook(content: bytes) -> bool:
    return content.startswith((ZIP, OLE))


def sheets(content: bytes) -> list[tuple[str, Iterator[tuple[int, list[Cell]]]]]:
    """Every visible sheet: its name and its lines."""
    if content.startswith(OLE):
        raise ValidationError(
            _("This is an Excel file of the old kind (.xls), or one with a password. Save it as .xlsx."),
            code="old_excel",
        )
    _check_size(content)
    book = _guarded(lambda: load_workbook(io.BytesIO(content), read_only=True, keep_links=False))
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return [(sheet.title, iter(_guarded(lambda sheet=sheet: list(_lines(sheet))))) for sheet in visible]


def _check_size(content: bytes) -> None:
    entries = _guarded(lambda: zipfile.ZipFile(io.BytesIO(content)).infolist())
    if sum(entry.file_size for entry in entries) > MAX_UNFOLDED:
        raise ValidationError(
            _("The workbook unfolds to far more than a list of people. Copy the lines into a new one."),
            code="too_large",
        )


def _guarded(read: Any) -> Any:
    try:
        return read()
    except ValidationError:
        raise
    except Exception:  # noqa: BLE001 - a broken or hostile workbook makes its reader raise anything
        raise ValidationError(
            _("The file is not a workbook that can be read. Open it, save it as .xlsx, and upload that."),
            code="unreadable",
        ) from None


def _lines(sheet: Any) -> Iterator[tuple[int, list[Cell]]]:
    with sheet._get_source() as source:
        if merged := MERGED.search(source.read()):
            raise ValidationError(
                _("Cells are merged in “%(sheet)s” (%(cells)s). Take them apart, with a value in each line.")
                % {"sheet": sheet.title, "cells": merged[1].decode()},
                code="merged",
            )
    sheet.reset_dimensions()
    for line, row in enumerate(sheet.iter_rows(max_row=MAX_LINES), start=1):
        if any(cell.value is not None for cell in row):
            yield line, [_cell(cell) for cell in row]


def _cell(cell: Any) -> Cell:
    if cell.value is None:
        return ""
    return read_value(cell.value, data_type=cell.data_type, number_format=cell.number_format)


# --- Writing ----------------------------------------------------------------------------------------


def write(pages: Iterable[tuple[str, Sequence[str], Iterable[Sequence[str]]]]) -> bytes:
    """Sheets of text with a header that stays in sight: title, header and rows of each."""
    book = Workbook()
    book.remove(book.active)
    for title, header, rows in pages:
        sheet = book.create_sheet(title)
        sheet.append(list(header))
        for row in rows:
            sheet.append(list(row))
        _dress(sheet, header)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def _dress(sheet: Any, header: Sequence[str]) -> None:
    sheet.freeze_panes = "A2"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E6F0EE")
    for at, _name in enumerate(header, start=1):
        letter = get_column_letter(at)
        longest = max(len(str(cell.value or "")) for cell in sheet[letter])
        sheet.column_dimensions[letter].width = min(max(longest * 1.6, 12), 60)
        sheet.column_dimensions[letter].number_format = "@"
        for cell in sheet[letter]:
            cell.number_format = "@"  # else the spreadsheet takes the zeros off a phone number
            cell.alignment = Alignment(vertical="top", wrap_text=True)
