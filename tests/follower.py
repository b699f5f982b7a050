"""A client written from docs/protocol.md alone. It keeps to *Catching up* and remembers all it saw."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import socket
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.live import PATIENCE

CSRF = "c" * 32
SIGNED_OUT = 4001
MESSAGE = re.compile(r'<li class="message.*?</li>', re.DOTALL)

Frame = dict[str, Any]


def cookies(session: str) -> str:
    return f"session={session}; csrf={CSRF}"


@dataclass
class Response:
    status: int
    text: str
    seconds: float

    def json(self) -> Any:
        return json.loads(self.text)


class Http:
    """One person's requests, over one connection; not for several threads at once."""

    def __init__(self, port: int, session: str, *, within: float = PATIENCE) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=within)
        self._headers = {"Cookie": cookies(session), "X-CSRFToken": CSRF, "Accept": "application/json"}

    def get(self, path: str, *, accept: str = "application/json") -> Response:
        return self._request("GET", path, None, {"Accept": accept})

    def post(self, path: str, **fields: object) -> Response:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._request("POST", path, urlencode(fields), form)

    def say(self, room: int, body: str, client_id: str) -> Response:
        return self.post(f"/rooms/{room}/messages/", body=body, client_id=client_id)

    def messages(self, room: int) -> dict[str, str]:
        """The whole conversation as it is now, by the ids of its elements."""
        found: dict[str, str] = {}
        after = 0
        while page := MESSAGE.findall(self.get(f"/rooms/{room}/messages/?after={after}").text):
            found |= {attribute(each, "id"): each for each in page}
            after = int(attribute(page[-1], "data-number"))
        return found

    def drawn_at(self, room: int) -> int:
        """The number of the room's last event when its page was drawn."""
        return int(attribute(self.get(f"/rooms/{room}/", accept="text/html").text, "data-seq"))

    def close(self) -> None:
        self._connection.close()

    def _request(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Response:
        started = time.monotonic()
        try:
            self._connection.request(method, path, body, self._headers | headers)
            answer = self._connection.getresponse()
            return Response(answer.status, answer.read().decode(), time.monotonic() - started)
        except BaseException:
            self._connection.close()
            raise


def attribute(html: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', html)
    assert found, f"no {name} in {html[:300]}"
    return found[1]


@dataclass
class Stream:
    """What a client knows of one stream."""

    last: int
    applied: list[Frame] = field(default_factory=list)
    posts: int = 0
    arrived: dict[int, float] = field(default_factory=dict)
    is_open: bool = False
    repeated: int = 0
    resets: int = 0
    closed: str = ""
    view: dict[str, str] = field(default_factory=dict)

    def posted(self) -> list[tuple[int, int]]:
        """The number and the id of each posted message, in the order in which they came."""
        html = [frame["html"] for frame in self.applied if frame["event"] == "chat.message.posted"]
        return [(int(attribute(each, "data-number")), int(attribute(each, "data-message"))) for each in html]


class Follower:
    """Connects to the first of its ports that answers, and again for as long as it is used."""

    def __init__(self, ports: Sequence[int], session: str, streams: dict[str, int] | None = None) -> None:
        self.ports = list(ports)
        self.session = session
        self.streams = {name: Stream(since) for name, since in (streams or {}).items()}
        self.closes: list[int] = []
        self.connects = 0
        self.others: dict[str, list[Frame]] = defaultdict(list)
        self.rooms: dict[str, dict[str, int]] = {}
        self._socket: ClientConnection | None = None
        self._changed = asyncio.Event()
        self._reads = asyncio.Event()
        self._reads.set()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._stay_connected())
        await self.until(
            lambda: all(stream.is_open for stream in self.streams.values()) and bool(self.connects)
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    # --- What tests ask -------------------------------------------------------------------------------

    def __getitem__(self, name: str) -> Stream:
        return self.streams[name]

    async def until(self, condition: Callable[[], bool], *, within: float = PATIENCE) -> None:
        async with asyncio.timeout(within):
            while not condition():
                if self._task and self._task.done() and (error := self._task.exception()):
                    raise error
                self._changed.clear()
                await self._changed.wait()

    async def has_posts(self, stream: str, count: int) -> None:
        await self.until(lambda: self.streams[stream].posts >= count)

    async def open(self, stream: str, since: int) -> None:
        self.streams[stream] = Stream(since)
        await self.say(do="open", stream=stream, since=since)
        await self.until(lambda: self.streams[stream].is_open or bool(self.streams[stream].closed))

    async def say(self, **frame: object) -> None:
        assert self._socket
        await self._socket.send(json.dumps(frame))

    async def try_to_say(self, **frame: object) -> None:
        """If there is a connection right now."""
        with contextlib.suppress(ConnectionClosed, AssertionError):
            await self.say(**frame)

    async def hang_up(self) -> None:
        """The connection breaks; it comes back by itself."""
        if self._socket:
            self._socket.transport.abort()

    def stall(self) -> None:
        """Nothing is read from now on, not even by the kernel once its buffer is full."""
        self._reads.clear()

    def read_on(self) -> None:
        self._reads.set()

    # --- Connecting -----------------------------------------------------------------------------------

    async def _stay_connected(self) -> None:
        wait, refusals = 0.1, 0
        while refusals < 2:
            port = self.ports[0]
            try:
                async with connect(
                    f"ws://127.0.0.1:{port}/ws/",
                    origin=f"http://127.0.0.1:{port}",  # type: ignore[arg-type]
                    additional_headers={"Cookie": cookies(self.session)},
                    sock=await self._small_socket(port),
                    compression=None,
                    ping_interval=None,
                    max_queue=1,
                    open_timeout=10,
                ) as self._socket:
                    code = await self._listen(self._socket)
                    wait = 0.1
            except (OSError, InvalidHandshake, TimeoutError, EOFError):
                code = 1006
            self.closes.append(code)
            self._lose()
            refusals = refusals + 1 if code == SIGNED_OUT else 0
            self.ports.append(self.ports.pop(0))
            await asyncio.sleep(wait)
            wait = min(2 * wait, 2.0)

    async def _small_socket(self, port: int) -> socket.socket:
        small = socket.socket()
        small.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)
        small.setblocking(False)
        await asyncio.get_running_loop().sock_connect(small, ("127.0.0.1", port))
        return small

    async def _listen(self, connection: ClientConnection) -> int:
        try:
            await self._greet(connection)
            async for text in connection:
                await self._reads.wait()
                await self._take(json.loads(text))
                self._changed.set()
        except ConnectionClosed:
            pass
        return connection.close_code or 1006

    async def _greet(self, connection: ClientConnection) -> None:
        await connection.send('{"do":"watch"}')
        for name, stream in self.streams.items():
            if not stream.closed:
                await connection.send(json.dumps({"do": "open", "stream": name, "since": stream.last}))

    def _lose(self) -> None:
        for stream in self.streams.values():
            stream.is_open = False
        self._changed.set()

    # --- The rules ------------------------------------------------------------------------------------

    async def _take(self, frame: Frame) -> None:
        kind = frame["kind"]
        stream = self.streams.get(frame.get("stream", ""))
        if kind == "hello":
            self.connects += 1
        if kind == "rooms":
            for room, state in frame["rooms"].items():
                self.rooms.setdefault(room, {}).update(state)
        if stream is None or kind == "typing":
            self.others[kind].append(frame)
        elif kind == "opened":
            stream.is_open = frame["seq"] <= stream.last
            if not stream.is_open:
                await self.say(do="open", stream=frame["stream"], since=stream.last)
        elif kind == "closed":
            stream.closed = frame["reason"]
        elif kind == "reset":
            await self._reload(frame["stream"], stream)
        else:
            await self._apply(frame, stream)

    async def _apply(self, frame: Frame, stream: Stream) -> None:
        if frame["seq"] <= stream.last:
            stream.repeated += 1
        elif frame["seq"] > stream.last + 1:
            await self.say(do="open", stream=frame["stream"], since=stream.last)
        else:
            stream.last = frame["seq"]
            stream.applied.append(frame)
            stream.posts += frame["event"] == "chat.message.posted"
            stream.arrived[frame["seq"]] = time.monotonic()
            if frame["kind"] == "fragment":
                stream.view[frame["target"]] = MESSAGE.findall(frame["html"])[0]

    async def _reload(self, name: str, stream: Stream) -> None:
        stream.resets += 1
        stream.last, stream.view = await asyncio.to_thread(self._fetch, int(name.removeprefix("room.")))

    def _fetch(self, room: int) -> tuple[int, dict[str, str]]:
        http = Http(self.ports[0], self.session)
        try:
            return http.drawn_at(room), http.messages(room)
        finally:
            http.close()
