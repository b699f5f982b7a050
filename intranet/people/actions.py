"""Every write to people, departments and what they may do."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from intranet.events.publish import publish, publishing
from intranet.people import hooks
from intranet.people.models import Department, DepartmentRole, Employment, Membership, Role, User
from intranet.people.permissions import can_administer_people, provision_role, require, set_grant

log = logging.getLogger(__name__)
COMPANY = "company"

# --- People -----------------------------------------------------------------------------------------


def create_user(*, actor: User | None, username: str, name: str, password: str | None = None, **fields: Any) -> User:
    """`actor` is None where nobody is signed in yet: the first administrator, the demo company."""
    _require_hr(actor)
    user = User(username=username, name=name, **fields)
    user.set_password(password)
    user.full_clean()
    with publishing():
        user.save()
        publish("people.user.created", stream=user.stream, actor=actor, user=user.pk)
    return user


def change_user(*, actor: User | None, user: User, **fields: Any) -> User:
    """Changes by HR, or by oneself through `change_preferences`."""
    _require_hr(actor)
    return _change(actor, user, fields)


def change_preferences(*, user: User, **fields: Any) -> User:
    """What one may change about oneself: language, time zone, theme, phone."""
    if foreign := fields.keys() - {"locale", "time_zone", "theme", "phone"}:
        raise ValueError(f"not a preference: {sorted(foreign)}")
    return _change(user, user, fields)


def _change(actor: User | None, user: User, fields: dict[str, Any]) -> User:
    for name, value in fields.items():
        setattr(user, name, value)
    user.full_clean(exclude=["password"])
    with publishing():
        user.save(update_fields=list(fields))
        publish("people.user.changed", stream=user.stream, actor=actor, user=user.pk, fields=sorted(fields))
    return user


def set_password(*, actor: User | None, user: User, password: str) -> None:
    """A password set by HR; one's own goes through the account pages. All sessions end."""
    _require_hr(actor)
    user.set_password(password)
    with publishing():
        user.save(update_fields=["password"])
        end_sessions(user=user)


def deactivate_user(*, actor: User | None, user: User) -> None:
    """People are never deleted: what they wrote stays theirs."""
    _require_hr(actor)
    with publishing():
        user.is_active = False
        user.employment = Employment.LEFT
        user.save(update_fields=["is_active", "employment"])
        for hook in hooks.on_deactivated:
            hook(user)
        end_sessions(user=user)
        publish("people.user.deactivated", stream=user.stream, actor=actor, user=user.pk)
    log.info("user %s deactivated by %s", user.pk, actor.pk if actor else None)


def reactivate_user(*, actor: User | None, user: User) -> None:
    _require_hr(actor)
    with publishing():
        user.is_active = True
        user.employment = Employment.ACTIVE
        user.save(update_fields=["is_active", "employment"])
        publish("people.user.reactivated", stream=user.stream, actor=actor, user=user.pk)


def end_sessions(*, user: User, keys: list[str] | None = None) -> None:
    """End these sessions of a person, or all; open sockets close as soon as they hear of it."""
    with publishing():
        from allauth.usersessions.models import UserSession

        ended = UserSession.objects.filter(user=user)
        if keys is not None:
            ended = ended.filter(session_key__in=keys)
        Session.objects.filter(session_key__in=list(ended.values_list("session_key", flat=True))).delete()
        ended.delete()
        publish("people.sessions.ended", stream=user.stream, actor=user, user=user.pk)


# --- Departments ------------------------------------------------------------------------------------


def create_department(*, actor: User | None, name: str, **fields: Any) -> Department:
    _require_hr(actor)
    department = Department(name=name, **fields)
    department.full_clean()
    with publishing():
        department.save()
        for role in Role:
            group = Group.objects.create(name=f"department {department.pk} {role}")
            provision_role(DepartmentRole.objects.create(department=department, role=role, group=group))
        for hook in hooks.on_department_created:
            hook(department)
        publish("people.department.created", stream=COMPANY, actor=actor, department=department.pk)
    return department


def change_department(*, actor: User | None, department: Department, **fields: Any) -> Department:
    _require_hr(actor)
    for name, value in fields.items():
        setattr(department, name, value)
    _refuse_circle(department)
    department.full_clean()
    with publishing():
        department.save()
        publish("people.department.changed", stream=COMPANY, actor=actor, department=department.pk)
    return department


def _refuse_circle(department: Department) -> None:
    parent, seen = department.parent, {department.pk}
    while parent is not None:
        if parent.pk in seen:
            raise ValidationError({"parent": _("A department cannot be inside itself.")})
        seen.add(parent.pk)
        parent = parent.parent


# --- Memberships ------------------------------------------------------------------------------------


def join_department(
    *, actor: User | None, user: User, department: Department, role: str = Role.MEMBER, primary: bool = False
) -> Membership:
    """The single switch: joining opens the department's rooms. The first department is the primary one."""
    _require_hr(actor)
    with publishing():
        primary = primary or not user.memberships.filter(primary=True).exists()
        if primary:
            user.memberships.filter(primary=True).update(primary=False)
        membership, _created = Membership.objects.update_or_create(
            user=user, department=department, defaults={"role": role, "primary": primary}
        )
        _follow(membership)
        for hook in hooks.on_joined:
            hook(membership)
        publish(
            "people.membership.changed", stream=user.stream, actor=actor, department=department.pk, role=str(role)
        )
    return membership


def leave_department(*, actor: User | None, membership: Membership) -> None:
    _require_hr(actor)
    with publishing():
        user, department = membership.user, membership.department
        user.groups.remove(*Group.objects.filter(department_role__department=department))
        membership.delete()
        for hook in hooks.on_left:
            hook(membership)
        publish("people.membership.ended", stream=user.stream, actor=actor, department=department.pk)


def _follow(membership: Membership) -> None:
    """The auth groups follow the membership."""
    roles = Group.objects.filter(department_role__department=membership.department)
    membership.user.groups.remove(*roles.exclude(department_role__role=membership.role))
    membership.user.groups.add(*roles.filter(department_role__role=membership.role))


# --- Grants -----------------------------------------------------------------------------------------


def change_grant(*, actor: User | None, role: DepartmentRole, codename: str, granted: bool) -> None:
    """Takes effect on open sockets within a second, as every hub listens to the company's stream."""
    _require_hr(actor)
    with publishing():
        set_grant(role, codename, granted=granted)
        publish(
            "people.grant.changed",
            stream=COMPANY,
            actor=actor,
            department=role.department_id,
            role=role.role,
            codename=codename,
            granted=granted,
        )


def _require_hr(actor: User | None) -> None:
    if actor is not None:
        require(can_administer_people(actor))
