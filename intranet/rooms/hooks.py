"""Rooms follow departments and the company, inside the transactions of people's actions."""

from __future__ import annotations

from intranet.people import hooks
from intranet.people.models import Department, Membership, Role, User
from intranet.rooms import actions
from intranet.rooms.models import Kind, Room
from intranet.rooms.permissions import staff


def _rooms_of(department: Department) -> list[Room]:
    return list(Room.objects.filter(kind=Kind.DEPARTMENT, departments=department))


def make_room(department: Department) -> None:
    actions.create_department_room(department=department)


def unmake_rooms(department: Department) -> None:
    for room in _rooms_of(department):
        actions.unmake_department_room(department_room=room)


def open_rooms(membership: Membership) -> None:
    """Guests are outside people: they come into single rooms by invitation only."""
    change = actions.stop_following if membership.role == Role.GUEST else actions.follow
    for room in _rooms_of(membership.department):
        change(room=room, user=membership.user)
    _follow_company(membership.user)


def close_rooms(membership: Membership) -> None:
    for room in _rooms_of(membership.department):
        actions.stop_following(room=room, user=membership.user)
    _follow_company(membership.user)


def _follow_company(user: User) -> None:
    change = actions.follow if staff().contains(user) else actions.stop_following
    for room in Room.objects.filter(kind=Kind.COMPANY):
        change(room=room, user=user)


hooks.on_department_created.append(make_room)
hooks.on_department_undone.append(unmake_rooms)
hooks.on_joined.append(open_rooms)
hooks.on_left.append(close_rooms)
