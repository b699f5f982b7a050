"""What processes tell each other: which streams moved, and what passes without a log. Never content.

A hint may be lost; the sweep of every hub makes good for it. Giving one never waits: a web process hands it
to its hub, any other to a thread of its own.
"""

from __future__ import annotations

import asyncio
import atexit
import logging
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from channels.layers import get_channel_layer
from django.conf import settings
from django.db import transaction

from intranet.events.publish import announces
from intranet.people.hooks import on_status_changed
from intranet.people.models import User
from intranet.rooms.reading import tells_read

log = logging.getLogger(__name__)
GROUP = "hubs"
SEND_WITHIN = 1.5
SENDER = uuid.uuid4().hex  # of this process: its own hints come back to it through the layer


@dataclass
class Hint:
    """Several may merge into one before they are sent."""

    heads: dict[str, int] = field(default_factory=dict)
    reads: set[tuple[int, int]] = field(default_factory=set)  # (user, room)
    typing: set[tuple[str, int, str, str]] = field(default_factory=set)  # (stream, user, name, English name)
    presence: dict[int, bool] = field(default_factory=dict)
    statuses: set[int] = field(default_factory=set)  # of these people: the others read what it is now

    def merge(self, other: Hint) -> None:
        for stream, seq in other.heads.items():
            self.heads[stream] = max(seq, self.heads.get(stream, 0))
        self.reads |= other.reads
        self.typing |= other.typing
        self.presence |= other.presence
        self.statuses |= other.statuses

    def __bool__(self) -> bool:
        return bool(self.heads or self.reads or self.typing or self.presence or self.statuses)

    def to_message(self) -> dict[str, Any]:
        presence = [list(item) for item in self.presence.items()]
        lists = {
            "reads": list(map(list, self.reads)),
            "typing": list(map(list, self.typing)),
            "presence": presence,
            "statuses": list(self.statuses),
        }
        return {"type": "hint", "sender": SENDER, "heads": self.heads, **lists}

    @classmethod
    def from_message(cls, message: dict[str, Any]) -> Hint:
        return cls(
            heads=message["heads"],
            reads={(user, room) for user, room in message["reads"]},
            typing={(stream, user, name, english) for stream, user, name, english in message["typing"]},
            presence=dict(message["presence"]),
            statuses=set(message.get("statuses", ())),
        )


_give_to_hub: Callable[[Hint], None] | None = None
_is_failing = False


def connect_hub(give: Callable[[Hint], None] | None) -> None:
    """From now on this process's hub takes the hints, from any thread."""
    global _give_to_hub  # noqa: PLW0603 - one hub per process
    _give_to_hub = give


def give(hint: Hint) -> None:
    if _give_to_hub is not None:
        _give_to_hub(hint)
    elif settings.REDIS_URL:
        _outsider.give(hint)
    # Embedded without a hub: there is nobody else to tell.


@announces
def give_heads(heads: dict[str, int]) -> None:
    give(Hint(heads=heads))


@tells_read
def give_read(user_id: int, room_id: int) -> None:
    give(Hint(reads={(user_id, room_id)}))


def give_status(user: User) -> None:
    """Once it is there for the others to read."""
    transaction.on_commit(lambda: give(Hint(statuses={user.pk})))


on_status_changed.append(give_status)


async def send(hint: Hint) -> None:
    """Through the layer, which may be slow, frozen or gone; that is said once."""
    global _is_failing  # noqa: PLW0603 - one layer per process
    layer = get_channel_layer()
    try:
        await asyncio.wait_for(layer.group_send(GROUP, hint.to_message()), SEND_WITHIN)
    except Exception as error:  # noqa: BLE001 - any client's error: the sweep makes good for it
        if not _is_failing:
            log.warning("no hint gets through, others wait for their sweeps: %r", error)
        _is_failing = True
    else:
        _is_failing = False


class Outsider:
    """Sends the hints of a process without a hub (a worker, a command) from one daemon thread."""

    def __init__(self) -> None:
        self._waiting = Hint()
        self._is_sending = False
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def give(self, hint: Hint) -> None:
        with self._changed:
            self._waiting.merge(hint)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="hints", daemon=True)
                self._thread.start()
                atexit.register(self._finish)
            self._changed.notify_all()

    def _run(self) -> None:
        """Waits in this very thread: one of a pool would keep the process from ever ending."""
        loop = asyncio.new_event_loop()
        while True:
            loop.run_until_complete(send(self._take()))

    def _take(self) -> Hint:
        with self._changed:
            self._is_sending = False
            self._changed.notify_all()
            self._changed.wait_for(lambda: bool(self._waiting))
            self._is_sending = True
            taken, self._waiting = self._waiting, Hint()
            return taken

    def _finish(self) -> None:
        """A command that ends right after its commit still tells of it."""
        with self._changed:
            self._changed.wait_for(lambda: not self._waiting and not self._is_sending, SEND_WITHIN)


_outsider = Outsider()
