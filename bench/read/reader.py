"""Looks at things as often as it is told to, within one process: `python -m bench.read.reader FILLED`.

A line on its standard input names what to look at; it answers with the CPU milliseconds and the statements.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from intranet.people.models import User  # noqa: E402
from intranet.rooms.models import RoomMembership  # noqa: E402
from intranet.rooms.reading import readings  # noqa: E402

TIMES = 5


def looks(filled: dict[str, Any]) -> dict[str, Callable[[], object]]:
    client = Client(SERVER_NAME="localhost")
    client.cookies["session"] = filled["session"]
    person = User.objects.get(pk=filled["person"])
    room = filled["room"]

    def get(path: str) -> Callable[[], object]:
        def look() -> None:
            response = client.get(path)
            assert response.status_code == 200, response.content

        return look

    def unread() -> object:
        memberships = RoomMembership.objects.entering().filter(user=person)
        return readings(list(memberships))

    return {
        "opening the long room": get(f"/rooms/{room}/"),
        "50 older messages": get(f"/rooms/{room}/messages/?before=2000"),
        "sidebar of 500 rooms": get("/rooms/sidebar/"),
        "unread counts of 500 rooms": unread,
    }


def take(look: Callable[[], object]) -> dict[str, float]:
    times = []
    for _ in range(TIMES):
        started = time.perf_counter()
        look()
        times.append((time.perf_counter() - started) * 1000)
    with CaptureQueriesContext(connection) as captured:
        look()
    return {"ms": median(times), "statements": len(captured)}


def main(filled: dict[str, Any]) -> None:
    known = looks(filled)
    for look in known.values():
        look()
    print(json.dumps(list(known)), flush=True)
    while name := sys.stdin.readline().strip():
        print(json.dumps(take(known[name])), flush=True)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
