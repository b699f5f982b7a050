from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from enum import Enum
from typing import Any, Literal

from django.contrib.auth.models import Group
from django.db.models import QuerySet

from intranet.events.publish import publish, publishing
from intranet.events.values import stored, values_of
from intranet.people import hooks
from intranet.people.actions.authority import require_hr, require_other_hr
from intranet.people.models import Department, Membership, Role, User

PLACE = ("role", "primary", "until")


class End(Enum):
    """Of somebody's stay, where nothing is said of it: it remains for as long as the role does."""

    KEPT = "kept"


Until = dt.date | None | Literal[End.KEPT]


def join_department(
    *,
    actor: User | None,
    user: User,
    department: Department,
    role: str = Role.MEMBER,
    primary: bool = False,
    until: Until = End.KEPT,
) -> Membership:
    """The single switch: joining opens the department's rooms, and joining again changes the role.

    The first department is the primary one, and stays it until another one is.
    """
    require_hr(actor)
    return give_place(actor=actor, user=user, department=department, role=role, primary=primary, until=until)


def give_place(
    *,
    actor: User | None,
    user: User,
    department: Department,
    role: str,
    primary: bool = False,
    until: Until = End.KEPT,
    invited_by: User | None = None,
) -> Membership:
    """For actions that have asked a rule of their own."""
    with publishing():
        others = _memberships(user).exclude(department=department)
        primary = primary or not others.filter(primary=True).exists()
        if primary:
            others.filter(primary=True).update(primary=False)
        before = _current(user, department)
        if until is End.KEPT:
            until = before["until"] if before and before["role"] == role else None
        place = {"role": Role(role), "primary": primary, "until": until}
        if invited_by is not None:
            place["invited_by"] = invited_by
        membership, _created = Membership.objects.update_or_create(
            user=user, department=department, defaults=place
        )
        _follow(membership)
        for hook in hooks.on_joined:
            hook(membership)
        publish(
            "people.membership.changed",
            stream=user.stream,
            actor=actor,
            before=before,
            after=values_of(membership, PLACE),
            department=department.pk,
            role=str(role),
        )
    return membership


def leave_department(*, actor: User | None, membership: Membership) -> None:
    """Closes the department's rooms. If it was the primary department, the oldest of the others is now."""
    require_hr(actor)
    with publishing():
        user, department = membership.user, membership.department
        before = stored(membership, PLACE)
        others = _memberships(user).exclude(pk=membership.pk)
        user.groups.remove(*Group.objects.filter(department_role__department=department))
        membership.delete()
        if not others.filter(primary=True).exists():
            others.filter(pk__in=others.order_by("pk").values("pk")[:1]).update(primary=True)
        for hook in hooks.on_left:
            hook(membership)
        publish(
            "people.membership.ended",
            stream=user.stream,
            actor=actor,
            before=before,
            department=department.pk,
        )


def transfer(
    *,
    actor: User | None,
    membership: Membership,
    department: Department,
    role: str | None = None,
    primary: bool = False,
    until: Until = End.KEPT,
    kept: Collection[str] = (),
    kept_until: dt.date | None = None,
) -> Membership:
    """From one department into another, at once: nobody is in both or in none in between.

    What is kept for the hand-over stays open to them as to a guest of the department that they leave.
    """
    require_hr(actor)
    with publishing():
        if membership.department_id != department.pk:
            require_other_hr(membership.user)
        role = role or membership.role
        if until is End.KEPT:
            until = membership.until if role == membership.role else None
        joined = join_department(
            actor=actor,
            user=membership.user,
            department=department,
            role=role,
            primary=primary or membership.primary,
            until=until,
        )
        if membership.department_id != department.pk:
            _hand_over(actor, membership, kept, kept_until)
    return joined


def _hand_over(
    actor: User | None, membership: Membership, kept: Collection[str], kept_until: dt.date | None
) -> None:
    if not kept or kept_until is None:
        leave_department(actor=actor, membership=membership)
        return
    user, department = membership.user, membership.department
    stays = join_department(actor=actor, user=user, department=department, role=Role.GUEST, until=kept_until)
    for hook in hooks.on_kept:
        hook(stays, kept)


def _memberships(user: User) -> QuerySet[Membership]:
    """Of a person who is locked: two changes at the same time could both find no primary department."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    return Membership.objects.filter(user=user)


def _current(user: User, department: Department) -> dict[str, Any] | None:
    return Membership.objects.filter(user=user, department=department).values(*PLACE).first()


def _follow(membership: Membership) -> None:
    """The auth groups follow the membership."""
    roles = Group.objects.filter(department_role__department=membership.department)
    membership.user.groups.remove(*roles.exclude(department_role__role=membership.role))
    membership.user.groups.add(*roles.filter(department_role__role=membership.role))
