"""The readers: one process holds all sockets and counts what arrives, without understanding it.

It is told what to do by lines on its standard input and answers with lines of JSON. For every message that
has reached everybody it writes one byte to the pipe CREDITS, so that the poster keeps so many in flight.
"""

from __future__ import annotations

import base64
import json
import os
import select
import socket
import sys
import time
from array import array
from typing import Any

# A message holds this mark, followed by the nanosecond of its sending in hexadecimal.
MARK = b"bench7x:"
STAMP = 16
BUFFER = 1 << 20
# How the pings of uvicorn and of daphne begin. No text holds such a pair of bytes.
PINGS = {b"\x89\x04": 4, b"\x89\x0c": 12}


class Readers:
    def __init__(self, port: int, path: str, cookies: list[str], frames: list[str], ready: str) -> None:
        self._epoll = select.epoll()
        self._sockets: dict[int, socket.socket] = {}
        self._tails: dict[int, bytes] = {}
        self._buffer = bytearray(BUFFER)
        self.count = 0
        self.reads = 0
        self.stamps: array[int] | None = None
        self.delays: array[int] = array("q")
        for cookie in cookies:
            self._connect(port, path, cookie, frames, ready.encode())

    def _connect(self, port: int, path: str, cookie: str, frames: list[str], ready: bytes) -> None:
        connection = socket.create_connection(("127.0.0.1", port))
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            f"GET {path} HTTP/1.1",
            f"Host: 127.0.0.1:{port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Origin: http://127.0.0.1:{port}",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
            f"Cookie: session={cookie}",
        ]
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        self._await(connection, b"\r\n\r\n")
        for frame in frames:
            connection.sendall(masked(frame))
        if ready:
            self._await(connection, ready)
        connection.setblocking(False)
        self._sockets[connection.fileno()] = connection
        self._epoll.register(connection, select.EPOLLIN)

    def _await(self, connection: socket.socket, wanted: bytes) -> None:
        connection.settimeout(20)
        seen = b""
        while wanted not in seen:
            received = connection.recv(65536)
            if not received:
                raise RuntimeError(f"closed instead of {wanted!r}: {seen[-300:]!r}")
            seen += received

    def turn(self, timeout: float) -> None:
        """Take in whatever has arrived; the hot loop."""
        buffer, sockets = self._buffer, self._sockets
        for descriptor, _events in self._epoll.poll(timeout):
            size = sockets[descriptor].recv_into(buffer)
            if not size:
                raise RuntimeError("the server closed a socket")
            self.reads += 1
            if descriptor in self._tails:
                self.count += self._across(descriptor, bytes(buffer[: len(MARK) - 1]))
            self.count += buffer.count(MARK, 0, size)
            if buffer[size - 1] != 0x7D:  # "}" ends a frame; anything else may have cut a mark in two
                self._tails[descriptor] = bytes(buffer[max(0, size - len(MARK) + 1) : size])
            if self.stamps is not None:
                self._note(size)
            for ping, length in PINGS.items():
                if (at := buffer.find(ping, 0, size)) >= 0:
                    sockets[descriptor].send(pong(bytes(buffer[at + 2 : at + 2 + length])))

    def _across(self, descriptor: int, head: bytes) -> int:
        return (self._tails.pop(descriptor) + head).count(MARK)

    def _note(self, size: int) -> None:
        now = time.monotonic_ns()
        at = self._buffer.find(MARK, 0, size)
        while at >= 0:
            stamp = self._buffer[at + len(MARK) : min(at + len(MARK) + STAMP, size)]
            if len(stamp) == STAMP:
                self.delays.append(now - int(stamp, 16))
            at = self._buffer.find(MARK, at + 1, size)

    def clear(self, *, timed: bool) -> None:
        self.count = self.reads = 0
        self.delays = array("q")
        self.stamps = self.delays if timed else None


def masked(text: str) -> bytes:
    """A client's frame; the mask of zeros leaves it as it is."""
    payload = text.encode()
    size = len(payload)
    head = bytes((0x81, 0x80 | size)) if size < 126 else bytes((0x81, 0xFE)) + size.to_bytes(2, "big")
    return head + bytes(4) + payload


def pong(payload: bytes) -> bytes:
    return bytes((0x8A, 0x80 | len(payload))) + bytes(4) + payload


def summary(readers: Readers) -> dict[str, Any]:
    delays = sorted(readers.delays)
    return {
        "count": readers.count,
        "reads": readers.reads,
        "p50": delays[len(delays) // 2] / 1e6 if delays else None,
        "p99": delays[len(delays) * 99 // 100] / 1e6 if delays else None,
        "cpu": time.process_time(),
    }


def main(options: dict[str, Any], credits: int) -> None:
    people = len(options["cookies"])
    readers = Readers(**options)
    orders = select.poll()
    orders.register(sys.stdin, select.POLLIN)
    print("{}", flush=True)
    whole = 0
    while True:
        readers.turn(0.005)
        if readers.count // people > whole:
            os.write(credits, bytes(readers.count // people - whole))
            whole = readers.count // people
        if orders.poll(0):
            order = sys.stdin.readline().strip()
            if not order:
                return
            if order in ("clear", "clear timed"):
                readers.clear(timed=order == "clear timed")
                whole = 0
            print(json.dumps(summary(readers)), flush=True)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]), int(sys.argv[2]))
