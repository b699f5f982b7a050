"""From the bytes of a file to tables. What is wrong with the file as a whole is told in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from intranet.people.importing import text, workbook
from intranet.people.importing.cells import Cell, Wrong
from intranet.people.importing.columns import (
    COLUMNS,
    DEPARTMENTS,
    PEOPLE,
    attributes_of,
    kind_of,
    known_among,
)

MAX_BYTES = 5_000_000
MAX_ROWS = 2_000
# Of a sheet's lines: where it stands in the file, and its cells.
Lines = Iterable[tuple[int, list[Cell]]]


@dataclass(frozen=True)
class Table:
    """`rows` are cells in the order of `attributes`; `lines` says where each of them stands."""

    kind: str
    sheet: str
    attributes: list[str]
    lines: list[int]
    rows: list[list[Cell]]

    def to_json(self) -> dict[str, object]:
        rows = [[[cell.reason] if isinstance(cell, Wrong) else cell for cell in row] for row in self.rows]
        return {**vars(self), "rows": rows}

    @classmethod
    def from_json(cls, kept: dict) -> Table:
        rows = [[cell if isinstance(cell, str) else Wrong(cell[0]) for cell in row] for row in kept["rows"]]
        return cls(**{**kept, "rows": rows})


def read(content: bytes) -> list[Table]:
    """The tables of a CSV file or a workbook, departments first; ValidationError says what is wrong."""
    if len(content) > MAX_BYTES:
        raise too_large()
    sheets = workbook.sheets(content) if workbook.is_workbook(content) else text.sheets(content)
    tables = list(_tables(sheets))
    if not any(table.rows for table in tables):
        raise ValidationError(_("There is nothing in the file but its header."), code="empty")
    if sum(len(table.rows) for table in tables) > MAX_ROWS:
        raise _too_many()
    return sorted(tables, key=lambda table: table.kind != DEPARTMENTS)


def _tables(sheets: Sequence[tuple[str, Lines]]) -> Iterator[Table]:
    """Of several sheets those that look like a table of ours: others may hold notes."""
    found = False
    for name, lines in sheets:
        rows = ((line, cells) for line, cells in lines if any(cells))
        _line, header = next(rows, (0, []))
        known = max(known_among(kind, header) for kind in COLUMNS)
        if known > (1 if len(sheets) > 1 else 0):
            found = True
            yield _table(name, header, rows)
        elif len(sheets) == 1:
            raise _no_header(header)
    if not found:
        raise _no_header([])


def _table(name: str, header: list[Cell], rows: Lines) -> Table:
    kind, where = kind_of(header, name), f"{name}: " if name else ""
    attributes = attributes_of(kind, header, where)
    used = [at for at, attribute in enumerate(attributes) if attribute]
    table = Table(kind, name, [attributes[at] for at in used], [], [])
    for line, cells in rows:
        if len(table.rows) == MAX_ROWS:
            raise _too_many()
        _check_width(where, line, cells, attributes)
        table.lines.append(line)
        table.rows.append([cells[at] if at < len(cells) else "" for at in used])
    return table


def _check_width(where: str, line: int, cells: list[Cell], attributes: list[str]) -> None:
    beyond = [cell for at, cell in enumerate(cells) if cell and (at >= len(attributes) or not attributes[at])]
    if beyond:
        sentence = _(
            "%(where)sLine %(line)s has more cells than the header has columns."
            " If a comma belongs to a text, put the text in quotation marks."
        )
        raise ValidationError(sentence % {"where": where, "line": line}, code="too_wide")


def too_large() -> ValidationError:
    sentence = _("The file is larger than %(size)s MB. Divide it into smaller ones.")
    return ValidationError(sentence % {"size": MAX_BYTES // 1_000_000}, code="too_large")


def _too_many() -> ValidationError:
    sentence = _("The file has more than %(rows)s lines. Divide it into smaller ones.")
    return ValidationError(sentence % {"rows": MAX_ROWS}, code="too_many")


def _no_header(header: list[Cell]) -> ValidationError:
    if not any(header):
        return ValidationError(_("The file is empty."), code="empty")
    labels = ", ".join(column.label for column in COLUMNS[PEOPLE][:4])
    sentence = _(
        "The first line must name the columns, such as: %(columns)s. The template shows all of them."
    )
    return ValidationError(sentence % {"columns": labels}, code="no_header")
