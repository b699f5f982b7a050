"""A dry run: what these tables would do to the company as it is now."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from intranet.people.importing.columns import DEPARTMENTS, PEOPLE
from intranet.people.importing.departments import DepartmentResource
from intranet.people.importing.files import Table
from intranet.people.importing.people import Known, PersonResource
from intranet.people.importing.report import Report, Step
from intranet.people.importing.tree import Tree
from intranet.people.models import Department, Membership, Role, StepKind, User


def check(tables: Sequence[Table], *, actor: User | None) -> Report:
    """Departments first: people of the same file may be in them."""
    tree, known = Tree.load(), Known.load()
    people = PersonResource(tree, known=known, actor=actor)
    departments = DepartmentResource(tree, {*known.by_username, *_usernames(tables)})
    for table in tables:
        (departments if table.kind == DEPARTMENTS else people).check(table)
    upwards_first = sorted(departments.report.steps, key=lambda step: tree.depth(step.data["name"]))
    steps = [*upwards_first, *people.report.steps, *departments.managers]
    return Report([*departments.report.lines, *people.report.lines], steps, _without_manager(steps))


def _usernames(tables: Sequence[Table]) -> set[str]:
    found: set[str] = set()
    for table in tables:
        if table.kind == PEOPLE and "username" in table.attributes:
            at = table.attributes.index("username")
            found |= {cell.lower() for row in table.rows if isinstance(cell := row[at], str)}
    return found


def _without_manager(steps: Sequence[Step]) -> list[str]:
    """Of the departments that the import touches."""
    managed = set(
        Department.objects.without_tree_fields()
        .filter(pk__in=Membership.objects.filter(role=Role.MANAGER).values("department"))
        .values_list("name", flat=True)
    )
    touched: dict[str, None] = {}
    for step in steps:
        if named := step.data["name"] if step.kind == StepKind.DEPARTMENT else step.data.get("place"):
            touched[named] = None
        if step.data.get("role") == Role.MANAGER:
            managed.add(step.data["place"])
        elif step.kind == StepKind.MANAGER:
            managed.add(step.data["department"])
    sentence = _("The department “%(name)s” has no manager.")
    return [sentence % {"name": name} for name in touched if name not in managed]
