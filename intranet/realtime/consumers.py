"""The one socket. It speaks the protocol of `docs/protocol.md`; the hub does the writing."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

from channels.consumer import get_handler_name
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from django.http import parse_cookie

from intranet import clock
from intranet.events import log as event_log
from intranet.people.models import User
from intranet.realtime import access
from intranet.realtime.access import Identity
from intranet.realtime.hints import Hint
from intranet.realtime.hub import Hub, hub
from intranet.realtime.inbound import Malformed, parse
from intranet.realtime.limits import Bucket
from intranet.realtime.live import Body, Frame, encode
from intranet.realtime.sweep import SIGNED_OUT
from intranet.realtime.writers import Lagging, frame, writer_for
from intranet.rooms.actions import mark_read
from intranet.web.context import build

log = logging.getLogger(__name__)
FAILED = 1011
LAGGING = 4008
FLOODED = 4029
MOST_STREAMS = 20
MOST_DROPPED = 500
TYPING_EVERY = 2.0
A_MOMENT = 0.1  # asked on the dot, a session could still count as valid


class Socket(AsyncWebsocketConsumer):
    channel_layer_alias = ""  # the hub subscribes once for all

    hub: Hub
    identity: Identity
    user: User
    language: str
    write: Callable[[Sequence[str], bytes], None]

    def __init__(self) -> None:
        super().__init__()
        self.streams: set[str] = set()
        self.history_after: dict[str, int] = {}  # of streams whose past is not all theirs to read
        self.rooms: set[int] = set()
        self.watches = False
        self.is_closing = False
        self._bucket = Bucket(rate=20, burst=40)
        self._typed = 0.0
        self._expiry: asyncio.TimerHandle | None = None

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Without the thread hop of the parent, which cleans up connections that nothing here uses."""
        try:
            await getattr(self, get_handler_name(message))(message)
        except StopConsumer:
            raise
        except Exception:
            log.exception("a socket failed; its browser comes back and catches up")
            self.close_soon(FAILED)

    # --- Coming and going -----------------------------------------------------------------------------

    async def connect(self) -> None:
        self.hub = hub()
        cookies = parse_cookie(dict(self.scope["headers"]).get(b"cookie", b"").decode("latin-1"))
        identity = await self.hub.database(access.identify, cookies)
        await self.accept()
        if identity is None:
            await self.close(SIGNED_OUT)
            return
        self.identity, self.user, self.language = identity, identity.user, identity.user.locale
        self.write = writer_for(self.scope["server_send"]).write
        self.send_body({"kind": "hello", "user": self.user.pk, "build": build()})
        left = (identity.expires - clock.now()).total_seconds() + A_MOMENT
        self._expiry = self.hub.loop.call_later(max(0, left), self.hub.sweep.check, [self])
        await self.hub.add(self)

    async def disconnect(self, code: int) -> None:
        self.is_closing = True
        self._leave()

    def _leave(self) -> None:
        if self._expiry is not None:
            self._expiry.cancel()
        if hasattr(self, "identity"):
            self.hub.remove(self)

    def close_soon(self, code: int) -> None:
        """Nothing more is written from now on, whatever the close itself has to wait for."""
        if not self.is_closing:
            self.is_closing = True
            self.write = _write_nothing
            self._leave()
            self.hub.loop.create_task(self.close(code))

    def close_lagging(self) -> None:
        log.info("socket of user %s reads too slowly", self.user.pk)
        self.close_soon(LAGGING)

    # --- To the browser -------------------------------------------------------------------------------

    def send_body(self, body: Body) -> None:
        text = encode(body)
        self.write_safely([text], frame(text))

    def send_frames(self, frames: Sequence[Frame]) -> None:
        try:
            self.write_readable(frames)
        except Lagging:
            self.close_lagging()

    def write_readable(self, frames: Sequence[Frame]) -> None:
        texts = [each.read_after(self.history_after.get(each.stream, 0)) for each in frames]
        self.write(texts, b"".join(map(frame, texts)))

    def read_after(self, stream: str, number: int) -> None:
        """From now on it reads of this stream what was said after this number."""
        self.history_after.pop(stream, None)
        if number:
            self.history_after[stream] = number

    def write_safely(self, texts: Sequence[str], framed: bytes) -> None:
        try:
            self.write(texts, framed)
        except Lagging:
            self.close_lagging()

    # --- From the browser -----------------------------------------------------------------------------

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self.is_closing or not self._is_in_time():
            return
        try:
            do, fields = parse(text_data)
        except Malformed as error:
            self._refuse(error.reason, error.do)
            return
        await getattr(self, f"on_{do}")(**fields)

    def _is_in_time(self) -> bool:
        if self._bucket.take():
            return True
        if self._bucket.dropped > MOST_DROPPED:
            self.close_soon(FLOODED)
        elif self._bucket.should_tell():
            self._refuse("rate_limited", None)
        return False

    def _refuse(self, reason: str, do: str | None) -> None:
        self.send_body({"kind": "error", "reason": reason, "do": do})

    async def on_open(self, stream: str, since: int) -> None:
        if len(self.streams) >= MOST_STREAMS and stream not in self.streams:
            self._refuse("too_many_streams", "open")
        elif (found := await self._head_if_allowed(stream)) is None:
            log.info("stream %s refused to user %s", stream, self.user.pk)
            self.send_body({"kind": "closed", "stream": stream, "reason": "not_found"})
        elif not self.is_closing:
            head, history_after = found
            self.streams.add(stream)
            self.read_after(stream, history_after)
            await self.hub.open(self, stream, since=since, head=head)

    async def _head_if_allowed(self, stream: str) -> tuple[int, int] | None:
        """Asked again if a check of permissions began meanwhile: it could not know of this stream."""
        while True:
            rounds = self.hub.sweep.rounds
            found = await self.hub.database(_head_if_allowed, self.identity, stream)
            if rounds == self.hub.sweep.rounds:
                return found

    async def on_close(self, stream: str) -> None:
        if access.room_of(stream) is not None:
            self.hub.close(self, stream)

    async def on_watch(self) -> None:
        await self.hub.watch.start(self)

    async def on_read(self, room: int, number: int) -> None:
        if not await self.hub.database(_read, self.identity, room, number):
            self._refuse("not_found", "read")

    async def on_typing(self, stream: str) -> None:
        now = time.monotonic()
        if stream in self.streams and now - self._typed >= TYPING_EVERY:
            self._typed = now
            self.hub.tell(Hint(typing={(stream, self.user.pk, self.user.name, self.user.english_name)}))

    async def on_ping(self) -> None:
        self.send_body({"kind": "pong"})


def _write_nothing(texts: Sequence[str], framed: bytes) -> None:
    """For a socket that is closing."""


def _head_if_allowed(identity: Identity, stream: str) -> tuple[int, int] | None:
    """The stream's last number and after which message they read it, for whoever may open it now."""
    if not access.valid([identity]) or not access.may_open(identity.user.pk, stream):
        return None
    number = access.history_after(identity.user.pk, stream)
    return None if number is None else (event_log.heads([stream]).get(stream, 0), number)


def _read(identity: Identity, room: int, number: int) -> bool:
    if not access.valid([identity]) or not access.may_open(identity.user.pk, f"room.{room}"):
        return False
    mark_read(actor=identity.user, room_id=room, number=number)
    return True
