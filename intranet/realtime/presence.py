"""Who is here: a row per person and process, which counts for as long as the process beats."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING

from intranet.realtime import heartbeat, hints
from intranet.realtime.hints import Hint
from intranet.realtime.models import Presence, Process
from intranet.rooms.presence import finds_online

if TYPE_CHECKING:
    from intranet.realtime.consumers import Socket
    from intranet.realtime.hub import Hub

# Going from one page to the next is not going away.
GRACE = 4.0


class PresenceBook:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._process = uuid.uuid4()
        self._leaving: dict[int, asyncio.TimerHandle] = {}
        self._here: set[int] = set()

    async def beat(self) -> None:
        """The process lives, and so do the rows of its people, also after somebody cleared the table."""
        if await self._hub.database(_beat, self._process, set(self._here)):
            self._hub.tell(Hint(presence=dict.fromkeys(self._here, True)))

    async def arrived(self, socket: Socket) -> None:
        user = socket.user.pk
        if handle := self._leaving.pop(user, None):
            handle.cancel()
        if user not in self._here:
            self._here.add(user)
            await self._hub.database(_arrive, self._process, user)
            self._hub.tell(Hint(presence={user: True}))

    def left(self, socket: Socket) -> None:
        user = socket.user.pk
        if user in self._here and not self._hub.watch.is_here(user):
            leave = self._hub.loop.call_later(GRACE, self._leave, user)
            if (earlier := self._leaving.get(user)) is not None:
                earlier.cancel()
            self._leaving[user] = leave

    def _leave(self, user: int) -> None:
        self._leaving.pop(user, None)
        if not self._hub.watch.is_here(user):
            self._here.discard(user)
            self._hub.loop.create_task(self._depart(user))

    async def _depart(self, user: int) -> None:
        await self._hub.database(_depart, self._process, user)
        if user in self._here:  # back again meanwhile
            await self._hub.database(_arrive, self._process, user)
        elif not await self._hub.database(online, [user]):
            self._hub.tell(Hint(presence={user: False}))


def _beat(process: uuid.UUID, people: set[int]) -> bool:
    """True when others had taken the process for lost, and its people for gone."""
    is_new = heartbeat.beat(process, Process.Kind.WEB)
    if is_new:
        for user in people:
            _arrive(process, user)
    return is_new


def _arrive(process: uuid.UUID, user: int) -> None:
    heartbeat.beat(process, Process.Kind.WEB)
    Presence.objects.get_or_create(process_id=process, user_id=user)


def _depart(process: uuid.UUID, user: int) -> None:
    Presence.objects.filter(process=process, user=user).delete()


@finds_online
def online(user_ids: Iterable[int]) -> set[int]:
    here = Presence.objects.filter(user__in=list(user_ids), process__in=heartbeat.alive())
    return set(here.values_list("user_id", flat=True))


def forget_lost() -> None:
    """Nobody says goodbye for a process that was killed; tell who has gone with it."""
    people = set(Presence.objects.filter(process__in=heartbeat.lost()).values_list("user_id", flat=True))
    heartbeat.forget_lost()
    if gone := people - online(people):
        hints.give(Hint(presence=dict.fromkeys(gone, False)))
