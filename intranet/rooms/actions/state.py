"""What a room is called, who finds it, and whether it is still open."""

from __future__ import annotations

from typing import Any

from intranet import clock
from intranet.events.publish import publish, publishing
from intranet.events.values import values_of
from intranet.people.models import User
from intranet.rooms import permissions
from intranet.rooms.actions.entering import bring_departments, hold
from intranet.rooms.models import History, Room, Visibility, changeable
from intranet.rooms.permissions import standing
from intranet.verdicts import require


def change_room(*, actor: User, room: Room, **fields: Any) -> Room:
    """Its names and topic; of a project also who finds it and what newcomers see of its past."""
    with publishing():
        room = hold(room)
        require(permissions.can_change_room(standing(actor, room)))
        was_public = room.is_public
        changed = [name for name, value in fields.items() if getattr(room, name) != value]
        if foreign := set(changed) - changeable(room):
            raise ValueError(f"not to be changed in such a room: {sorted(foreign)}")
        before = values_of(room, changed)
        for name in changed:
            setattr(room, name, fields[name])
        settle(room)
        room.full_clean()
        room.save()
        if was_public and not room.is_public:
            bring_departments(room, room.members.filter(is_active=True))
        if room.visibility != Visibility.PRIVATE:
            room.memberships.exclude(history_after=0).update(history_after=0)
        if changed:
            publish(
                "rooms.room.changed",
                stream=room.stream,
                actor=actor,
                before=before,
                after=values_of(room, changed),
                room=room.pk,
                fields=sorted(changed),
            )
    return room


def settle(room: Room) -> None:
    """What everybody may find hides nothing from who joins."""
    if room.visibility != Visibility.PRIVATE:
        room.history = History.EVERYTHING


def archive_room(*, actor: User, room: Room) -> None:
    """Readable for good, writable no more."""
    _require_manager(actor, room)
    if room.is_archived:
        return
    with publishing():
        room.archived_at = clock.now()
        room.save(update_fields=["archived_at"])
        publish(
            "rooms.room.archived",
            stream=room.stream,
            actor=actor,
            before={"archived_at": None},
            after={"archived_at": room.archived_at},
            room=room.pk,
        )


def restore_room(*, actor: User, room: Room) -> None:
    _require_manager(actor, room)
    if not room.is_archived:
        return
    with publishing():
        before = {"archived_at": room.archived_at}
        room.archived_at = None
        room.save(update_fields=["archived_at"])
        publish(
            "rooms.room.restored",
            stream=room.stream,
            actor=actor,
            before=before,
            after={"archived_at": None},
            room=room.pk,
        )


def _require_manager(actor: User, room: Room) -> None:
    """IT archives through the administration, by the model permission; room managers in the room."""
    if room.is_direct:
        require(permissions.ONE_TO_ONE)
    if not actor.has_perm("rooms.change_room"):
        require(permissions.can_manage(standing(actor, room)))


def tell_members(*, room: Room) -> None:
    """In their lists it stands elsewhere now, or is called otherwise."""
    with publishing():
        for user_id in room.memberships.order_by("user").values_list("user_id", flat=True):
            publish("rooms.membership.changed", stream=f"user.{user_id}", actor=None, room=room.pk)
