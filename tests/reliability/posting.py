"""Posting at a steady rate, as many people do together, and what came of it."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException

from tests.follower import Follower, Http, attribute
from tests.live import PATIENCE
from tests.scenes import Scene

AT_A_TIME = 8


@dataclass(frozen=True)
class Posted:
    message: int
    at: float
    took: float


async def post_steadily(
    scene: Scene, port: int, *, count: int, rate: float, body: str = "Said often.", within: float = PATIENCE
) -> list[Posted]:
    """Each post must be answered with 201, and no answer may keep anybody waiting longer."""
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(AT_A_TIME) as threads:
        waiting = []
        started = loop.time()
        for number, author in zip(range(count), itertools.cycle(scene.people), strict=False):
            await asyncio.sleep(started + number / rate - loop.time())
            waiting.append(
                loop.run_in_executor(threads, _post, port, author.session, scene.room, body, within)
            )
        return await asyncio.gather(*waiting)


def _post(port: int, session: str, room: int, body: str, within: float) -> Posted:
    http, at = Http(port, session, within=within), time.monotonic()
    try:
        answer = http.say(room, body, f"p-{time.monotonic_ns()}")
    finally:
        http.close()
    assert answer.status == 201, answer.text
    return Posted(int(attribute(answer.text, "data-message")), at, answer.seconds)


def post_somewhere(ports: Sequence[int], session: str, room: int, client_id: str) -> int:
    """As a browser does it: the same message again, until some process answers. The message's id."""
    for port in itertools.islice(itertools.cycle(ports), 20 * len(ports)):
        http = Http(port, session)
        try:
            answer = http.say(room, "Said again until somebody answers.", client_id)
        except (OSError, HTTPException):
            time.sleep(0.1)
            continue
        finally:
            http.close()
        assert answer.status in (200, 201), answer.text
        return int(attribute(answer.text, "data-message"))
    raise AssertionError("nobody answered")


@dataclass(frozen=True)
class Outcome:
    """Over all followers together."""

    lost: int
    duplicated: int
    out_of_order: int

    @classmethod
    def of(cls, stream: str, followers: Sequence[Follower], posted: Sequence[int]) -> Outcome:
        shown = [follower[stream].posted() for follower in followers]
        ids = [[message for _number, message in each] for each in shown]
        return cls(
            lost=sum(len(set(posted) - set(each)) for each in ids),
            duplicated=sum(len(each) - len(set(each)) for each in ids),
            out_of_order=sum(second < first for each in shown for first, second in itertools.pairwise(each)),
        )


PERFECT = Outcome(lost=0, duplicated=0, out_of_order=0)


def worst_delay(stream: str, followers: Sequence[Follower], posted: Sequence[Posted]) -> str:
    """From the answer to the post until the last of the sockets had it."""
    answered = {each.message: each.at + each.took for each in posted}
    delays = [
        follower[stream].arrived[frame["seq"]] - answered[int(attribute(frame["html"], "data-message"))]
        for follower in followers
        for frame in follower[stream].applied
        if frame["event"] == "chat.message.posted"
    ]
    return f"{max(delays):.1f} s"
