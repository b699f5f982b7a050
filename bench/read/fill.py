"""A company with so many messages, written by the database itself: `python -m bench.read.fill MESSAGES`.

Half of them are in one room, the rest is spread over 499 others; one person is in all of them.
Prints where to look.
"""

from __future__ import annotations

import json
import os
import sys
from typing import TypedDict

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings")
django.setup()

from django.db import connection  # noqa: E402

from bench.seed import make  # noqa: E402
from intranet.events.models import Stream  # noqa: E402
from intranet.events.publish import publishing  # noqa: E402
from intranet.people.models import Department  # noqa: E402
from intranet.rooms.models import Room, RoomDepartment, RoomMembership  # noqa: E402

PEOPLE = 10
ROOMS = 500
UNREAD = 40
# Every so many messages name the reader.
NAMED_EVERY = 1000
NUMBERS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)",
    "postgresql": "WITH n(i) AS (SELECT generate_series(1, %s))",
}
TALK = """
INSERT INTO chat_message
    (room_id, number, author_id, client_id, source, html, renderer, mentioned, posted_at, version)
{numbers}
SELECT %s, i, %s + i %% %s, 'fill-' || %s || '-' || i, '说第 ' || i || ' 句', '<p>说第 ' || i || ' 句</p>',
    1, '[]', '2026-11-20 08:00:00+00:00', 1
FROM n
"""
MENTIONS = """
INSERT INTO chat_mention (message_id, user_id, room_id, number)
SELECT id, %s, room_id, number FROM chat_message WHERE room_id = %s AND number %% %s = 0
"""


class Filled(TypedDict):
    room: int
    person: int
    session: str


def fill(messages: int) -> Filled:
    with publishing():
        seed = make(PEOPLE, 1)
    reader, long, others = seed["people"][0], seed["rooms"][0], _more_rooms(seed["people"])
    _talk(long, messages // 2, reader)
    for room in others:
        _talk(room, messages // 2 // len(others), reader)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Filled(room=long, person=reader, session=seed["sessions"][0])


def _more_rooms(people: list[int]) -> list[int]:
    """In bulk, as every room of the bench has everybody in it."""
    department = Department.objects.get()
    rooms = Room.objects.bulk_create(Room(kind="project", name=f"会话 {n}") for n in range(ROOMS - 1))
    RoomDepartment.objects.bulk_create(RoomDepartment(room=room, department=department) for room in rooms)
    RoomMembership.objects.bulk_create(
        RoomMembership(room=room, user_id=person) for room in rooms for person in people
    )
    Stream.objects.bulk_create(Stream(name=room.stream) for room in rooms)
    return [room.pk for room in rooms]


def _talk(room: int, count: int, reader: int) -> None:
    """The authors take turns: their ids follow one another."""
    with connection.cursor() as cursor:
        talk = TALK.format(numbers=NUMBERS[connection.vendor])
        cursor.execute(talk, [count, room, reader, PEOPLE, str(room)])
        cursor.execute(MENTIONS, [reader, room, NAMED_EVERY])
    Stream.objects.filter(name=f"room.{room}").update(number=count)
    RoomMembership.objects.filter(room=room).update(pointer=max(0, count - UNREAD))


if __name__ == "__main__":
    print(json.dumps(fill(int(sys.argv[1]))))
