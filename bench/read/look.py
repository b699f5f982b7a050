"""Prints the median time in ms and the statements of each look: `python -m bench.read.look ROOM SESSION`."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from intranet.rooms.models import RoomMembership  # noqa: E402
from intranet.rooms.reading import readings  # noqa: E402

TIMES = 9


def looks(room: int, session: str) -> dict[str, tuple[float, int]]:
    client = Client(SERVER_NAME="localhost")
    client.cookies["session"] = session
    membership = RoomMembership.objects.filter(room=room).exclude(role="owner").get()
    memberships = list(RoomMembership.objects.filter(user=membership.user_id))
    return {
        "room": _timed(lambda: client.get(f"/rooms/{room}/")),
        "sidebar": _timed(lambda: client.get("/rooms/sidebar/")),
        "unread": _timed(lambda: readings(membership.user_id, memberships)),
    }


def _timed(look: Callable[[], object]) -> tuple[float, int]:
    look()
    times = []
    for _ in range(TIMES):
        started = time.perf_counter()
        look()
        times.append((time.perf_counter() - started) * 1e3)
    with CaptureQueriesContext(connection) as captured:
        look()
    return median(times), len(captured)


if __name__ == "__main__":
    print(json.dumps(looks(int(sys.argv[1]), sys.argv[2])))
