"""What a message's events show: its fragment, as the row says now, drawn once per language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from typing import Any

from django.template.loader import get_template

from chat.models import Message
from intranet.events.models import Event
from intranet.realtime.live import Body, Draw, changes, draws

changes("chat.mention.added", "sidebar")
changes("chat.mention.withdrawn", "sidebar")


@draws("chat.message.posted", "chat.message.edited", "chat.message.deleted")
def draw_messages(events: Sequence[Event]) -> dict[int, Draw]:
    messages = Message.objects.for_drawing().in_bulk({event.data["message"] for event in events})
    named = {event.pk: messages.get(event.data["message"]) for event in events}
    return {pk: partial(_fragment, message) for pk, message in named.items() if message is not None}


def _fragment(message: Message) -> Body:
    target = f"message-{message.pk}"
    return {"kind": "fragment", "html": draw(message), "target": target, "number": message.number}


def draw(message: Message) -> str:
    return _template().render({"message": message})


@cache
def _template() -> Any:
    return get_template("chat/_message.html")
