"""Everything that decides what a person may do in a room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from intranet.people.models import Department, Role, User
from intranet.people.permissions import codenames_by_department, codenames_on, declare
from intranet.rooms.models import Kind, Room, RoomMembership, RoomRole

EVERYONE = (Role.MEMBER, Role.MANAGER, Role.GUEST)
STAFF = (Role.MEMBER, Role.MANAGER)
ENTER = declare("enter_rooms", _("Enter the department's rooms they are in"), roles=EVERYONE)
CREATE = declare("create_rooms", _("Create rooms of the department"), roles=STAFF)
JOIN = declare("join_rooms", _("Find public rooms and join them"), roles=STAFF)
INVITE = declare("invite_to_rooms", _("Invite people to the department's rooms"), roles=STAFF)
MANAGE = declare("manage_rooms", _("Manage the department's rooms"), roles=(Role.MANAGER,))

_anywhere = {ENTER, JOIN, INVITE}


def holds_anywhere(codename: str) -> str:
    """In a room that is public to the company, this one counts whichever department grants it."""
    _anywhere.add(codename)
    return codename


UNREADABLE = 2**62  # above every message's number


@dataclass(frozen=True)
class Standing:
    """Everything that decides what a person may do in a room; loaded once, in two queries."""

    room: Room
    membership: RoomMembership | None
    codenames: frozenset[str]

    @property
    def is_owner(self) -> bool:
        return self.membership is not None and self.membership.role == RoomRole.OWNER

    @property
    def is_moderator(self) -> bool:
        """Owners moderate too."""
        return self.is_owner or (self.membership is not None and self.membership.role == RoomRole.MODERATOR)

    @property
    def history_after(self) -> int:
        """The number of the last message that is not this person's to read."""
        return self.membership.history_after if self.membership else UNREADABLE

    def may(self, codename: str) -> bool:
        return self.room.is_direct or codename in self.codenames


def standing(user: User | AnonymousUser, room: Room) -> Standing:
    if not user.is_active:
        return Standing(room, None, frozenset())
    entered = room.entered
    if entered is not None and entered.membership is not None and entered.membership.user_id == user.pk:
        return entered
    return standing_of(user, room, RoomMembership.objects.filter(room=room, user=user).first())


def standing_of(user: User | AnonymousUser, room: Room, membership: RoomMembership | None) -> Standing:
    return Standing(room, membership, _codenames(user, room))


def standings(user: User, rooms: Iterable[Room]) -> dict[int, Standing]:
    """Of each of these rooms, whose departments are loaded: in two queries for however many."""
    rooms = list(rooms)
    inside = {each.room_id: each for each in RoomMembership.objects.filter(user=user, room__in=rooms)}
    held = codenames_by_department(user)
    everywhere = set[str]().union(*held.values()) & _anywhere
    return {
        room.pk: Standing(room, inside.get(room.pk), _codenames_among(held, everywhere, room))
        for room in rooms
    }


def _codenames_among(held: dict[int, set[str]], everywhere: set[str], room: Room) -> frozenset[str]:
    if room.kind == Kind.COMPANY:
        return frozenset({ENTER})
    own = (held.get(link.department_id, set()) for link in room.department_links.all())
    return frozenset(set().union(*own, everywhere if room.is_public else ()))


def _codenames(user: User | AnonymousUser, room: Room) -> frozenset[str]:
    if room.is_direct:
        return frozenset()
    if room.kind == Kind.COMPANY:
        return frozenset({ENTER})
    own = codenames_on(user, _departments(room))
    if not room.is_public:
        return own
    return own | (codenames_on(user, Department.objects.values("pk")) & _anywhere)


def _departments(room: Room) -> Iterable[int]:
    return room.department_links.values("department")  # type: ignore[return-value]
