"""Tables as files: what the administration lists, and the template that explains the columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from intranet.people.importing import workbook
from intranet.people.importing.columns import COLUMNS, DEPARTMENTS, PEOPLE
from intranet.people.importing.departments import DepartmentResource
from intranet.people.importing.departments import prepared as prepared_departments
from intranet.people.importing.people import PersonResource
from intranet.people.importing.people import prepared as prepared_people
from intranet.people.importing.tree import Tree
from intranet.people.models import Department, User

Exported = tuple[list[str], list[list[str]]]
CSV, XLSX = "csv", "xlsx"
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def people(queryset: QuerySet[User]) -> Exported:
    return PersonResource(Tree.load()).table_of(prepared_people(queryset))


def departments(queryset: QuerySet[Department]) -> Exported:
    return DepartmentResource(Tree.load(), ()).table_of(prepared_departments(queryset))


def written(exported: Exported, *, title: str, kind: str) -> bytes:
    """As CSV with the mark by which spreadsheets know UTF-8, or as a workbook of one sheet."""
    header, rows = exported
    if kind == XLSX:
        return workbook.write([(title, header, rows)])
    output = io.StringIO()
    csv.writer(output).writerows([header, *rows])
    return output.getvalue().encode("utf-8-sig")


def template() -> bytes:
    """Empty sheets with the right headers, and one that says what belongs into each column."""
    titles = {PEOPLE: _("People"), DEPARTMENTS: _("Departments")}
    empty: list[tuple[str, list[str], list[list[str]]]]
    empty = [(titles[kind], [column.label for column in COLUMNS[kind]], []) for kind in COLUMNS]
    header = [_("Sheet"), _("Columns here"), _("What belongs there")]
    return workbook.write([*empty, (_("Explanation"), header, list(_explained(titles)))])


def _explained(titles: dict[str, str]) -> Iterator[list[str]]:
    yield ["", "", _("A cell left empty leaves what is there. Columns that you do not need can go.")]
    for kind, columns in COLUMNS.items():
        for column in columns:
            yield [titles[kind], column.label, str(column.help)]
