"""The writer, a process of its own: `python -m bench.fanout.poster KIND CREDITS OPTIONS`.

It is told what to do by lines on its standard input (`saturate SECONDS WINDOW`, `pace SECONDS PER_SECOND`)
and answers each with the number of messages that it posted.
"""

from __future__ import annotations

import asyncio
import json
import os
import select
import sys
import time
import uuid
from collections.abc import Callable
from http.client import HTTPConnection
from typing import Any

from bench.fanout.client import MARK

Post = Callable[[list[str]], None]
TEXT = (
    "晨光 S1 的包装样品今天下午到，四点在二号会议室一起看；**请带上各自的清单**。The samples arrive today. "
)


def product(options: dict[str, Any]) -> Post:
    """The product's own action, from a process that holds no sockets."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings")
    import django  # noqa: PLC0415 - only this kind of poster needs it

    django.setup()
    from chat.actions import post_message  # noqa: PLC0415
    from intranet.events.publish import publishing  # noqa: PLC0415
    from intranet.people.models import User  # noqa: PLC0415
    from intranet.rooms.models import Room  # noqa: PLC0415

    actor, room = User.objects.get(pk=options["actor"]), Room.objects.get(pk=options["room"])

    def post(marks: list[str]) -> None:
        with publishing():
            for mark in marks:
                post_message(actor=actor, room=room, body=TEXT + mark, client_id=str(uuid.uuid4()))

    return post


def bare(options: dict[str, Any]) -> Post:
    """A request whose lines the bare server sends on to everybody."""

    def post(marks: list[str]) -> None:
        connection = HTTPConnection("127.0.0.1", options["port"])
        lines = "\n".join(options["frame"].replace("MARK", mark) for mark in marks)
        connection.request("POST", "/", lines.encode())
        connection.getresponse().read()
        connection.close()

    return post


def textbook(options: dict[str, Any]) -> Post:
    """`group_send` through the layer."""
    from channels_redis.pubsub import RedisPubSubChannelLayer  # noqa: PLC0415

    from bench.fanout.floors import layer  # noqa: PLC0415

    channel_layer = RedisPubSubChannelLayer(**layer(options["redis"], options["server"])["CONFIG"])
    loop = asyncio.new_event_loop()

    def post(marks: list[str]) -> None:
        for mark in marks:
            content = json.loads(options["frame"].replace("MARK", mark))
            event = {"type": "message.posted", "content": content}
            loop.run_until_complete(channel_layer.group_send("room", event))

    return post


KINDS: dict[str, Callable[[dict[str, Any]], Post]] = {
    "product": product,
    "bare": bare,
    "textbook": textbook,
}


def saturate(post: Post, credits: int, seconds: float, window: int) -> int:
    """As many as the readers take, in bursts of half of what may be in flight: something always waits."""
    end, burst, posted, delivered = time.monotonic() + seconds, window // 2, 0, 0
    while time.monotonic() < end:
        post([stamp() for _ in range(burst)])
        posted += burst
        while posted - delivered > window - burst:
            delivered += _delivered(credits)
    while delivered < posted:
        delivered += _delivered(credits)
    return posted


def _delivered(credits: int) -> int:
    if not select.select([credits], [], [], 30)[0]:
        raise TimeoutError("messages were lost")
    return len(os.read(credits, 4096))


def pace(post: Post, credits: int, seconds: float, per_second: float) -> int:
    started, wanted = time.monotonic(), int(seconds * per_second)
    for number in range(wanted):
        time.sleep(max(0.0, started + number / per_second - time.monotonic()))
        post([stamp()])
    time.sleep(0.5)
    while select.select([credits], [], [], 0)[0]:
        os.read(credits, 4096)
    return wanted


def stamp() -> str:
    return f"{MARK.decode()}{time.monotonic_ns():016x}"


def main(kind: str, credits: int, options: dict[str, Any]) -> None:
    post = KINDS[kind](options)
    print("{}", flush=True)
    while order := sys.stdin.readline().split():
        ways = {"saturate": saturate, "pace": pace}
        posted = ways[order[0]](post, credits, float(order[1]), int(order[2]))
        print(json.dumps(posted), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3]))
