"""What every role of every department may do, on one page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from intranet.people import actions
from intranet.people.models import Department, Role, User
from intranet.people.pages import page
from intranet.people.permissions import can_administer_people, can_see_departments, declared, grants_on

MOST_CELLS = 900  # Django takes no form with more than 1,000 fields
ROLES = (Role.MANAGER, Role.MEMBER, Role.GUEST)
Cells = set[tuple[int, str, str]]


@dataclass(frozen=True)
class Box:
    """One cell, as the form names it."""

    value: str
    label: str
    held: bool


@dataclass(frozen=True)
class Row:
    role: Role
    boxes: list[Box]


@dataclass(frozen=True)
class Block:
    department: Department
    rows: list[Row]

    def held(self) -> Iterable[str]:
        return (box.value for row in self.rows for box in row.boxes if box.held)


@page(
    "people/grid/",
    name="people_grid",
    label=gettext_lazy("Who may do what"),
    hint=gettext_lazy("Every department, role and permission in one table"),
    allowed=can_see_departments,
)
def grid(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Only the boxes that were ticked or cleared here are changed: others may work on theirs meanwhile."""
    me = cast("User", request.user)
    if request.method == "POST":
        _change(request, me)
        return redirect(request.get_full_path())
    at = Paginator(_departments(), _per_page()).get_page(request.GET.get("page"))
    blocks = _blocks(at.object_list)
    shown = ",".join(value for block in blocks for value in block.held())
    drawn = {"at": at, "blocks": blocks, "shown": shown, "columns": declared(), "editable": _may_edit(me)}
    return render(request, "people/admin/grid.html", context | drawn)


def _departments() -> list[Department]:
    return list(Department.objects.order_siblings_by("name"))


def _per_page() -> int:
    return max(1, MOST_CELLS // max(1, len(Role) * len(declared())))


def _may_edit(user: User) -> bool:
    return bool(can_administer_people(user))


def _blocks(departments: Iterable[Department]) -> list[Block]:
    held = grants_on(departments)
    return [
        Block(
            department,
            [Row(role, _boxes(department, role, held.get((department.pk, role), set()))) for role in ROLES],
        )
        for department in departments
    ]


def _boxes(department: Department, role: Role, held: set[str]) -> list[Box]:
    return [
        Box(
            value=f"{department.pk} {role} {each.codename}",
            label=f"{department}, {role.label}: {each.label}",
            held=each.codename in held,
        )
        for each in declared()
    ]


def _change(request: HttpRequest, me: User) -> None:
    shown = _cells(request.POST.get("shown", "").split(","))
    wanted = _cells(request.POST.getlist("held"))
    changed = {cell: cell in wanted for cell in shown ^ wanted}
    actions.change_grants(actor=me, cells=changed)
    done = ngettext("%(count)s permission changed.", "%(count)s permissions changed.", len(changed))
    messages.success(request, done % {"count": len(changed)})


def _cells(values: Iterable[str]) -> Cells:
    return {_cell(value) for value in values if value}


def _cell(value: str) -> tuple[int, str, str]:
    department, _space, rest = value.partition(" ")
    role, _space, codename = rest.partition(" ")
    if not (department.isascii() and department.isdigit() and len(department) < 19 and codename):
        raise ValidationError(_("There is no such permission."), code="unknown_permission")
    return int(department), role, codename
