"""The numbers behind the badges: per socket, the rooms it watches; per second, one frame of what changed."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation

from intranet.events import log as event_log
from intranet.people.models import User
from intranet.realtime.access import room_of
from intranet.realtime.live import encode
from intranet.realtime.writers import frame
from intranet.rooms.models import RoomMembership
from intranet.rooms.presence import online
from intranet.rooms.reading import Place, readings_of_all

if TYPE_CHECKING:
    from intranet.realtime.consumers import Socket
    from intranet.realtime.hub import Hub

log = logging.getLogger(__name__)
EVERY = 1.0
State = dict[str, int]


class Watch:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._rooms: dict[int, set[Socket]] = defaultdict(set)
        self._people: dict[int, set[Socket]] = defaultdict(set)
        self._numbers: dict[int, int] = {}  # what everybody who watches the room has heard
        self._told = 0
        self._moved: set[int] = set()
        self._read: set[tuple[int, int]] = set()
        self._flushing: asyncio.Task[None] | None = None

    # --- Sockets come and go --------------------------------------------------------------------------

    def arrived(self, socket: Socket) -> None:
        self._people[socket.user.pk].add(socket)

    def left(self, socket: Socket) -> None:
        self.limit(socket, to=set())
        self._people[socket.user.pk].discard(socket)
        if not self._people[socket.user.pk]:
            del self._people[socket.user.pk]

    def is_here(self, user_id: int) -> bool:
        return user_id in self._people

    async def start(self, socket: Socket) -> None:
        """Register first, then read, and read again if something was told meanwhile: it may be newer."""
        rooms = await self._hub.database(_rooms_of, socket.user.pk)
        self.limit(socket, to=rooms)
        socket.watches = True
        states: dict[int, State] = {}
        told = -1
        while told != self._told:
            told = self._told
            found = await self._hub.database(_states, {(socket.user.pk, room) for room in rooms})
            states = found.get(socket.user.pk, {})
        for room, state in states.items():
            # Where it is known already, the others have yet to hear what this one hears now.
            self._numbers.setdefault(room, state["number"])
        socket.send_body({"kind": "rooms", "rooms": states})
        await self.tell_who_is_here(socket)

    def limit(self, socket: Socket, *, to: set[int]) -> None:
        """These rooms and no others."""
        for room in socket.rooms - to:
            self._rooms[room].discard(socket)
            if not self._rooms[room]:
                del self._rooms[room]
                self._numbers.pop(room, None)
        for room in to - socket.rooms:
            self._rooms[room].add(socket)
        socket.rooms = set(to)

    # --- What moved -----------------------------------------------------------------------------------

    def moved(self, stream: str) -> None:
        room = room_of(stream)
        if room is not None and room in self._rooms:
            self._moved.add(room)
            self._flush_soon()

    def read(self, user: int, room: int) -> None:
        if user in self._people:
            self._read.add((user, room))
            self._flush_soon()

    async def compare(self) -> None:
        """The sweep's part: which of the watched rooms have other numbers than those that were told."""
        rooms = list(self._rooms)
        now = await self._hub.database(_numbers, rooms)
        self._moved |= {room for room in rooms if now.get(room, 0) != self._numbers.get(room, 0)}
        if self._moved:
            self._flush_soon()

    def people(self) -> list[int]:
        return list(self._people)

    def _flush_soon(self) -> None:
        """At once after a quiet second, and then once a second."""
        if self._flushing is None or self._flushing.done():
            self._flushing = self._hub.loop.create_task(self._flush())

    async def _flush(self) -> None:
        while self._moved or self._read:
            moved, self._moved = self._moved, set()
            read, self._read = self._read, set()
            try:
                await self._tell(moved, read)
            except Exception:
                log.exception("badges not told; they are tried again")
                self._moved |= moved
                self._read |= read
            await asyncio.sleep(EVERY)

    async def _tell(self, moved: set[int], read: set[tuple[int, int]]) -> None:
        now = await self._hub.database(_numbers, moved)
        numbers = {room: number for room, number in now.items() if number != self._numbers.get(room)}
        changed: dict[Socket, dict[int, State]] = defaultdict(dict)
        for room, number in numbers.items():
            for socket in self._rooms.get(room, ()):
                changed[socket][room] = {"number": number}
        for user, states in (await self._hub.database(_states, read) if read else {}).items():
            for socket in self._people.get(user, ()):
                changed[socket] |= {room: state for room, state in states.items() if room in socket.rooms}
        self._numbers |= numbers
        self._told += 1
        _send_shared("rooms", "rooms", changed)

    # --- Presence -------------------------------------------------------------------------------------

    def presence(self, people: dict[int, bool]) -> None:
        """Tell those who share a room with them."""
        self._hub.loop.create_task(self._tell_presence(people))

    async def _tell_presence(self, people: dict[int, bool]) -> None:
        try:
            shared = await self._hub.database(_rooms_of_people, list(people))
        except Exception:
            log.exception("presence not told; pages hear it when they connect again")
            return
        changed: dict[Socket, dict[int, str]] = defaultdict(dict)
        for user, rooms in shared.items():
            for room in rooms:
                for socket in self._rooms.get(room, ()):
                    changed[socket][user] = "on" if people[user] else "off"
        _send_shared("presence", "users", changed)

    async def tell_who_is_here(self, socket: Socket) -> None:
        """Everybody with whom they share a room: what a page that was away has missed."""
        here = await self._hub.database(_online_around, socket.rooms)
        socket.send_body({"kind": "presence", "users": dict.fromkeys(here, "on"), "all": True})

    def statuses(self, people: set[int]) -> None:
        """What they say about themselves now, for those who share a room with them."""
        self._hub.loop.create_task(self._tell_statuses(people))

    async def _tell_statuses(self, people: set[int]) -> None:
        try:
            shared = await self._hub.database(_rooms_of_people, list(people))
            said = await self._hub.database(_statuses, people)
        except Exception:
            log.exception("a status not told; pages show it when they are drawn again")
            return
        changed: dict[Socket, dict[int, dict[str, str]]] = defaultdict(dict)
        for user, rooms in shared.items():
            for socket in {socket for room in rooms for socket in self._rooms.get(room, ())}:
                changed[socket][user] = said[socket.language][user]
        _send_shared("status", "statuses", changed)


def _by_user(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for user, room in pairs:
        found[user].add(room)
    return found


def _send_shared(kind: str, key: str, changed: Mapping[Socket, Mapping[int, object]]) -> None:
    """Most sockets have the same to hear: each different text is made once."""
    made: dict[str, bytes] = {}
    for socket, news in changed.items():
        text = encode({"kind": kind, key: news})
        framed = made.setdefault(text, frame(text))
        socket.write_safely([text], framed)


def _rooms_of(user_id: int) -> set[int]:
    entering = RoomMembership.objects.entering().filter(user=user_id)
    return set(entering.values_list("room_id", flat=True))


def _rooms_of_people(user_ids: list[int]) -> dict[int, set[int]]:
    return _by_user(RoomMembership.objects.filter(user__in=user_ids).values_list("user_id", "room_id"))


def _online_around(rooms: set[int]) -> set[int]:
    return online(RoomMembership.objects.filter(room__in=rooms).values_list("user_id", flat=True).distinct())


def _numbers(rooms: Iterable[int]) -> dict[int, int]:
    found = event_log.numbers([f"room.{room}" for room in rooms])
    return {int(name.removeprefix("room.")): number for name, number in found.items()}


def _states(places: set[Place]) -> dict[int, dict[int, State]]:
    """By person and room, in as many queries for two hundred readers as for one."""
    users, rooms = {user for user, _room in places}, {room for _user, room in places}
    memberships = RoomMembership.objects.filter(user__in=users, room__in=rooms)
    wanted = [each for each in memberships if (each.user_id, each.room_id) in places]
    found: dict[int, dict[int, State]] = defaultdict(dict)
    for (user, room), state in readings_of_all(wanted).items():
        found[user][room] = {"number": state.number, "pointer": state.pointer, "mentions": state.mentions}
    return found


def _statuses(user_ids: Iterable[int]) -> dict[str, dict[int, dict[str, str]]]:
    """By language, as a sign alone is said in words."""
    people = list(User.objects.filter(pk__in=user_ids))
    found: dict[str, dict[int, dict[str, str]]] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[language] = {person.pk: _said(person) for person in people}
    return found


def _said(person: User) -> dict[str, str]:
    ends = person.status_until if person.status else None
    return {"status": person.status, "until": ends.isoformat() if ends else ""}
