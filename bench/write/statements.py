"""Prints how many SQL statements a post costs: `python -m bench.write.statements ROOM SESSION`."""

from __future__ import annotations

import json
import os
import sys
import uuid

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.write.client import TEXT  # noqa: E402

TIMES = 5


def main(room: int, session: str) -> list[int]:
    client = Client(SERVER_NAME="localhost")
    client.cookies["session"] = session
    return [_post(client, room) for _ in range(TIMES)]


def _post(client: Client, room: int) -> int:
    with CaptureQueriesContext(connection) as captured:
        fields = {"body": TEXT, "client_id": str(uuid.uuid4())}
        response = client.post(f"/rooms/{room}/messages/", fields, headers={"prefer": "return=minimal"})
    assert response.status_code == 201, response.content
    return len(captured)


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), sys.argv[2])))
