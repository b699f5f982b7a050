"""One socket, frame by frame, for tests of single frames."""

from __future__ import annotations

import asyncio
import json
from types import TracebackType
from typing import Any, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.follower import Frame, cookies
from tests.live import PATIENCE


class Wire:
    def __init__(self, port: int, session: str = "", *, origin: str | None = None) -> None:
        self._port = port
        self._headers = {"Cookie": cookies(session)}
        self._origin = f"http://127.0.0.1:{port}" if origin is None else origin
        self._connection: ClientConnection | None = None
        self.heard: list[Frame] = []

    async def __aenter__(self) -> Self:
        self._connection = await connect(
            f"ws://127.0.0.1:{self._port}/ws/",
            origin=self._origin or None,  # type: ignore[arg-type]
            additional_headers=self._headers,
            compression=None,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.connection.close()

    @property
    def connection(self) -> ClientConnection:
        assert self._connection
        return self._connection

    async def say(self, **frame: Any) -> None:
        await self.connection.send(json.dumps(frame))

    async def say_raw(self, message: str | bytes) -> None:
        await self.connection.send(message)

    async def hear(self, kind: str, **like: Any) -> Frame:
        """The next frame of this kind with these values; what came before it is kept in `heard`."""
        async with asyncio.timeout(PATIENCE):
            while True:
                frame = json.loads(await self.connection.recv())
                self.heard.append(frame)
                if frame["kind"] == kind and like.items() <= frame.items():
                    return frame

    async def ask(self, kind: str, **frame: Any) -> Frame:
        await self.say(**frame)
        return await self.hear(kind)

    async def open(self, stream: str, since: int = 0) -> int:
        """The number up to which everything has been sent."""
        await self.say(do="open", stream=stream, since=since)
        return int((await self.hear("opened", stream=stream))["seq"])

    async def is_closed_with(self) -> int | None:
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    self.heard.append(json.loads(await self.connection.recv()))
        except ConnectionClosed:
            return self.connection.close_code

    async def catch_up(self) -> None:
        """Whatever was sent to this socket until now has been heard after this."""
        await self.ask("pong", do="ping")

    def kinds(self, kind: str) -> list[Frame]:
        return [frame for frame in self.heard if frame["kind"] == kind]
