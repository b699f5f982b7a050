"""Files as HR has them, and what the product says about them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation
from openpyxl import Workbook

from intranet.people import actions
from intranet.people.importing import files
from intranet.people.importing.check import check
from intranet.people.importing.report import Report
from intranet.people.models import Import, User

Sheet = Sequence[Sequence[Any]]


def csv(*lines: str) -> bytes:
    return "\r\n".join(lines).encode("utf-8-sig")


def xlsx(change: Callable[[Workbook], None] | None = None, **sheets: Sheet) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    if change:
        change(book)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def report(content: bytes, *, actor: User | None = None, language: str = "en") -> Report:
    with translation.override(language):
        return check(files.read(content), actor=actor)


def told(content: bytes, **kwargs: Any) -> list[str]:
    """Every sentence, with the number of its line."""
    return [f"{line.number} {note}" for line, note in report(content, **kwargs).in_words()]


def refusal(content: bytes, language: str = "en") -> str:
    """What is said of a file as a whole."""
    with translation.override(language):
        try:
            files.read(content)
        except ValidationError as error:
            return "\n".join(error.messages)
    raise AssertionError("the file was read")


def run(content: bytes, *, actor: User | None = None) -> Import:
    """All the way, as a worker does it."""
    staged = actions.stage_import(actor=actor, file_name="people.csv", tables=files.read(content))
    actions.confirm_import(actor=actor, staged=staged)
    staged.refresh_from_db()
    with translation.override("en"):
        return actions.run_import(staged)
