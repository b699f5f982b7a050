"""How processes come to their ends here: prepared before they start, as the product has no such hooks."""

from __future__ import annotations

import itertools
import os
import signal

from chat import actions
from chat.models import Message
from intranet.events import publish
from tests.live import sized

LISTENERS = sized(full=40, reduced=8)  # after so many of them a worker dies


def die_before_the_hint() -> None:
    """Whatever this process commits to a room, nobody hears of it."""

    def die(heads: dict[str, int]) -> None:
        if any(stream.startswith("room.") for stream in heads):
            os.kill(os.getpid(), signal.SIGKILL)

    publish.announces(die)
    publish._announcers.insert(0, publish._announcers.pop())


def die_in_the_middle() -> None:
    """All is written and nothing committed."""
    note, calls = actions.note_mentions, itertools.count(1)

    def note_and_die(*, message: Message) -> None:
        note(message=message)
        if next(calls) == LISTENERS:
            os.kill(os.getpid(), signal.SIGKILL)

    actions.note_mentions = note_and_die
