"""Many messages at once for load work: what posting leaves behind, written in bulk."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from chat.models import Message
from chat.text import RENDERER, render
from demo.content import LINES
from demo.models import Company
from intranet import clock
from intranet.events import outbox
from intranet.events.models import Event
from intranet.events.publish import advance
from intranet.people.models import User
from intranet.rooms.models import Kind, Room, RoomMembership

BATCH = 1000
# There is to be one very long conversation; the rest is spread over the other rooms.
LONG_ROOM, LONG_SHARE = "晨光 S1 上市", 0.5
Progress = Callable[[int, int], None]
Text = tuple[str, str]


@dataclass(frozen=True)
class Share:
    room: Room
    count: int


def add_messages(*, company: Company, count: int, progress: Progress) -> None:
    """Numbers, events and read pointers are right afterwards; unread counts stay as they were."""
    texts = itertools.cycle([(line.body, render(line.body, {}).html) for line in LINES])
    now, done = clock.now(), 0
    for share in _shares(company, count):
        for size, times in _batches(share, now):
            _write(share.room, list(itertools.islice(texts, size)), times)
            done += size
            progress(done, count)


def _shares(company: Company, count: int) -> Iterator[Share]:
    rooms = Room.objects.filter(departments__in=company.departments, archived_at=None).exclude(
        kind=Kind.DIRECT
    )
    long = rooms.filter(name=LONG_ROOM).distinct().first()
    others = [room for room in rooms.distinct().order_by("pk") if room != long]
    first = round(count * LONG_SHARE) if long and others else count
    if long:
        yield Share(long, first)
    rest = count - first if long else count
    for position, room in enumerate(others):
        yield Share(room, rest // len(others) + (position < rest % len(others)))


def _batches(share: Share, now: dt.datetime) -> Iterator[tuple[int, Iterator[dt.datetime]]]:
    """Evenly over the time since the room's last message, which keeps numbers and times in one order."""
    last = Message.objects.filter(room=share.room).order_by("-number").first()
    start = last.posted_at if last else now - dt.timedelta(days=1)
    step = (now - start) / (share.count + 1)
    times = (start + step * position for position in range(1, share.count + 1))
    for begun in range(0, share.count, BATCH):
        yield min(BATCH, share.count - begun), times


@transaction.atomic
def _write(room: Room, texts: list[Text], times: Iterator[dt.datetime]) -> None:
    authors = itertools.cycle(User.objects.filter(room_memberships__room=room, is_active=True).order_by("pk"))
    seq, number = advance(room.stream, events=len(texts), rows=len(texts))
    messages = Message.objects.bulk_create(
        Message(
            room=room,
            number=position,
            author=next(authors),
            client_id=f"load-{room.pk}-{position}",
            source=source,
            html=html,
            renderer=RENDERER,
            posted_at=next(times),
        )
        for position, (source, html) in enumerate(texts, start=number - len(texts) + 1)
    )
    events = Event.objects.bulk_create(
        Event(
            stream=room.stream,
            seq=position,
            kind="chat.message.posted",
            actor_id=message.author_id,
            data={"message": message.pk, "mentions": 0},
            at=message.posted_at,
        )
        for position, message in enumerate(messages, start=seq - len(texts) + 1)
    )
    outbox.expect(events)
    RoomMembership.objects.filter(room=room).update(pointer=F("pointer") + len(texts))
