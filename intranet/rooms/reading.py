"""Where a person's reading stands in their rooms: the numbers behind every badge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from intranet.events.log import numbers
from intranet.rooms.models import RoomMembership

Place = tuple[int, int]  # a person and a room
MentionCounter = Callable[[Iterable[Place]], Counter[Place]]
ReadTeller = Callable[[int, int], None]

_mention_counters: list[MentionCounter] = []
_read_tellers: list[ReadTeller] = []


@dataclass(frozen=True)
class Reading:
    """`unread` is never stored: it is the room's last number less the pointer."""

    number: int
    pointer: int
    mentions: int

    @property
    def unread(self) -> int:
        return max(0, self.number - self.pointer)


def counts_mentions(counter: MentionCounter) -> MentionCounter:
    """Register who knows the unread mentions of people in rooms."""
    _mention_counters.append(counter)
    return counter


def tells_read(teller: ReadTeller) -> ReadTeller:
    """Register who tells a person's other devices that they read on: `(user id, room id)`."""
    _read_tellers.append(teller)
    return teller


def readings(memberships: Iterable[RoomMembership]) -> dict[int, Reading]:
    """Of one person, by room id."""
    return {room_id: reading for (_user, room_id), reading in readings_of_all(memberships).items()}


def readings_of_all(memberships: Iterable[RoomMembership]) -> dict[Place, Reading]:
    """In two queries, for however many people and rooms."""
    pointers = {(each.user_id, each.room_id): each.pointer for each in memberships}
    last = numbers({f"room.{room_id}" for _user, room_id in pointers})
    mentions: Counter[Place] = Counter()
    for counter in _mention_counters:
        mentions += counter(pointers)
    return {
        place: Reading(last.get(f"room.{place[1]}", 0), pointer, mentions[place])
        for place, pointer in pointers.items()
    }


def tell_read(*, user_id: int, room_id: int) -> None:
    for teller in _read_tellers:
        teller(user_id, room_id)
