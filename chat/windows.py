"""The part of a conversation that is on the page."""

from __future__ import annotations

from dataclasses import dataclass

from chat.models import Message, MessageQuerySet
from intranet.rooms.models import Room

SIZE = 50


@dataclass(frozen=True)
class Window:
    """Messages in ascending order, and whether there are more on either side."""

    messages: list[Message]
    has_older: bool
    has_newer: bool


def latest(room: Room) -> Window:
    return before(room, 2**62)


def before(room: Room, number: int) -> Window:
    found = list(_drawable(room).before(number)[: SIZE + 1])
    return Window(found[:SIZE][::-1], has_older=len(found) > SIZE, has_newer=number < 2**62)


def after(room: Room, number: int) -> Window:
    found = list(_drawable(room).after(number)[: SIZE + 1])
    return Window(found[:SIZE], has_older=number > 0, has_newer=len(found) > SIZE)


def around(room: Room, number: int) -> Window:
    """Half before, half from this message on."""
    older = list(_drawable(room).before(number)[: SIZE // 2 + 1])
    newer = list(_drawable(room).after(number - 1)[: SIZE // 2 + 1])
    return Window(
        [*older[: SIZE // 2][::-1], *newer[: SIZE // 2]],
        has_older=len(older) > SIZE // 2,
        has_newer=len(newer) > SIZE // 2,
    )


def _drawable(room: Room) -> MessageQuerySet:
    return Message.objects.filter(room=room).for_drawing()
