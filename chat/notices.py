"""Who hears of a message beyond those who look at the room."""

from __future__ import annotations

from chat import actions
from chat.models import Message
from intranet.events.models import Event
from intranet.events.outbox import listens


@listens("chat.message.posted", when=lambda event: bool(event.data["mentions"]))
@listens("chat.message.edited", "chat.message.deleted")
def note_mentions(event: Event) -> None:
    """One at a time for each message, or what an older text says could be noted last."""
    held = Message.objects.select_related("author").select_for_update(no_key=True, of=("self",))
    actions.note_mentions(message=held.get(pk=event.data["message"]))
