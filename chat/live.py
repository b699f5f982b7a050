"""What a message's events show: its fragment, as the row says now, drawn once per language."""

from __future__ import annotations

from collections.abc import Sequence

from django.template.loader import get_template

from chat.models import Message
from intranet.events.models import Event
from intranet.realtime.live import Body, changes, draws

changes("chat.mention.added", "sidebar")
changes("chat.mention.withdrawn", "sidebar")


@draws("chat.message.posted", "chat.message.edited", "chat.message.deleted")
def draw_messages(events: Sequence[Event]) -> dict[int, Body]:
    messages = Message.objects.for_drawing().in_bulk([event.data["message"] for event in events])
    drawn = {pk: draw(message) for pk, message in messages.items()}
    return {
        event.pk: {
            "kind": "fragment",
            "html": drawn[event.data["message"]],
            "target": f"message-{event.data['message']}",
        }
        for event in events
    }


def draw(message: Message) -> str:
    return get_template("chat/_message.html").render({"message": message})
