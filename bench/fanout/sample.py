"""Prints a message's frame as the product sends it, with MARK where the floors put theirs."""

from __future__ import annotations

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings")
django.setup()

from bench.fanout.poster import TEXT  # noqa: E402
from chat.actions import post_message  # noqa: E402
from intranet.events import log  # noqa: E402
from intranet.people.models import User  # noqa: E402
from intranet.realtime.live import frames  # noqa: E402
from intranet.rooms.models import Room  # noqa: E402


def sample(actor: int, room: int) -> str:
    place = Room.objects.get(pk=room)
    body = f"{TEXT}MARK"
    post_message(actor=User.objects.get(pk=actor), room=place, body=body, client_id="sample")
    seq = log.heads([place.stream])[place.stream]
    events = log.since({place.stream: seq - 1}, limit=1)
    return frames(events, ["zh-hans"])["zh-hans"][0].text


if __name__ == "__main__":
    print(json.dumps(sample(int(sys.argv[1]), int(sys.argv[2]))))
