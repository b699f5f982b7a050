"""Where what is happening now came from: the request that asked for it, and the address behind that."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """Empty where nobody asked from outside: a job, a command."""

    request_id: str = ""
    address: str | None = None


NOWHERE = Origin()
_current: ContextVar[Origin] = ContextVar("origin", default=NOWHERE)


def origin() -> Origin:
    return _current.get()


@contextlib.contextmanager
def coming_from(found: Origin) -> Iterator[None]:
    token = _current.set(found)
    try:
        yield
    finally:
        _current.reset(token)


class InLogLines(logging.Filter):
    """Gives every line of the log the id of the request that it belongs to."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = origin().request_id or "-"
        return True
