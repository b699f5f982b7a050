"""Who hears of a room's own changes beyond those who have it open."""

from __future__ import annotations

from intranet.events.models import Event
from intranet.events.outbox import listens
from intranet.rooms import actions
from intranet.rooms.models import Room


@listens("rooms.room.archived", "rooms.room.restored", "rooms.room.changed")
def tell_members(event: Event) -> None:
    room = Room.objects.filter(pk=event.data["room"]).first()
    if room is not None:
        actions.tell_members(room=room)
