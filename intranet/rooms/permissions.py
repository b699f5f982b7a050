"""Every rule about rooms. A room's departments grant; being in the room is the condition for all of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from intranet.people.models import Department, Membership, Role, User
from intranet.people.models.user import UserQuerySet
from intranet.people.permissions import codenames_on, declare, departments_where, holds
from intranet.rooms.models import Kind, Room, RoomMembership, RoomRole
from intranet.verdicts import ALLOWED, Denied, Verdict, refused, require

EVERYONE = (Role.MEMBER, Role.MANAGER, Role.GUEST)
STAFF = (Role.MEMBER, Role.MANAGER)
ENTER = declare("enter_rooms", _("Enter the department's rooms they are in"), roles=EVERYONE)
CREATE = declare("create_rooms", _("Create rooms of the department"), roles=STAFF)
INVITE = declare("invite_to_rooms", _("Invite people to the department's rooms"), roles=STAFF)
MANAGE = declare("manage_rooms", _("Manage the department's rooms"), roles=(Role.MANAGER,))

NOT_FOUND = refused("not_found", _("There is no such room, or it is not yours to see."))
ARCHIVED = refused("archived", _("This room is archived: it can be read, but not changed."))
NOT_PERMITTED = refused("not_permitted", _("Your role does not allow this here."))
FOLLOWS = refused(
    "follows_department", _("A department's room has the department's members; HR changes them.")
)
LAST_OWNER = refused(
    "last_owner", _("You are the last owner. Make somebody else owner first, or archive the room.")
)
ONE_TO_ONE = refused(
    "one_to_one", _("A conversation between people cannot be left or changed; start another one.")
)


@dataclass(frozen=True)
class Standing:
    """Everything that decides what a person may do in a room; loaded once, in two queries."""

    room: Room
    membership: RoomMembership | None
    codenames: frozenset[str]

    @property
    def is_owner(self) -> bool:
        return self.membership is not None and self.membership.role == RoomRole.OWNER

    def may(self, codename: str) -> bool:
        return self.room.is_direct or codename in self.codenames


def enter(user: User | AnonymousUser, room_id: int) -> Room:
    """One room that is `visible_to` the person, or it is not found. It brings their standing in it along.

    What a request does in the room asks no more than this: listing what is visible and then asking for the
    standing was a quarter of the cost of posting a message.
    """
    memberships = RoomMembership.objects.filter(room__pk=room_id, user=user.pk).select_related("room")
    membership = memberships.first() if user.is_active else None
    if membership is None:
        raise Denied(NOT_FOUND)
    room = membership.room
    room.entered = _standing(user, room, membership)
    require(can_enter(room.entered))
    return room


def standing(user: User | AnonymousUser, room: Room) -> Standing:
    if not user.is_active:
        return Standing(room, None, frozenset())
    entered = room.entered
    if entered is not None and entered.membership is not None and entered.membership.user_id == user.pk:
        return entered
    return _standing(user, room, RoomMembership.objects.filter(room=room, user=user).first())


def _standing(user: User | AnonymousUser, room: Room, membership: RoomMembership | None) -> Standing:
    codenames = frozenset() if room.is_direct else codenames_on(user, _departments(room))
    return Standing(room, membership, codenames)


def _departments(room: Room) -> Iterable[int]:
    return room.department_links.values("department")  # type: ignore[return-value]


def can_enter(at: Standing) -> Verdict:
    return ALLOWED if at.membership is not None and at.may(ENTER) else NOT_FOUND


def can_change(at: Standing) -> Verdict:
    """Anything that changes the room's state needs to be in it, and the room to be open."""
    if not (verdict := can_enter(at)):
        return verdict
    return ARCHIVED if at.room.is_archived else ALLOWED


def can_invite(at: Standing) -> Verdict:
    if not (verdict := can_change(at)):
        return verdict
    if at.room.kind == Kind.DEPARTMENT:
        return FOLLOWS
    return ALLOWED if at.may(INVITE) or at.is_owner else NOT_PERMITTED


def can_manage(at: Standing) -> Verdict:
    """Remove people, change their roles, archive and restore."""
    if not (verdict := can_enter(at)):
        return verdict
    if at.room.is_direct:
        return ONE_TO_ONE
    return ALLOWED if at.is_owner or at.may(MANAGE) else NOT_PERMITTED


def can_leave(at: Standing) -> Verdict:
    if not (verdict := can_enter(at)):
        return verdict
    if at.room.is_direct:
        return ONE_TO_ONE
    if at.room.kind == Kind.DEPARTMENT:
        return FOLLOWS
    owners = set(at.room.memberships.owning().values_list("pk", flat=True))
    return LAST_OWNER if at.membership and owners == {at.membership.pk} else ALLOWED


def can_create_somewhere(user: User) -> Verdict:
    return ALLOWED if departments_where(user, CREATE).exists() else NOT_PERMITTED


def can_create(user: User, departments: Iterable[Department]) -> Verdict:
    """Whoever may create rooms in one of the departments that take part."""
    allowed = departments_where(user, CREATE).filter(pk__in=[department.pk for department in departments])
    return ALLOWED if allowed.exists() else NOT_PERMITTED


def can_reach(user: User, people: Iterable[User]) -> Verdict:
    """Write to them, bring them into a room."""
    ids = {person.pk for person in people} - {user.pk}
    return ALLOWED if ids <= set(people_in_reach(user).values_list("pk", flat=True)) else NOT_PERMITTED


def heirs(rooms: Iterable[Room], *, instead_of: User | None = None) -> dict[int, User]:
    """For each room the manager who would own it: of the department that came first, and who may enter."""
    enter = holds(ENTER, department="department", user=F("user"))
    managers = Membership.objects.filter(
        enter,
        role=Role.MANAGER,
        user__is_active=True,
        department__room_links__room__in=[room.pk for room in rooms],
    ).exclude(user=instead_of)
    found: dict[int, int] = {}
    for room, user in managers.order_by("department__room_links", "pk").values_list(
        "department__room_links__room", "user"
    ):
        found.setdefault(room, user)
    people = User.objects.in_bulk(set(found.values()))
    return {room: people[user] for room, user in found.items()}


def people_sharing_a_room(user: User) -> UserQuerySet:
    shared = RoomMembership.objects.filter(room__in=Room.objects.visible_to(user))
    return User.objects.active().filter(pk__in=shared.values("user"))


def people_in_reach(user: User) -> UserQuerySet:
    """Whom a person may find, write to and invite: staff everyone, guests those they share a room with."""
    if can_create_somewhere(user):
        return User.objects.active()
    return people_sharing_a_room(user)
