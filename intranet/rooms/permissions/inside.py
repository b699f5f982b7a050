"""What whoever is in a room may do there."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from intranet.people.models import User
from intranet.rooms.models import Kind, Room, RoomMembership, RoomRole
from intranet.rooms.permissions.refusals import (
    ARCHIVED,
    CANNOT_OWN,
    FOLLOWS,
    FOLLOWS_COMPANY,
    LAST_OWNER,
    NOT_FOUND,
    NOT_OWNER,
    NOT_PERMITTED,
    ONE_TO_ONE,
    OWNERS_ONLY,
)
from intranet.rooms.permissions.standing import ENTER, INVITE, MANAGE, Standing, standing_of
from intranet.verdicts import ALLOWED, Denied, Verdict, require


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
    room.entered = standing_of(user, room, membership)
    require(can_enter(room.entered))
    return room


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
