"""The same company inside a running process: what a test has to know of it, as ids."""

from __future__ import annotations

from dataclasses import dataclass

from django.test import override_settings

from chat.actions import post_message
from intranet.rooms.models import Room
from tests.permission_matrix.addresses import ROOMS
from tests.permission_matrix.world import SAID, SEATS, make_world


@dataclass(frozen=True)
class LiveWorld:
    rooms: dict[str, int]
    people: dict[str, int]
    sessions: dict[str, str]

    def stream(self, named: str, seat: str) -> str:
        """A room's, one's own or somebody else's."""
        if named == "oneself":
            return f"user.{self.people.get(seat, 0)}"
        if named == "somebody":
            return f"user.{self.people['member' if seat == 'owner' else 'owner']}"
        return f"room.{self.rooms[named]}"


def make() -> LiveWorld:
    with override_settings(PASSWORD_HASHERS=["tests.cast.QuickHasher"]):
        world = make_world()
    people = {seat: person.pk for seat in SEATS if (person := world.person(seat)) is not None}
    return LiveWorld({named: world.room(named).pk for named in ROOMS}, people, world.keys())


def say_in_private(world: LiveWorld) -> None:
    room = Room.objects.get(pk=world.rooms["other"])
    author = room.members.get(pk=world.people["stranger"])
    post_message(actor=author, room=room, body=f"{SAID} live", client_id="live")
