"""Who hears of a message beyond those who look at the room."""

from __future__ import annotations

from chat import actions
from chat.models import Message
from intranet.events.models import Event
from intranet.events.outbox import listens


@listens("chat.message.posted", when=lambda event: bool(event.data["mentions"]))
@listens("chat.message.edited", "chat.message.deleted")
def note_mentions(event: Event) -> None:
    message = Message.objects.select_related("author").get(pk=event.data["message"])
    actions.note_mentions(message=message)
