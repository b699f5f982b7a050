"""From outside into a room: by oneself, or by asking."""

from __future__ import annotations

from intranet import clock
from intranet.events.publish import publish, publishing
from intranet.people.models import User
from intranet.rooms import permissions
from intranet.rooms.actions.entering import bring_departments, bring_in, hold
from intranet.rooms.models import JoinRequest, Room
from intranet.rooms.permissions import standing
from intranet.verdicts import require


def join(*, actor: User, room: Room) -> None:
    with publishing():
        room = _found(actor, room)
        require(permissions.can_join(standing(actor, room)))
        bring_in(actor, room, [actor])


def ask_to_join(*, actor: User, room: Room) -> None:
    """Asking twice is asking once; who was declined may ask again."""
    with publishing():
        room = _found(actor, room)
        require(permissions.can_ask(standing(actor, room)))
        waiting = JoinRequest.objects.filter(room=room, user=actor, declined_at=None)
        if not waiting.exists():
            JoinRequest.objects.update_or_create(
                room=room, user=actor, defaults={"made_at": clock.now(), "declined_at": None}
            )
            _tell("made", actor, room, actor)


def withdraw_request(*, actor: User, room: Room) -> None:
    with publishing():
        gone, _rows = JoinRequest.objects.filter(room=room, user=actor).delete()
        if gone:
            _tell("withdrawn", actor, room, actor)


def accept_request(*, actor: User, room: Room, user: User) -> None:
    """Of two who answer at the same moment, the first one's answer holds."""
    with publishing():
        room = _held_for_answer(actor, room)
        gone, _rows = JoinRequest.objects.filter(room=room, user=user, declined_at=None).delete()
        if not gone:
            require(permissions.ANSWERED)
        bring_departments(room, [user])
        bring_in(actor, room, [user])
        _tell("accepted", actor, room, user)


def decline_request(*, actor: User, room: Room, user: User) -> None:
    with publishing():
        room = _held_for_answer(actor, room)
        waiting = JoinRequest.objects.filter(room=room, user=user, declined_at=None)
        if not waiting.update(declined_at=clock.now()):
            require(permissions.ANSWERED)
        _tell("declined", actor, room, user)


def _found(actor: User, room: Room) -> Room:
    """As it is now: it may have been archived, or made private, a moment ago."""
    room = hold(room)
    require(permissions.can_find(actor, room.pk))
    return room


def _held_for_answer(actor: User, room: Room) -> Room:
    room = hold(room)
    require(permissions.can_answer(standing(actor, room)))
    return room


def _tell(what: str, actor: User, room: Room, user: User) -> None:
    """The room, whoever asks, and those who answer: each on their own pages."""
    kind = f"rooms.request.{what}"
    publish(kind, stream=room.stream, actor=actor, room=room.pk, user=user.pk)
    publish(kind, stream=user.stream, actor=actor, room=room.pk, user=user.pk)
    for answering in User.objects.filter(pk__in=room.memberships.answering().values("user")):
        publish(kind, stream=answering.stream, actor=actor, room=room.pk, user=user.pk)
