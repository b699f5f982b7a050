"""One's own view of a room."""

from __future__ import annotations

from intranet.events.log import numbers
from intranet.events.publish import publish, publishing
from intranet.people.models import User
from intranet.rooms.models import Room, RoomMembership
from intranet.rooms.reading import tell_read


def star(*, actor: User, room: Room, starred: bool) -> None:
    with publishing():
        RoomMembership.objects.filter(room=room, user=actor).update(starred=starred)
        publish("rooms.membership.starred", stream=actor.stream, actor=actor, room=room.pk)


def mark_read(*, actor: User, room_id: int, number: int) -> None:
    """Move one's read pointer forward, at most to the last message. The pointer is the state: no event."""
    last = numbers([f"room.{room_id}"]).get(f"room.{room_id}", 0)
    moved = RoomMembership.objects.filter(room=room_id, user=actor).move_pointer(min(number, last))
    if moved:
        tell_read(user_id=actor.pk, room_id=room_id)
