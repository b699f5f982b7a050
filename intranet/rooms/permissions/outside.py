"""How whoever is not in a room may come in."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from intranet.people.models import User
from intranet.rooms.models import Room, Visibility
from intranet.rooms.permissions.inside import can_enter
from intranet.rooms.permissions.refusals import ARCHIVED, ASK_FIRST, IN_IT_ALREADY, NO_NEED_TO_ASK, NOT_FOUND
from intranet.rooms.permissions.standing import JOIN, Standing
from intranet.verdicts import ALLOWED, Verdict


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
