from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from intranet.events.publish import publish, publishing
from intranet.events.values import stored, values_of
from intranet.people import hooks
from intranet.people.actions.authority import require_hr
from intranet.people.models import Department, DepartmentRole, Role, User
from intranet.people.permissions import declared, grants_of, provision_role, set_grant

COMPANY = "company"
Cell = tuple[int, str, str]  # a department, one of its roles, and what it may do


def create_department(*, actor: User | None, name: str, **fields: Any) -> Department:
    require_hr(actor)
    department = Department(name=name, **fields)
    department.full_clean()
    with publishing():
        department.save()
        for role in Role:
            group = Group.objects.create(name=f"department {department.pk} {role}")
            provision_role(DepartmentRole.objects.create(department=department, role=role, group=group))
        for hook in hooks.on_department_created:
            hook(department)
        publish(
            "people.department.created",
            stream=COMPANY,
            actor=actor,
            after=values_of(department, ("name", *fields)),
            department=department.pk,
        )
    return department


def change_department(*, actor: User | None, department: Department, **fields: Any) -> Department:
    require_hr(actor)
    for name, value in fields.items():
        setattr(department, name, value)
    with publishing():
        _lock_tree()
        before = stored(department, fields)
        department.full_clean()
        department.save()
        publish(
            "people.department.changed",
            stream=COMPANY,
            actor=actor,
            before=before,
            after=values_of(department, fields),
            department=department.pk,
        )
    return department


def _lock_tree() -> None:
    """Two changes that are right one by one could close a circle together."""
    list(Department.objects.without_tree_fields().select_for_update(no_key=True).values_list("pk"))


def change_grants(*, actor: User | None, cells: Mapping[Cell, bool]) -> None:
    """Many at once, all or none of them."""
    require_hr(actor)
    roles = DepartmentRole.objects.filter(department__in={department for department, _role, _name in cells})
    found = {(each.department_id, each.role): each for each in roles.select_related("department", "group")}
    with publishing():
        for (department, role, codename), granted in sorted(cells.items()):
            if (department, role) not in found:
                raise ValidationError(_("There is no such department or role."), code="unknown_role")
            change_grant(actor=actor, role=found[department, role], codename=codename, granted=granted)


def change_grant(*, actor: User | None, role: DepartmentRole, codename: str, granted: bool) -> None:
    """Takes effect on open sockets within a second, as every hub listens to the company's stream."""
    require_hr(actor)
    if codename not in {each.codename for each in declared()}:
        raise ValidationError(_("There is no such permission."), code="unknown_permission")
    with publishing():
        before = codename in grants_of(role.department).get(role.role, ())
        set_grant(role, codename, granted=granted)
        publish(
            "people.grant.changed",
            stream=COMPANY,
            actor=actor,
            before={"granted": before},
            after={"granted": granted},
            department=role.department_id,
            role=role.role,
            codename=codename,
            granted=granted,
        )
