"""How bytes reach one browser: three ways, the cheapest that its server and connection allow.

The portable way is the server's own ASGI `send`, which frames the text anew for every socket. The other two
write a frame that was made once for all: to the transport, or straight to the kernel while nothing is queued.
They reach around the server, so they hold only for what is known here: uvicorn's websockets-sansio protocol
and daphne, without compression, and for the socket itself without TLS. Whatever is unknown falls back.
"""

from __future__ import annotations

import asyncio
import os
import struct
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

Send = Callable[[dict[str, Any]], Awaitable[None]]
# A browser that has this much unread is closed and catches up from the log when it comes back.
MOST_QUEUED = 512 * 1024


class Lagging(Exception):
    """The reader is too slow."""


class Writer(Protocol):
    def write(self, texts: Sequence[str], framed: bytes) -> None:
        """Hand over frames, as texts and as framed bytes joined; Lagging where too much is queued."""


def frame(text: str) -> bytes:
    """One unmasked text frame (RFC 6455, section 5.2)."""
    payload = text.encode()
    size = len(payload)
    if size < 126:
        return bytes((0x81, size)) + payload
    if size < 65536:
        return struct.pack("!BBH", 0x81, 126, size) + payload
    return struct.pack("!BBQ", 0x81, 127, size) + payload


def writer_for(send: Send) -> Writer:
    """`send` must be the server's own, before any middleware wrapped it."""
    protocol = _protocol(send)
    transport = getattr(protocol, "transport", None)
    if hasattr(transport, "get_write_buffer_size"):
        return _uvicorn(protocol, transport)
    # Of its class: what wraps a connection in TLS hands on every attribute of the connection inside.
    if hasattr(type(transport), "dataBuffer") and hasattr(transport, "socket"):
        return TwistedWriter(transport)
    return PortableWriter(send)


def _protocol(send: Send) -> Any:
    """daphne passes a partial over its protocol, uvicorn a bound method of it."""
    arguments = getattr(send, "args", ())
    return arguments[0] if arguments else getattr(send, "__self__", None)


def _uvicorn(protocol: Any, transport: Any) -> Writer:
    if type(protocol).__name__ != "WebSocketsSansIOProtocol" or protocol.config.ws_per_message_deflate:
        return PortableWriter(protocol.send)
    if transport.get_extra_info("sslcontext") is not None or transport.get_extra_info("socket") is None:
        return TransportWriter(transport)
    return SocketWriter(transport)


class PortableWriter:
    """Keeps the order by one task that empties a queue."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._queue: deque[str] = deque()
        self._size = 0
        self._task: asyncio.Task[None] | None = None

    def write(self, texts: Sequence[str], framed: bytes) -> None:
        if self._size > MOST_QUEUED:
            raise Lagging
        self._queue.extend(texts)
        self._size += len(framed)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._empty())

    async def _empty(self) -> None:
        while self._queue:
            text = self._queue.popleft()
            await self._send({"type": "websocket.send", "text": text})
        self._size = 0


class TransportWriter:
    """asyncio and uvloop."""

    def __init__(self, transport: Any) -> None:
        self._transport = transport

    def write(self, texts: Sequence[str], framed: bytes) -> None:
        transport = self._transport
        if transport.get_write_buffer_size() > MOST_QUEUED:
            raise Lagging
        transport.write(framed)


class SocketWriter:
    """asyncio and uvloop, past the transport while it has nothing queued."""

    def __init__(self, transport: Any) -> None:
        self._transport = transport
        self._descriptor: int = transport.get_extra_info("socket").fileno()

    def write(self, texts: Sequence[str], framed: bytes) -> None:
        transport = self._transport
        if (queued := transport.get_write_buffer_size()) or transport.is_closing():
            if queued > MOST_QUEUED:
                raise Lagging
            transport.write(framed)
            return
        try:
            written = os.write(self._descriptor, framed)
        except BlockingIOError:
            written = 0
        except OSError:
            return  # gone: the server notices by itself
        if written != len(framed):
            transport.write(framed[written:])


class TwistedWriter:
    """daphne: past Autobahn and the reactor's write queue while they have nothing queued."""

    def __init__(self, transport: Any) -> None:
        self._transport = transport

    def write(self, texts: Sequence[str], framed: bytes) -> None:
        transport = self._transport
        if (
            transport.dataBuffer
            or transport._tempDataBuffer
            or transport.disconnecting
            or not transport.connected
        ):
            if len(transport.dataBuffer) + transport._tempDataLen > MOST_QUEUED:
                raise Lagging
            transport.write(framed)
            return
        try:
            written = transport.socket.send(framed)
        except BlockingIOError:
            written = 0
        except OSError:
            return  # gone: the reactor notices by itself
        if written != len(framed):
            transport.write(framed[written:])
