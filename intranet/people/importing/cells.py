"""What a single cell may hold. A cell that may not be taken becomes `Wrong`, and its line says so."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

# Spreadsheets run what begins like this as a formula; an apostrophe before it makes it text.
RISKY = re.compile(r"'*[=+\-@\t\r]")
SHORTENED = re.compile(r"\d(\.\d+)?E\+\d\d\Z")

WRONG = {
    "formula": _("This is a formula. Put in the value itself."),
    "date": _("The spreadsheet has made a date of this. Format the cell as text and type it again."),
    "error": _("The spreadsheet shows an error here. Put in the value itself."),
    "shortened": _("The spreadsheet has shortened this number. Format the cell as text and type it again."),
    "broken": _("This holds characters that cannot be read. Type it again."),
}


@dataclass(frozen=True)
class Wrong:
    """Why a cell may not be taken: a key of `WRONG`."""

    reason: str


Cell = str | Wrong


def neutral(value: str) -> str:
    """For a spreadsheet: never a formula."""
    return f"'{value}" if RISKY.match(value) else value


def read_text(text: str) -> Cell:
    """A cell of a text file, or a text in a workbook."""
    value = text.strip()
    if value.startswith("="):
        return Wrong("formula")
    if RISKY.match(value) and value.startswith("'"):
        value = value[1:]
    if SHORTENED.match(value):
        return Wrong("shortened")
    value = re.sub(r"[\r\n\t]+", " ", value)
    if any(unicodedata.category(sign) in {"Cc", "Cs"} or sign == "\ufffd" for sign in value):
        return Wrong("broken")
    return value


def read_value(value: Any, *, data_type: str, number_format: str) -> Cell:
    """A cell of a workbook, which may be more than text."""
    if value is None:
        return ""
    if data_type == "f" or not isinstance(value, str | int | float | dt.date | dt.time | dt.timedelta):
        return Wrong("formula")
    if data_type == "e":
        return Wrong("error")
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return Wrong("date")
    if isinstance(value, str):
        return read_text(value)
    return _number(value, number_format)


def _number(value: float, number_format: str) -> str:
    """As the spreadsheet shows it: whole, and with the zeros that its format puts before it."""
    if isinstance(value, bool) or value != value or abs(value) >= 1e20 or value != int(value):
        return str(value)
    shown = str(int(value))
    return shown.zfill(len(number_format)) if re.fullmatch("0+", number_format) else shown
