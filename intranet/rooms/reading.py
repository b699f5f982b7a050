"""Where a person's reading stands in their rooms: the numbers behind every badge."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from intranet.events.log import numbers
from intranet.rooms.models import RoomMembership

Place = tuple[int, int]  # a person and a room
MentionCounter = Callable[[Iterable[Place]], Counter[Place]]
ReadTeller = Callable[[int, int], None]
LatestFinder = Callable[[Iterable[int]], dict[int, dt.datetime]]

_mention_counters: list[MentionCounter] = []
_read_tellers: list[ReadTeller] = []
_latest_finders: list[LatestFinder] = []


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


def finds_latest(finder: LatestFinder) -> LatestFinder:
    """Register who knows when something was last said: `room ids -> {room id: moment}`."""
    _latest_finders.append(finder)
    return finder


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


def latest(room_ids: Iterable[int]) -> dict[int, dt.datetime]:
    """When something last happened in each room where anything has."""
    ids = list(room_ids)
    found: dict[int, dt.datetime] = {}
    for finder in _latest_finders:
        for room_id, moment in finder(ids).items():
            found[room_id] = max(moment, found.get(room_id, moment))
    return found


def tell_read(*, user_id: int, room_id: int) -> None:
    for teller in _read_tellers:
        teller(user_id, room_id)
