"""The single steps of an import: each taken by the actions that a page would call, each with its way back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.models import Group

from intranet.people import hooks
from intranet.people.actions.departments import change_department, create_department
from intranet.people.actions.memberships import join_department, leave_department, transfer
from intranet.people.actions.people import change_user, create_user
from intranet.people.models import Department, ImportStep, Membership, Role, StepKind, User

Memberships = list[list[Any]]


def take(actor: User | None, step: ImportStep) -> None:
    """What happened, and how it was before, is noted in the step."""
    _TAKE[StepKind(step.kind)](actor, step)
    step.done = True
    step.save(update_fields=["done", "made", "before"])


def put_back(step: ImportStep) -> None:
    """By nobody: whoever asked for the import may not have been allowed to go on with it."""
    if step.is_new:
        _unmake(step)
    elif step.before:
        _PUT_BACK[StepKind(step.kind)](step)
    step.done = False
    step.save(update_fields=["done"])


# --- Departments ---------------------------------------------------------------------------------------


def _department(name: str) -> Department:
    return Department.objects.without_tree_fields().get(name=name)


def _take_department(actor: User | None, step: ImportStep) -> None:
    fields = dict(step.data["fields"])
    if "parent" in step.data:
        fields["parent"] = _department(step.data["parent"])
    if step.is_new:
        step.made = create_department(actor=actor, name=step.data["name"], **fields).pk
        return
    department = _department(step.data["name"])
    step.before = {
        "department": department.pk,
        "parent": department.parent_id,
        "fields": {name: getattr(department, name) for name in step.data["fields"]},
    }
    if fields:
        change_department(actor=actor, department=department, **fields)


def _put_back_department(step: ImportStep) -> None:
    department = Department.objects.without_tree_fields().get(pk=step.before["department"])
    change_department(
        actor=None, department=department, parent_id=step.before["parent"], **step.before["fields"]
    )


# --- People --------------------------------------------------------------------------------------------


def _take_person(actor: User | None, step: ImportStep) -> None:
    if step.is_new:
        user = create_user(actor=actor, is_active=False, **step.data["fields"])
        step.made = user.pk
    else:
        user = User.objects.get(pk=step.data["user"])
        before = {name: getattr(user, name) for name in step.data["fields"]}
        step.before = {"user": user.pk, "fields": before, "memberships": _memberships(user)}
        if step.data["fields"]:
            change_user(actor=actor, user=user, **step.data["fields"])
    if step.data.get("place"):
        _move(actor, user, _department(step.data["place"]), step.data["role"])


def _move(actor: User | None, user: User, department: Department, role: str) -> None:
    """The department of a line is the person's primary one; other memberships stay."""
    primary = user.memberships.filter(primary=True).select_related("user", "department").first()
    if primary is not None and primary.department_id != department.pk:
        transfer(
            actor=actor, membership=primary, department=department, role=role or primary.role, primary=True
        )
        return
    role = role or (primary.role if primary else Role.MEMBER)
    join_department(actor=actor, user=user, department=department, role=role, primary=True)


def _take_manager(actor: User | None, step: ImportStep) -> None:
    user = User.objects.get(username__iexact=step.data["username"])
    step.before = {"user": user.pk, "fields": {}, "memberships": _memberships(user)}
    department = _department(step.data["department"])
    primary = user.memberships.filter(department=department, primary=True).exists()
    join_department(actor=actor, user=user, department=department, role=Role.MANAGER, primary=primary)


def _memberships(user: User) -> Memberships:
    rows = user.memberships.order_by("pk").values_list("department", "role", "primary", "until")
    return [[*place, until and until.isoformat()] for *place, until in rows]


def _put_back_person(step: ImportStep) -> None:
    user = User.objects.get(pk=step.before["user"])
    if step.before["fields"]:
        change_user(actor=None, user=user, **step.before["fields"])
    before: Memberships = step.before["memberships"]
    if _memberships(user) == before:
        return
    for pk, role, primary, end in before:
        department = Department.objects.without_tree_fields().get(pk=pk)
        until = dt.date.fromisoformat(end) if end else None
        join_department(actor=None, user=user, department=department, role=role, primary=primary, until=until)
    memberships = Membership.objects.filter(user=user).select_related("user", "department")
    for membership in memberships.exclude(department__in=[pk for pk, *_place in before]):
        leave_department(actor=None, membership=membership)


# --- What never was to be seen ---------------------------------------------------------------------------


def _unmake(step: ImportStep) -> None:
    """People are never deleted; these were nobody yet."""
    if step.kind == StepKind.PERSON:
        User.objects.filter(pk=step.made, is_active=False).delete()
        return
    department = Department.objects.without_tree_fields().get(pk=step.made)
    for hook in hooks.on_department_undone:
        hook(department)
    Group.objects.filter(department_role__department=department).delete()
    department.delete()


_TAKE = {
    StepKind.DEPARTMENT: _take_department,
    StepKind.PERSON: _take_person,
    StepKind.MANAGER: _take_manager,
}
_PUT_BACK = {
    StepKind.DEPARTMENT: _put_back_department,
    StepKind.PERSON: _put_back_person,
    StepKind.MANAGER: _put_back_person,
}
