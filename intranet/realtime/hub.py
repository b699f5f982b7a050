"""One hub per process: it hears which streams moved, reads once what it lacks, writes to all its sockets.

A commit gives a hint -> `take` -> `_deliver` reads the log after each stream's position, draws each event
once per language, and writes the same bytes to every local socket that has the stream open.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from channels.layers import get_channel_layer
from django.db import OperationalError

from intranet.events import log as event_log
from intranet.events.models import Event
from intranet.realtime import hints
from intranet.realtime.audience import Audience
from intranet.realtime.database import DatabaseThreads
from intranet.realtime.hints import Hint
from intranet.realtime.live import Frame, encode, frames
from intranet.realtime.presence import PresenceBook
from intranet.realtime.sweep import Sweep
from intranet.realtime.watch import Watch
from intranet.realtime.writers import frame

if TYPE_CHECKING:
    from intranet.realtime.consumers import Socket

log = logging.getLogger(__name__)
COMPANY = "company"
BATCH = 1000
MOST_BEHIND = 500


class Hub:
    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.database = DatabaseThreads()
        self.sockets: set[Socket] = set()
        self.audiences: dict[str, Audience] = {}
        self.watch = Watch(self)
        self.presence = PresenceBook(self)
        self.sweep = Sweep(self)
        self._behind: set[str] = set()
        self._outgoing = Hint()
        self._delivering: asyncio.Task[None] | None = None
        self._sending: asyncio.Task[None] | None = None
        self._tasks = [self.loop.create_task(self._listen()), self.loop.create_task(self.sweep.run())]
        hints.connect_hub(self._give)

    # --- Hints: in from this process and from the others, out to the others ---------------------------

    def _give(self, hint: Hint) -> None:
        """From any thread of this process; when the server has stopped there is nobody left to tell."""
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.tell, hint)

    def tell(self, hint: Hint) -> None:
        """Act on a hint of our own, and pass it on."""
        self.take(hint)
        self._outgoing.merge(hint)
        if self._sending is None or self._sending.done():
            self._sending = self.loop.create_task(self._send())

    async def _send(self) -> None:
        while self._outgoing:
            hint, self._outgoing = self._outgoing, Hint()
            await hints.send(hint)

    async def _listen(self) -> None:
        """The one subscription of this process."""
        layer = get_channel_layer()
        while True:
            try:
                channel = await layer.new_channel()
                await layer.group_add(hints.GROUP, channel)
                while True:
                    message = await layer.receive(channel)
                    if message["sender"] != hints.SENDER:
                        self.take(Hint.from_message(message))
            except Exception as error:  # noqa: BLE001 - any client's error: the sweep bridges it
                log.warning("layer lost: %s: %s", type(error).__name__, error)
                await asyncio.sleep(1)

    def take(self, hint: Hint) -> None:
        for stream, seq in hint.heads.items():
            audience = self.audiences.get(stream)
            if audience is not None and seq > audience.position:
                self._behind.add(stream)
            self.watch.moved(stream)
        for user, room in hint.reads:
            self.watch.read(user, room)
        for stream, user, name, english in hint.typing:
            self._show_typing(stream, user, name, english)
        if hint.presence:
            self.watch.presence(hint.presence)
        if hint.statuses:
            self.watch.statuses(hint.statuses)
        self._catch_up()

    # --- From the log to the sockets ------------------------------------------------------------------

    def _catch_up(self) -> None:
        if self._behind and (self._delivering is None or self._delivering.done()):
            self._delivering = self.loop.create_task(self._deliver())

    async def _deliver(self) -> None:
        """One batch at a time, so that every stream stays in order."""
        while self._behind:
            streams, self._behind = self._behind, set()
            try:
                await self._serve(streams)
            except OperationalError:
                log.exception("the database does not answer; the next sweep tries again")
                return
            except Exception:
                log.exception("a batch of %d streams failed; each of them is tried alone", len(streams))
                await self._serve_singly(streams)

    async def _serve_singly(self, streams: Iterable[str]) -> None:
        """What cannot be drawn holds up its own stream until the next sweep, and no other."""
        for stream in streams:
            try:
                await self._serve({stream})
            except Exception:
                log.exception("%s is not served; the next sweep tries again", stream)

    async def _serve(self, streams: Iterable[str]) -> None:
        wanted = {name: self.audiences[name] for name in streams if name in self.audiences}
        positions = {name: audience.position for name, audience in wanted.items()}
        events, drawn = await self._read(positions, wanted.values())
        if len(events) == BATCH:
            self._behind |= positions.keys()
        still = {name: each for name, each in wanted.items() if self.audiences.get(name) is each}
        self._behind |= (wanted.keys() - still.keys()) & self.audiences.keys()
        _write(events, drawn, still)
        self._react(events)

    async def _read(
        self, positions: dict[str, int], audiences: Collection[Audience]
    ) -> tuple[list[Event], dict[str, list[Frame]]]:
        """Drawn in every language that is listening when the last one has been drawn."""
        events, drawn = await self.database(_since, positions, _languages(audiences))
        while missing := _languages(audiences) - drawn.keys():
            drawn |= await self.database(frames, events, missing)
        return events, drawn

    def _react(self, events: Iterable[Event]) -> None:
        """What happens to a person or to the company's grants may end what their sockets are allowed."""
        for event in events:
            if event.stream == COMPANY:
                self.sweep.check(self.sockets)
            elif event.stream.startswith("user.") and not event.kind.startswith("chat."):
                user_id = int(event.stream.removeprefix("user."))
                self.sweep.check(socket for socket in self.sockets if socket.user.pk == user_id)

    # --- Streams of one socket ------------------------------------------------------------------------

    async def open(self, socket: Socket, stream: str, *, since: int, head: int) -> None:
        """Join the audience once the socket has all that it had: nothing is missed, nothing comes twice."""
        audience = self.audiences.setdefault(stream, Audience(position=head))
        audience.leave(socket)
        audience.joining.add(socket)
        self._behind.add(stream)  # what was committed while nobody here listened
        self._catch_up()
        sent = since
        # A page can have been drawn after what this process has not heard of yet.
        if audience.position - since > MOST_BEHIND or since > max(audience.position, head):
            sent = self._reset(socket, stream, audience)
        while sent < audience.position and socket in audience.joining:
            missing = await self.database(_between, stream, sent, audience.position, socket.language)
            if not missing or missing[-1].seq != sent + len(missing):  # some were pruned from the log
                sent = self._reset(socket, stream, audience)
                break
            socket.send_frames(missing)
            sent = missing[-1].seq
        if socket in audience.joining:
            audience.settle(socket)
            socket.send_body({"kind": "opened", "stream": stream, "seq": sent})

    def _reset(self, socket: Socket, stream: str, audience: Audience) -> int:
        socket.send_body({"kind": "reset", "stream": stream, "seq": audience.position})
        return audience.position

    def close(self, socket: Socket, stream: str) -> None:
        socket.streams.discard(stream)
        if audience := self.audiences.get(stream):
            audience.leave(socket)
            if audience.is_empty and stream != COMPANY:
                del self.audiences[stream]

    def _show_typing(self, stream: str, user: int, name: str, english: str) -> None:
        if audience := self.audiences.get(stream):
            for language in audience.languages():
                shown = (english or name) if language == "en" else name
                text = encode({"kind": "typing", "stream": stream, "user": user, "name": shown})
                for socket in list(audience.ready[language]):
                    if socket.user.pk != user:
                        socket.write_safely([text], frame(text))

    # --- Sockets --------------------------------------------------------------------------------------

    async def add(self, socket: Socket) -> None:
        """Every socket has its person's own stream open, from where it is now."""
        self.sockets.add(socket)
        own = socket.user.stream
        heads = await self.database(event_log.heads, [COMPANY, own])
        self.audiences.setdefault(COMPANY, Audience(position=heads.get(COMPANY, 0)))
        socket.streams.add(own)
        await self.open(socket, own, since=heads.get(own, 0), head=heads.get(own, 0))
        self.watch.arrived(socket)
        self.sweep.check([socket])  # what ended before its stream was open, nobody would tell it
        await self.presence.arrived(socket)

    def remove(self, socket: Socket) -> None:
        self.sockets.discard(socket)
        for stream in list(socket.streams):
            self.close(socket, stream)
        self.watch.left(socket)
        self.presence.left(socket)


def _languages(audiences: Iterable[Audience]) -> set[str]:
    return set[str]().union(*(each.languages() for each in audiences))


def _since(positions: dict[str, int], languages: set[str]) -> tuple[list[Event], dict[str, list[Frame]]]:
    events = event_log.since(positions, limit=BATCH)
    return events, frames(events, languages)


def _write(
    events: Iterable[Event], drawn: Mapping[str, list[Frame]], audiences: Mapping[str, Audience]
) -> None:
    for language, batch in drawn.items():
        for stream, group in itertools.groupby(batch, key=lambda frame: frame.stream):
            if audience := audiences.get(stream):
                audience.write(language, list(group))
    for event in events:
        if audience := audiences.get(event.stream):
            audience.position = event.seq


def _between(stream: str, after: int, upto: int, language: str) -> list[Frame]:
    events = event_log.since({stream: after}, limit=MOST_BEHIND)
    return frames([event for event in events if event.seq <= upto], [language])[language]


_hub: Hub | None = None


def hub() -> Hub:
    """The hub of this process; the first call makes it, on the server's loop."""
    global _hub  # noqa: PLW0603 - one per process
    if _hub is None or _hub.loop is not asyncio.get_running_loop():
        _hub = Hub()
    return _hub
