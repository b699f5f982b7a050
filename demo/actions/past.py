"""What happened a moment ago is made to have happened on the days that the content says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from chat.models import Message
from demo.calendar import moment
from demo.content import READ, ROOMS
from intranet.events.log import numbers
from intranet.events.models import Event
from intranet.people.models import User
from intranet.rooms.models import Room, RoomMembership

# Before the first line was said.
FOUNDED = (30, "09:00")
# How long after posting its author thought better of it.
SECOND_THOUGHTS = dt.timedelta(minutes=3)


def put_in_the_past(
    places: dict[str, Room], staff: dict[str, User], messages: dict[int, dt.datetime], *, now: dt.datetime
) -> None:
    founded = moment(FOUNDED, now=now)
    rooms = Room.objects.filter(pk__in=[room.pk for room in places.values()])
    rooms.update(created_at=founded)
    User.objects.filter(pk__in=[user.pk for user in staff.values()]).update(date_joined=founded)
    RoomMembership.objects.filter(room__in=rooms).update(joined_at=founded)
    _date_messages(messages)
    _date_events([*places.values(), *staff.values()], messages, founded)
    _date_archive(rooms)
    _read_on(places)


def _date_messages(messages: dict[int, dt.datetime]) -> None:
    rows = list(Message.objects.filter(pk__in=messages))
    for message in rows:
        message.posted_at = messages[message.pk]
        changed_at = message.posted_at + SECOND_THOUGHTS
        message.edited_at = message.edited_at and changed_at
        message.deleted_at = message.deleted_at and changed_at
        message.revisions.update(replaced_at=changed_at)
    Message.objects.bulk_update(rows, ["posted_at", "edited_at", "deleted_at"])


def _date_events(
    owners: Iterable[Room | User], messages: dict[int, dt.datetime], founded: dt.datetime
) -> None:
    events = list(Event.objects.filter(stream__in=[owner.stream for owner in owners]))
    for event in events:
        event.at = messages.get(event.data.get("message", 0), founded)
    Event.objects.bulk_update(events, ["at"], batch_size=200)


def _date_archive(rooms: Iterable[Room]) -> None:
    for room in rooms:
        if room.archived_at is not None:
            last = Message.objects.filter(room=room).latest("number")
            Room.objects.filter(pk=room.pk).update(archived_at=last.posted_at + dt.timedelta(days=1))


def _read_on(places: dict[str, Room]) -> None:
    """Everybody has read everything, but for the last messages that the content keeps for them."""
    last = numbers(room.stream for room in places.values())
    for spec in ROOMS:
        room = places[spec.key]
        for membership in room.memberships.select_related("user"):
            unread = READ.get((membership.user.username, spec.key), 0)
            pointer = max(0, last.get(room.stream, 0) - unread)
            read = Message.objects.filter(room=room, number=pointer).first()
            RoomMembership.objects.filter(pk=membership.pk).update(
                pointer=pointer, read_at=read.posted_at if read else membership.joined_at
            )
