"""Where a person's reading stands in their rooms: the numbers behind every badge."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from intranet.events.log import numbers
from intranet.rooms.models import RoomMembership

MentionCounter = Callable[[int, Iterable[int]], Counter[int]]
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
    """Register who knows the unread mentions: `(user id, room ids) -> {room id: count}`."""
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


def readings(user_id: int, memberships: Iterable[RoomMembership]) -> dict[int, Reading]:
    """By room id, in two queries for however many rooms."""
    pointers = {membership.room_id: membership.pointer for membership in memberships}
    last = numbers([f"room.{room_id}" for room_id in pointers])
    mentions: Counter[int] = Counter()
    for counter in _mention_counters:
        mentions += counter(user_id, pointers)
    return {
        room_id: Reading(last.get(f"room.{room_id}", 0), pointer, mentions[room_id])
        for room_id, pointer in pointers.items()
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
