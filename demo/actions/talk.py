from __future__ import annotations

import datetime as dt

from chat import actions as chat
from chat.models import Message
from demo.calendar import moment
from demo.content import LINES
from demo.content.shapes import Line
from intranet.people.models import User
from intranet.rooms.models import Room


def talk(places: dict[str, Room], staff: dict[str, User], *, now: dt.datetime) -> dict[int, dt.datetime]:
    """Everybody says their lines, in the order of time. The result: message id -> when it was posted."""
    spoken = sorted(((moment(line.when, now=now), line) for line in LINES), key=lambda pair: pair[0])
    return {
        _say(line, places[line.room], staff[line.author], f"demo-{position}").pk: at
        for position, (at, line) in enumerate(spoken)
    }


def _say(line: Line, room: Room, author: User, client_id: str) -> Message:
    message = chat.post_message(actor=author, room=room, body=line.body, client_id=client_id)
    if line.edited is not None:
        message = chat.edit_message(actor=author, message=message, body=line.edited, version=message.version)
    if line.deleted:
        chat.delete_message(actor=author, message=message)
    return message
