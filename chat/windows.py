"""The part of a conversation that is on the page, of what the person may read of it."""

from __future__ import annotations

from dataclasses import dataclass

from chat.models import Message, MessageQuerySet
from intranet.rooms.permissions import Standing

SIZE = 50


@dataclass(frozen=True)
class Window:
    """Messages in ascending order, and whether there are more on either side."""

    messages: list[Message]
    has_older: bool
    has_newer: bool


def latest(at: Standing) -> Window:
    return before(at, 2**62)


def before(at: Standing, number: int) -> Window:
    found = list(_drawable(at).before(number)[: SIZE + 1])
    return Window(found[:SIZE][::-1], has_older=len(found) > SIZE, has_newer=number < 2**62)


def after(at: Standing, number: int) -> Window:
    found = list(_drawable(at).after(number)[: SIZE + 1])
    return Window(found[:SIZE], has_older=number > at.history_after, has_newer=len(found) > SIZE)


def around(at: Standing, number: int) -> Window:
    """Half before, half from this message on."""
    older = list(_drawable(at).before(number)[: SIZE // 2 + 1])
    newer = list(_drawable(at).after(number - 1)[: SIZE // 2 + 1])
    return Window(
        [*older[: SIZE // 2][::-1], *newer[: SIZE // 2]],
        has_older=len(older) > SIZE // 2,
        has_newer=len(newer) > SIZE // 2,
    )


def _drawable(at: Standing) -> MessageQuerySet:
    return Message.objects.readable(at).for_drawing()
