"""Every five seconds: what hints did not tell, and whether every socket is still allowed what it has."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import random
from collections.abc import Iterable
from typing import TYPE_CHECKING

from intranet import clock
from intranet.events import log as event_log
from intranet.realtime import access
from intranet.realtime.hints import Hint
from intranet.rooms.models import RoomMembership

if TYPE_CHECKING:
    from intranet.realtime.consumers import Socket
    from intranet.realtime.hub import Hub

log = logging.getLogger(__name__)
EVERY = 5.0
SIGNED_OUT = 4001


class Sweep:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._unchecked: set[Socket] = set()
        self._checking: asyncio.Task[None] | None = None
        self.rounds = 0  # of checks that have begun
        self._since = clock.now()

    async def run(self) -> None:
        while True:
            await asyncio.sleep(EVERY * random.uniform(0.8, 1.0))  # noqa: S311 - spreads load, guards nothing
            try:
                await self._sweep()
            except Exception:
                log.exception("sweep failed; the next one tries again")

    async def _sweep(self) -> None:
        hub = self._hub
        started = clock.now()
        hub.take(Hint(heads=await hub.database(event_log.heads, list(hub.audiences))))
        await hub.watch.compare()
        for user, room in await hub.database(_read_since, self._since, hub.watch.people()):
            hub.watch.read(user, room)
        self._since = started
        self.check(hub.sockets)
        await hub.presence.beat()

    def check(self, sockets: Iterable[Socket]) -> None:
        """Ask again for these sockets, soon and all together."""
        self._unchecked |= set(sockets)
        if self._unchecked and (self._checking is None or self._checking.done()):
            self._checking = self._hub.loop.create_task(self._check())

    async def _check(self) -> None:
        while self._unchecked:
            sockets, self._unchecked = self._unchecked, set()
            self.rounds += 1
            streams = {socket: list(socket.streams) for socket in sockets}
            try:
                keys = await self._hub.database(access.valid, [socket.identity for socket in sockets])
                allowed = await self._hub.database(access.rooms_of, {socket.user.pk for socket in sockets})
            except Exception:
                log.exception("permissions not asked; the next sweep tries again")
                return
            for socket in sockets:
                if socket.identity.session_key not in keys:
                    socket.close_soon(SIGNED_OUT)
                else:
                    self._confine(socket, streams[socket], allowed[socket.user.pk])

    def _confine(self, socket: Socket, streams: list[str], rooms: dict[int, int]) -> None:
        """What was opened meanwhile has been asked about later than this."""
        for stream in streams:
            room = access.room_of(stream)
            if room is None or stream not in socket.streams:
                continue
            if room in rooms:
                socket.read_after(stream, rooms[room])
            else:
                self._hub.close(socket, stream)
                socket.send_body({"kind": "closed", "stream": stream, "reason": "not_found"})
        if socket.watches:
            self._hub.watch.limit(socket, to=set(rooms))


def _read_since(since: dt.datetime, people: list[int]) -> list[tuple[int, int]]:
    """Pointers that moved elsewhere while no hint came through."""
    recently = RoomMembership.objects.filter(user__in=people, read_at__gte=since)
    return list(recently.values_list("user_id", "room_id"))
