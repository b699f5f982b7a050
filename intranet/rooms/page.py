"""What every page inside a room shows around its own content."""

from __future__ import annotations

from typing import Any, TypedDict

from intranet.events.log import heads
from intranet.people.models import User
from intranet.rooms import permissions
from intranet.rooms.browser import requests_of
from intranet.rooms.models import JoinRequest, Room, RoomMembership, RoomRole
from intranet.rooms.permissions import Standing
from intranet.rooms.presence import online
from intranet.rooms.reading import readings
from intranet.rooms.sidebar import people_of, sidebar, title_of
from intranet.rooms.tabs import DrawnTab, tabs
from intranet.verdicts import Denied

ROLES = RoomRole.values


class RoomPage(TypedDict):
    room: Room
    title: str
    standing: Standing
    membership: RoomMembership
    members: list[RoomMembership]
    people_online: set[int]
    abilities: dict[str, bool]
    requests: list[JoinRequest]
    tabs: list[DrawnTab]
    seq: int
    unread: int
    first_unread: int | None


def room_page(user: User, room: Room, *, tab: str) -> dict[str, Any]:
    """The sequence number is read first: what comes after it reaches the page through the socket."""
    seq = heads([room.stream]).get(room.stream, 0)
    at = permissions.standing(user, room)
    membership = at.membership
    if membership is None:  # taken out between loading the room and here
        raise Denied(permissions.NOT_FOUND)
    reading = readings([membership])[room.pk]
    members = members_of(room)
    others = people_of([room], seen_by=user)[room.pk] if room.is_direct else []
    may = abilities(at)
    page = RoomPage(
        room=room,
        title=title_of(room, others),
        standing=at,
        membership=membership,
        members=members,
        people_online=online(member.user_id for member in members),
        abilities=may,
        requests=requests_of(room) if may["answer"] else [],
        tabs=tabs(room, current=tab),
        seq=seq,
        unread=reading.unread,
        first_unread=membership.pointer + 1 if reading.unread else None,
    )
    return {**page, **sidebar(user, current=room.pk)}


def members_of(room: Room) -> list[RoomMembership]:
    people = User.objects.with_primary_department()
    memberships = list(room.memberships.filter(user__is_active=True))
    by_id = people.in_bulk([membership.user_id for membership in memberships])
    for membership in memberships:
        membership.user = by_id[membership.user_id]
    return sorted(memberships, key=lambda each: (ROLES.index(each.role), each.user.display_name))


def abilities(at: Standing) -> dict[str, bool]:
    """One answer to what a person may do here, from the rules that the actions ask too."""
    return {
        "invite": bool(permissions.can_invite(at)),
        "manage": bool(permissions.can_manage(at)),
        "change": bool(permissions.can_change_room(at)),
        "roles": bool(permissions.can_change_roles(at)),
        "hand_over": bool(permissions.can_hand_over(at)),
        "remove": bool(permissions.can_remove(at, None)),
        "answer": bool(permissions.can_answer(at)),
        "leave": bool(permissions.can_leave(at)),
    }
