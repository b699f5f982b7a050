"""A stream of any length, sealed piece by piece: what was cut off, changed or reordered does not open.

A line that names the format, then a Fernet token a line. Each token holds the number of its piece, whether
it is the last one, and up to a mebibyte.
"""

from __future__ import annotations

import struct
from typing import IO

from cryptography.fernet import InvalidToken, MultiFernet

HEAD = b"TONGXIN BACKUP 1\n"
PIECE = 1024 * 1024
_LABEL = struct.Struct("!Q?")


class Broken(Exception):
    """It was not written by a backup, not wholly, or not with one of our keys."""


class Sealing:
    """A writable file."""

    def __init__(self, target: IO[bytes], ring: MultiFernet) -> None:
        self._target = target
        self._ring = ring
        self._waiting = bytearray()
        self._number = 0
        target.write(HEAD)

    def write(self, data: bytes) -> int:
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(data)

    def close(self) -> None:
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, data: bytes, *, last: bool) -> None:
        self._target.write(self._ring.encrypt(_LABEL.pack(self._number, last) + data) + b"\n")
        self._number += 1


class Opening:
    """A readable file."""

    def __init__(self, source: IO[bytes], ring: MultiFernet) -> None:
        self._source = source
        self._ring = ring
        self._waiting = bytearray()
        self._number = 0
        self._ended = False
        if source.read(len(HEAD)) != HEAD:
            raise Broken("This is not a backup.")

    def read(self, size: int = -1) -> bytes:
        while not self._ended and (size < 0 or len(self._waiting) < size):
            self._waiting += self._next()
        taken = bytes(self._waiting if size < 0 else self._waiting[:size])
        del self._waiting[: len(taken)]
        return taken

    def _next(self) -> bytes:
        try:
            opened = self._ring.decrypt(self._source.readline().strip())
        except InvalidToken:
            raise Broken("This backup is incomplete or damaged, or was sealed with another key.") from None
        number, self._ended = _LABEL.unpack_from(opened)
        if number != self._number:
            raise Broken("The parts of this backup are not in order.")
        self._number += 1
        return opened[_LABEL.size :]
