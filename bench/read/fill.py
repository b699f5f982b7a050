"""Fills rooms evenly with messages, in the database itself: `python -m bench.read.fill MESSAGES AUTHOR`."""

from __future__ import annotations

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from intranet.rooms.models import Kind, Room  # noqa: E402

BODY = "晨光 S1 的包装样品今天下午到，四点在二号会议室一起看。"
# Every fiftieth message names the reader, and a tenth of each room is unread.
MESSAGES = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)
    INSERT INTO chat_message
        (room_id, number, author_id, client_id, source, html, renderer, mentioned, posted_at, version)
    SELECT %s, i, %s, %s || i, %s, %s, 1, '[]', CURRENT_TIMESTAMP, 1 FROM n
"""
MENTIONS = """
    INSERT INTO chat_mention (message_id, user_id, room_id, number)
    SELECT chat_message.id, rooms_roommembership.user_id, chat_message.room_id, chat_message.number
    FROM chat_message JOIN rooms_roommembership ON rooms_roommembership.room_id = chat_message.room_id
    WHERE chat_message.number %% 50 = 0 AND rooms_roommembership.user_id <> chat_message.author_id
"""


@transaction.atomic
def fill(messages: int, author: int) -> int:
    rooms = list(Room.objects.filter(kind=Kind.PROJECT).values_list("pk", flat=True))
    each = messages // len(rooms)
    with connection.cursor() as cursor:
        for room in rooms:
            cursor.execute(MESSAGES, [each, room, author, f"{room}-", BODY, f"<p>{BODY}</p>"])
            cursor.execute("UPDATE events_stream SET number = %s WHERE name = %s", [each, f"room.{room}"])
        cursor.execute("UPDATE rooms_roommembership SET pointer = %s", [each - each // 10])
        cursor.execute(MENTIONS, [])
    return each * len(rooms)


if __name__ == "__main__":
    filled = fill(*map(int, sys.argv[1:]))
    with connection.cursor() as analyse:
        analyse.execute("ANALYZE")
    print(json.dumps(filled))
