"""Rooms follow departments and the company, inside the transactions of people's actions."""

from __future__ import annotations

from collections.abc import Collection

from intranet.people import hooks
from intranet.people.models import Department, Membership, Role, User
from intranet.rooms import actions
from intranet.rooms.handover import KEY
from intranet.rooms.models import Kind, Room, RoomMembership, RoomQuerySet, RoomRole
from intranet.rooms.permissions import staff


def _rooms_of(department: Department) -> list[Room]:
    return list(Room.objects.filter(kind=Kind.DEPARTMENT, departments=department))


def make_room(department: Department) -> None:
    actions.create_department_room(department=department)


def make_company_room(administrator: User) -> None:
    actions.create_company_room(owners=[administrator], name="全员", english_name="Everyone")


def unmake_rooms(department: Department) -> None:
    for room in _rooms_of(department):
        actions.unmake_department_room(department_room=room)


def open_rooms(membership: Membership) -> None:
    """Guests are outside people: they come into single rooms by invitation only."""
    change = actions.stop_following if membership.role == Role.GUEST else actions.follow
    for room in _rooms_of(membership.department):
        change(room=room, user=membership.user)
    if membership.role == Role.MANAGER:
        actions.find_owners(rooms=Room.objects.filter(departments=membership.department))
    _follow_company(membership.user)


def close_rooms(membership: Membership) -> None:
    for room in _rooms_of(membership.department):
        actions.stop_following(room=room, user=membership.user)
    find_owners(membership.user)
    _follow_company(membership.user)


def _follow_company(user: User) -> None:
    change = actions.follow if staff().contains(user) else actions.stop_following
    for room in Room.objects.filter(kind=Kind.COMPANY):
        change(room=room, user=user)


def keep_rooms(membership: Membership, kept: Collection[str]) -> None:
    user, department = membership.user, membership.department
    keys = {int(key.removeprefix(KEY)) for key in kept if key.startswith(KEY)}
    owned = Room.objects.filter(pk__in=list(_owned_by(user).values_list("pk", flat=True)))
    actions.close_department(user=user, department=department, kept=keys)
    actions.find_owners(rooms=owned)


def find_owners(user: User) -> None:
    actions.find_owners(rooms=_owned_by(user))


def _owned_by(user: User) -> RoomQuerySet:
    owned = RoomMembership.objects.filter(user=user, role=RoomRole.OWNER)
    return Room.objects.filter(pk__in=owned.values("room"))


hooks.on_company_set_up.append(make_company_room)
hooks.on_department_created.append(make_room)
hooks.on_department_undone.append(unmake_rooms)
hooks.on_joined.append(open_rooms)
hooks.on_left.append(close_rooms)
hooks.on_kept.append(keep_rooms)
hooks.on_deactivated.append(find_owners)
