"""CSV as the spreadsheets of the world write it: with or without a mark, commas, semicolons or tabs."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from intranet.people.importing.cells import Cell, read_text

SEPARATORS = ",;\t"


def sheets(content: bytes) -> list[tuple[str, Iterator[tuple[int, list[Cell]]]]]:
    """One sheet without a name."""
    return [("", _lines(_decoded(content)))]


def _decoded(content: bytes) -> str:
    beginning = content[:1000]
    is_wide = beginning.count(0) > len(beginning) // 5  # every other byte, where letters are Latin
    if is_wide or content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _foreign("UTF-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        raise _foreign("") from None
    raise _foreign("GBK")


def _foreign(encoding: str) -> ValidationError:
    if not encoding:
        sentence = _(
            "The file is neither a text in UTF-8 nor an Excel workbook."
            " Save it as “CSV UTF-8” or as an Excel workbook (.xlsx), and upload that."
        )
        return ValidationError(sentence, code="encoding")
    sentence = _(
        "The file is written in %(encoding)s, not in UTF-8."
        " Save it as “CSV UTF-8” or as an Excel workbook (.xlsx), and upload that."
    )
    return ValidationError(sentence % {"encoding": encoding}, code="encoding")


def _lines(text: str) -> Iterator[tuple[int, list[Cell]]]:
    """Each record with the line that it begins in."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    begins = 1
    try:
        for record in reader:
            yield begins, [read_text(cell) for cell in record]
            begins = reader.line_num + 1
    except csv.Error:
        sentence = _("The text that begins in line %(line)s cannot be read: a quotation mark is not closed.")
        raise ValidationError(sentence % {"line": begins}, code="quotes") from None


def _separator(text: str) -> str:
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=header.count)
