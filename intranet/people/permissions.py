"""The only door to django-guardian: who may do what on which department."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from guardian.shortcuts import assign_perm, get_objects_for_user, remove_perm

from intranet.people.models import Department, DepartmentGroupPermission, DepartmentRole, Role, User

# --- Answers ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Verdict:
    """What a rule answers: true or false, and if false why, for a program and for a person."""

    allowed: bool
    reason: str = ""
    sentence: str | Promise = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)


def refused(reason: str, sentence: str | Promise) -> Verdict:
    return Verdict(False, reason, sentence)


class Denied(PermissionDenied):
    """A refused action on something that its actor can see: 403 with a reason."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(str(verdict.sentence))
        self.verdict = verdict


def require(verdict: Verdict) -> None:
    if not verdict:
        raise Denied(verdict)


# --- What apps declare ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Declared:
    codename: str
    label: str | Promise
    roles: tuple[Role, ...] = field(default=())


_declared: dict[str, Declared] = {}


def declare(codename: str, label: str | Promise, *, roles: tuple[Role, ...]) -> str:
    """An app's permission on departments, and the roles that hold it unless HR says otherwise."""
    _declared[codename] = Declared(codename, label, roles)
    return codename


def declared() -> tuple[Declared, ...]:
    return tuple(_declared.values())


def provision_permissions() -> None:
    """Create what has been declared since the last migration, and give it to the roles that exist."""
    content_type = ContentType.objects.get_for_model(Department)
    for wanted in declared():
        permission, created = Permission.objects.update_or_create(
            content_type=content_type, codename=wanted.codename, defaults={"name": str(wanted.label)[:255]}
        )
        if created:
            for role in DepartmentRole.objects.filter(role__in=wanted.roles).select_related("department", "group"):
                assign_perm(permission, role.group, role.department)


def provision_role(role: DepartmentRole) -> None:
    """Give a new role what its apps declared for it."""
    for wanted in declared():
        if role.role in wanted.roles:
            assign_perm(wanted.codename, role.group, role.department)


def set_grant(role: DepartmentRole, codename: str, *, granted: bool) -> None:
    change = assign_perm if granted else remove_perm
    change(codename, role.group, role.department)


# --- Questions --------------------------------------------------------------------------------------


def departments_where(user: User | AnonymousUser, codename: str) -> QuerySet[Department]:
    """The departments on which this person holds the permission, as a subquery to join on.

    guardian itself lists everything for superusers, for holders of a model-wide permission and for people
    who were deactivated; none of these may open a room that way.
    """
    if not user.is_active:
        return Department.objects.none()
    return get_objects_for_user(
        user, codename, klass=Department, accept_global_perms=False, with_superuser=False
    )


def codenames_on(user: User | AnonymousUser, departments: Iterable[int] | QuerySet[Department]) -> frozenset[str]:
    """Everything this person may do on at least one of these departments, in one query."""
    if not user.is_active:
        return frozenset()
    grants = DepartmentGroupPermission.objects.filter(group__user=user, content_object__in=departments)
    return frozenset(grants.values_list("permission__codename", flat=True))


# --- People and departments -------------------------------------------------------------------------

NOT_YOURS = refused("not_permitted", _("You may not change people or departments. HR can."))


def can_administer_people(user: User) -> Verdict:
    """HR by the model permission of the administration; superusers by nature."""
    return ALLOWED if user.is_active and user.has_perm("people.change_user") else NOT_YOURS
