"""The only door to django-guardian: who may do what on which department."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from guardian.shortcuts import assign_perm, remove_perm

from intranet.people.models import (
    Department,
    DepartmentGroupPermission,
    DepartmentRole,
    Invitation,
    Membership,
    PhoneSight,
    Policy,
    Role,
    User,
    UserGroup,
)
from intranet.verdicts import ALLOWED, Denied, Verdict, refused

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


INVITE_GUESTS = declare("invite_guests", _("Invite outside people as guests"), roles=(Role.MANAGER,))


def declared() -> tuple[Declared, ...]:
    return tuple(_declared.values())


def provision_permissions() -> None:
    """Create what has been declared since the last migration, and give it to the roles that exist.

    Roles that HR has changed stay as they are: only permissions that are new are given.
    """
    content_type = ContentType.objects.get_for_model(Department)
    known = set(Permission.objects.filter(content_type=content_type).values_list("codename", flat=True))
    new = [wanted for wanted in declared() if wanted.codename not in known]
    if not new:
        return
    Permission.objects.bulk_create(
        Permission(content_type=content_type, codename=wanted.codename, name=str(wanted.label)[:255])
        for wanted in new
    )
    for role in DepartmentRole.objects.all():
        _give(role, new)


def provision_role(role: DepartmentRole) -> None:
    """Give a new role what its apps declared for it."""
    _give(role, declared())


def _give(role: DepartmentRole, wanted: Iterable[Declared]) -> None:
    codenames = [each.codename for each in wanted if role.role in each.roles]
    content_type = ContentType.objects.get_for_model(Department)
    permissions = Permission.objects.filter(content_type=content_type, codename__in=codenames)
    DepartmentGroupPermission.objects.bulk_create(
        [
            DepartmentGroupPermission(
                permission=permission, group_id=role.group_id, content_object_id=role.department_id
            )
            for permission in permissions
        ],
        ignore_conflicts=True,
    )


def set_grant(role: DepartmentRole, codename: str, *, granted: bool) -> None:
    change = assign_perm if granted else remove_perm
    change(codename, role.group, role.department)


def grants_of(department: Department) -> dict[str, set[str]]:
    """The codenames that each role of a department holds there."""
    held: dict[str, set[str]] = defaultdict(set)
    grants = DepartmentGroupPermission.objects.filter(content_object=department)
    for role, codename in grants.values_list("group__department_role__role", "permission__codename"):
        held[role].add(codename)
    return held


def grants_on(departments: Iterable[Department]) -> dict[tuple[int, str], set[str]]:
    """The same for many departments, by department and role, in one query."""
    held: dict[tuple[int, str], set[str]] = defaultdict(set)
    grants = DepartmentGroupPermission.objects.filter(content_object__in=[each.pk for each in departments])
    rows = grants.values_list("content_object", "group__department_role__role", "permission__codename")
    for department, role, codename in rows:
        held[department, role].add(codename)
    return held


# --- Questions --------------------------------------------------------------------------------------


def departments_where(user: User | AnonymousUser, codename: str) -> QuerySet[Department]:
    """The departments on which this person holds the permission, as a subquery to join on.

    This is not guardian's `get_objects_for_user`, which lists everything for people who were deactivated and
    casts every key on the way: here only a role's grant counts, for superusers too.
    """
    if not user.is_active:
        return Department.objects.none()
    grants = DepartmentGroupPermission.objects.filter(permission__codename=codename, group__user=user)
    return Department.objects.filter(pk__in=grants.values("content_object"))


def codenames_on(
    user: User | AnonymousUser, departments: Iterable[int] | QuerySet[Department]
) -> frozenset[str]:
    """Everything this person may do on at least one of these departments, in one query."""
    if not user.is_active:
        return frozenset()
    grants = DepartmentGroupPermission.objects.filter(group__user=user, content_object__in=departments)
    return frozenset(grants.values_list("permission__codename", flat=True))


def codenames_by_department(user: User | AnonymousUser) -> dict[int, set[str]]:
    """Everything this person may do, and where; for lists, in one query."""
    found: dict[int, set[str]] = defaultdict(set)
    if user.is_active:
        grants = DepartmentGroupPermission.objects.filter(group__user=user)
        for department, codename in grants.values_list("content_object", "permission__codename"):
            found[department].add(codename)
    return found


def holds(codename: str, *, department: str, user: Any) -> Q:
    """A condition for joins: the person `user` holds the permission on the department at this path."""
    grant = f"{department}__departmentgrouppermission"
    return Q(**{f"{grant}__permission__codename": codename, f"{grant}__group__user": user})


# --- Offices ----------------------------------------------------------------------------------------


class Office(models.TextChoices):
    """Who runs the company's tools: groups with ordinary permissions on the administration's models."""

    HR = "hr", _("HR: people and departments")
    IT = "it", _("IT: rooms, sign-in and failed work")


OFFICES: dict[Office, dict[str, tuple[str, ...]]] = {
    Office.HR: {
        "people": (
            *(
                "view_user",
                "add_user",
                "change_user",
                "view_department",
                "add_department",
                "change_department",
                "view_invitation",
                "view_plannedchange",
            ),
            *("view_membership", "add_membership", "change_membership", "delete_membership"),
            *("view_usergroup", "add_usergroup", "change_usergroup", "delete_usergroup"),
            *("view_policy", "change_policy"),
            *("view_workcalendar", "add_workcalendar", "change_workcalendar", "delete_workcalendar"),
            *("view_calendarday", "add_calendarday", "change_calendarday", "delete_calendarday"),
            *("view_absence", "add_absence", "change_absence", "delete_absence"),
            *("view_import", "add_import", "change_import", "delete_import"),
        ),
        "rooms": ("view_room",),
    },
    Office.IT: {
        "people": ("view_user", "view_department"),
        "rooms": ("view_room", "change_room"),
        "usersessions": ("view_usersession", "delete_usersession"),
        "events": ("view_pending", "change_pending"),
        "audit": ("view_record",),
    },
}


def office_group(office: Office) -> Group:
    return Group.objects.get(name=office.name)


def offices_of(user: User) -> set[str]:
    names = user.groups.filter(name__in=Office.names).values_list("name", flat=True)
    return {Office[name].value for name in names}


def provision_offices() -> None:
    """Each office is a group that holds at least what its work needs; more can be given to it."""
    for office, wanted in OFFICES.items():
        group, _created = Group.objects.get_or_create(name=office.name)
        held = set(group.permissions.values_list("content_type__app_label", "codename"))
        if missing := {(app, codename) for app, names in wanted.items() for codename in names} - held:
            group.permissions.add(*(_permission(app, codename) for app, codename in missing))


def _permission(app: str, codename: str) -> Permission:
    """Its own app makes the row after this one has migrated, or has made it already."""
    config = apps.get_app_config(app)
    found = Permission.objects.filter(content_type__app_label=app, codename=codename)
    if not found.exists():
        create_permissions(config, verbosity=0)
    return found.get()


# --- People and departments -------------------------------------------------------------------------

NOT_YOURS = refused("not_permitted", _("You may not change people or departments. HR can."))
NOT_YOUR_GROUP = refused("not_permitted", _("Only its owners and HR may say who is in this group."))
PHONE_HIDDEN = refused("phone_hidden", _("The company shows phone numbers to fewer people."))
SUPERUSERS_ONLY = refused("superusers_only", _("Only a superuser may do this."))
NOT_YOUR_CALENDARS = refused("not_permitted", _("You may not change work calendars. HR can."))
NOT_YOUR_ABSENCE = refused("not_permitted", _("You may not enter other people's absences. HR can."))
NOT_YOUR_SESSIONS = refused("not_permitted", _("You may not end other people's sessions. IT can."))
NO_INVITATION = refused("no_invitation", _("This invitation no longer works. Ask HR for a new one."))
FOR_SOMEBODY_ELSE = refused("for_somebody_else", _("This invitation is for somebody else."))


NOT_YOUR_GUESTS = refused("not_permitted", _("You may not invite guests here. The department's manager can."))
NO_GUEST = refused("no_guest", _("Only a guest's stay can be extended."))
NOT_STAFF = refused("not_staff", _("The administration is for HR and IT."))


def can_administer_people(user: User) -> Verdict:
    """HR by the model permission of the administration; superusers by nature."""
    return ALLOWED if user.is_active and user.has_perm("people.change_user") else NOT_YOURS


def can_administer(user: User, person: User) -> Verdict:
    """Whoever could set the password or address of IT or a superuser would become one, so HR may not."""
    if not (verdict := can_administer_people(user)):
        return verdict
    is_protected = person.is_staff or person.is_superuser
    return ALLOWED if user.is_superuser or user.pk == person.pk or not is_protected else SUPERUSERS_ONLY


def can_manage_group(user: User, group: UserGroup) -> Verdict:
    """Its owners, as long as they are here, and HR."""
    owns = user.is_active and group.owners.filter(pk=user.pk).exists()
    return ALLOWED if owns or can_administer_people(user) else NOT_YOUR_GROUP


@dataclass(frozen=True)
class PhoneView:
    """Everything that decides whose phone numbers a person sees; loaded once for however many people."""

    user: User
    policy: str
    is_hr: bool
    is_manager: bool
    departments: frozenset[int]


def phone_view(user: User) -> PhoneView:
    own = Membership.objects.filter(user=user).exclude(role=Role.GUEST)
    roles = dict(own.values_list("department_id", "role"))
    return PhoneView(
        user=user,
        policy=Policy.current().phones,
        is_hr=bool(can_administer_people(user)),
        is_manager=Role.MANAGER in roles.values(),
        departments=frozenset(roles),
    )


def can_see_phone(view: PhoneView, person: User) -> Verdict:
    """One's own always. A guest is of no department, whoever else is in it."""
    if view.user.pk == person.pk or view.is_hr or view.policy == PhoneSight.EVERYONE:
        return ALLOWED
    if view.is_manager:
        return ALLOWED
    theirs = {membership.department_id for membership in person.memberships.all()}
    if view.policy == PhoneSight.DEPARTMENT and theirs & view.departments:
        return ALLOWED
    return PHONE_HIDDEN


def departments_inviting_guests(user: User) -> QuerySet[Department]:
    if can_administer_people(user):
        return Department.objects.all()
    return departments_where(user, INVITE_GUESTS)


def can_invite_guests_somewhere(user: User) -> Verdict:
    return ALLOWED if departments_inviting_guests(user).exists() else NOT_YOUR_GUESTS


def can_invite_guests(user: User, department: Department) -> Verdict:
    allowed = departments_inviting_guests(user).filter(pk=department.pk).exists()
    return ALLOWED if allowed else NOT_YOUR_GUESTS


def extendable(user: User, guests: Iterable[Membership]) -> set[int]:
    """Of guests where one may invite, those whose stay one may extend: asked once for a whole list."""
    is_hr = bool(can_administer_people(user))
    return {guest.pk for guest in guests if is_hr or guest.invited_by_id == user.pk}


def can_extend_guest(user: User, membership: Membership) -> Verdict:
    """HR, or whoever invited them and still might."""
    if membership.role != Role.GUEST:
        return NO_GUEST
    if can_administer_people(user):
        return ALLOWED
    if membership.invited_by_id != user.pk:
        return NOT_YOUR_GUESTS
    return can_invite_guests(user, membership.department)


def can_see_departments(user: User) -> Verdict:
    return ALLOWED if user.is_active and user.has_perm("people.view_department") else NOT_YOURS


def can_appoint(user: User) -> Verdict:
    return ALLOWED if user.is_active and user.is_superuser else SUPERUSERS_ONLY


def can_change_company(user: User) -> Verdict:
    """Its name and defaults; they concern everybody."""
    return can_appoint(user)


def can_change_calendars(user: User) -> Verdict:
    return ALLOWED if user.is_active and user.has_perm("people.change_workcalendar") else NOT_YOUR_CALENDARS


def can_enter_absences(user: User, person: User) -> Verdict:
    """One's own, or anybody's as HR."""
    if not user.is_active:
        return NOT_YOUR_ABSENCE
    allowed = user.pk == person.pk or user.has_perm("people.change_absence")
    return ALLOWED if allowed else NOT_YOUR_ABSENCE


def possible_stand_ins(user: User) -> QuerySet[User]:
    """Staff choose among staff; guests do not see who works here."""
    staff = Membership.objects.exclude(role=Role.GUEST)
    if not staff.filter(user=user).exists():
        return User.objects.none()
    return User.objects.active().filter(pk__in=staff.values("user")).exclude(pk=user.pk)


def can_end_sessions(user: User, person: User) -> Verdict:
    """One's own, or other people's as IT."""
    if not user.is_active:
        return NOT_YOUR_SESSIONS
    allowed = user.pk == person.pk or user.has_perm("usersessions.delete_usersession")
    return ALLOWED if allowed else NOT_YOUR_SESSIONS


def can_open_administration(user: User | AnonymousUser) -> Verdict:
    return ALLOWED if user.is_active and user.is_staff else NOT_STAFF


def enter_by_invitation(token: str) -> Invitation:
    """The invitation that this token opens; why another one does not is nobody's business."""
    found = Invitation.objects.redeemable().with_token(token).select_related("user").first()
    if found is None:
        raise Denied(NO_INVITATION)
    return found
