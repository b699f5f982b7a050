"""Every rule about rooms. A room's departments grant; being in the room is the condition for all of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from intranet.people.models import Department, Membership, Role, User
from intranet.people.models.user import UserQuerySet
from intranet.people.permissions import codenames_by_department, codenames_on, declare, departments_where
from intranet.rooms.models import Kind, Room, RoomMembership, RoomRole, Visibility
from intranet.verdicts import ALLOWED, Denied, Verdict, refused, require

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


NOT_FOUND = refused("not_found", _("There is no such room, or it is not yours to see."))
ARCHIVED = refused("archived", _("This room is archived: it can be read, but not changed."))
NOT_PERMITTED = refused("not_permitted", _("Your role does not allow this here."))
FOLLOWS = refused(
    "follows_department", _("A department's room has the department's members; HR changes them.")
)
FOLLOWS_COMPANY = refused("follows_company", _("Everybody of the company is in this room."))
LAST_OWNER = refused(
    "last_owner", _("You are the last owner. Make somebody else owner first, or archive the room.")
)
ONE_TO_ONE = refused(
    "one_to_one", _("A conversation between people cannot be left or changed; start another one.")
)
OWNERS_ONLY = refused("owners_only", _("Only owners change who owns or moderates the room."))
NOT_OWNER = refused("not_owner", _("Only an owner can hand the room over."))
CANNOT_OWN = refused("cannot_own", _("Whoever takes the room over must be in it, and able to enter it."))
ASK_FIRST = refused("ask_first", _("The room's owners decide who joins. Ask to join."))
NO_NEED_TO_ASK = refused("no_need_to_ask", _("You need not ask: this room is open to you."))
IN_IT_ALREADY = refused("in_it_already", _("You are in this room already."))
ANSWERED = refused("answered", _("This request has been answered or withdrawn already."))


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


def can_enter(at: Standing) -> Verdict:
    return ALLOWED if at.membership is not None and at.may(ENTER) else NOT_FOUND


def can_change(at: Standing) -> Verdict:
    """Anything that changes the room's state needs to be in it, and the room to be open."""
    if not (verdict := can_enter(at)):
        return verdict
    return ARCHIVED if at.room.is_archived else ALLOWED


def can_choose_people(at: Standing) -> Verdict:
    """Whether people come and go here by anybody's choice."""
    if at.room.kind == Kind.DEPARTMENT:
        return FOLLOWS
    return FOLLOWS_COMPANY if at.room.kind == Kind.COMPANY else ALLOWED


def can_invite(at: Standing) -> Verdict:
    if not (verdict := can_change(at)):
        return verdict
    if not (verdict := can_choose_people(at)):
        return verdict
    return ALLOWED if at.may(INVITE) or at.is_moderator else NOT_PERMITTED


def can_manage(at: Standing) -> Verdict:
    """Change what the room is, people's roles in it, archive and restore."""
    if not (verdict := can_enter(at)):
        return verdict
    if at.room.is_direct:
        return ONE_TO_ONE
    return ALLOWED if at.is_owner or at.may(MANAGE) else NOT_PERMITTED


def can_change_room(at: Standing) -> Verdict:
    """Its names and topic, who finds it, what newcomers see."""
    return can_change(at) and can_manage(at)


def can_change_roles(at: Standing) -> Verdict:
    return can_change(at) and can_manage(at)


def can_hand_over(at: Standing) -> Verdict:
    if not (verdict := can_change_roles(at)):
        return verdict
    return ALLOWED if at.is_owner else NOT_OWNER


def can_own(member: RoomMembership | None) -> Verdict:
    """Of a membership that opens the room, if there is one."""
    return ALLOWED if member is not None else CANNOT_OWN


def can_keep_order(at: Standing) -> Verdict:
    """Take members out, answer requests: moderators, and whoever manages the room."""
    if not (verdict := can_change(at)):
        return verdict
    if at.room.is_direct:
        return ONE_TO_ONE
    return ALLOWED if at.is_moderator or at.may(MANAGE) else NOT_PERMITTED


def can_remove(at: Standing, member: RoomMembership | None) -> Verdict:
    if not (verdict := can_keep_order(at)):
        return verdict
    if not (verdict := can_choose_people(at)):
        return verdict
    if member is not None and member.role != RoomRole.MEMBER and not can_manage(at):
        return OWNERS_ONLY
    return ALLOWED


def can_answer(at: Standing) -> Verdict:
    return can_keep_order(at) and can_choose_people(at)


def can_leave(at: Standing) -> Verdict:
    if not (verdict := can_enter(at)):
        return verdict
    if at.room.is_direct:
        return ONE_TO_ONE
    if not (verdict := can_choose_people(at)):
        return verdict
    owners = set(at.room.memberships.owning().values_list("pk", flat=True))
    return LAST_OWNER if at.membership and owners == {at.membership.pk} else ALLOWED


# --- From outside -----------------------------------------------------------------------------------


def can_find(user: User | AnonymousUser, room_id: int) -> Verdict:
    return ALLOWED if Room.objects.findable_by(user).filter(pk=room_id).exists() else NOT_FOUND


def can_join(at: Standing) -> Verdict:
    """By oneself; the room is one that the person may find."""
    if can_enter(at):
        return IN_IT_ALREADY
    if at.room.is_archived:
        return ARCHIVED
    return ALLOWED if _is_open_to(at) else ASK_FIRST


def can_ask(at: Standing) -> Verdict:
    if can_enter(at):
        return IN_IT_ALREADY
    if at.room.is_archived:
        return ARCHIVED
    return NO_NEED_TO_ASK if _is_open_to(at) else ALLOWED


def _is_open_to(at: Standing) -> bool:
    return at.room.visibility != Visibility.PRIVATE and JOIN in at.codenames


# --- New rooms, people ------------------------------------------------------------------------------


def can_create_somewhere(user: User) -> Verdict:
    return ALLOWED if departments_where(user, CREATE).exists() else NOT_PERMITTED


def homes_for_rooms(user: User) -> list[Department]:
    """A person's own departments in which they may create rooms, the primary one first."""
    own = departments_where(user, CREATE).filter(memberships__user=user)
    return list(own.order_by("-memberships__primary", "pk"))


def can_create(user: User, departments: Iterable[Department]) -> Verdict:
    """Whoever may create rooms in one of the departments that take part."""
    allowed = departments_where(user, CREATE).filter(pk__in=[department.pk for department in departments])
    return ALLOWED if allowed.exists() else NOT_PERMITTED


def can_reach(user: User, people: Iterable[User]) -> Verdict:
    """Write to them, bring them into a room."""
    ids = {person.pk for person in people} - {user.pk}
    return ALLOWED if ids <= set(people_in_reach(user).values_list("pk", flat=True)) else NOT_PERMITTED


def people_sharing_a_room(user: User) -> UserQuerySet:
    shared = RoomMembership.objects.filter(room__in=Room.objects.visible_to(user))
    return User.objects.active().filter(pk__in=shared.values("user"))


def people_in_reach(user: User) -> UserQuerySet:
    """Whom a person may find, write to and invite: staff everyone, guests those they share a room with."""
    if can_create_somewhere(user):
        return User.objects.active()
    return people_sharing_a_room(user)


def staff(departments: Iterable[Department] | None = None) -> UserQuerySet:
    """Everybody who is more than a guest in some department, or in one of these."""
    memberships = Membership.objects.filter(role__in=STAFF)
    if departments is not None:
        memberships = memberships.filter(department__in=departments)
    return User.objects.active().filter(pk__in=memberships.values("user"))
