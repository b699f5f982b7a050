"""Sockets that are quiet, and sockets whose reader stands still."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import scenes
from tests.follower import Follower, Http
from tests.live import Databases, Web, company, figure, redis_server, sized
from tests.reliability.posting import post_steadily

pytestmark = [pytest.mark.processes, pytest.mark.redis, pytest.mark.soak]

QUIET = sized(full=60.0, reduced=12.0)  # redis-py gives up a silent connection after 5 s unless told not to
STALLED = sized(full=120, reduced=10)
RATE = sized(full=50, reduced=15)
# The kernel itself keeps some 4 MB for a socket; the reduced run gets there with longer messages.
BODY = "😀" * sized(full=250, reduced=9_000)
MOST_GROWN = 20 * 2**20


@pytest.fixture(scope="module")
def webs(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Web, Web]]:
    with redis_server(tmp_path_factory.mktemp("redis")) as redis, company(databases, redis.url) as live:
        webs = live.web(), live.web()
        live.ready(*webs)
        yield webs


async def test_a_quiet_socket_stays_open_and_complete(webs: tuple[Web, Web]) -> None:
    scene = webs[0].call(scenes.scene, people_count=2)
    speaker, listener = scene.people
    async with Follower([webs[1].port], listener.session, {scene.stream: 0}) as follower:
        await asyncio.sleep(QUIET)
        answer = await asyncio.to_thread(
            Http(webs[0].port, speaker.session).say, scene.room, "Still here?", "q"
        )
        assert answer.status == 201
        await follower.has_posts(scene.stream, 1)
        closes, log = follower.closes, webs[1].log.read_text()
    figure("socket-quiet", seconds=QUIET, closes=len(closes), layer_lost=log.count("layer lost"))
    assert closes == []
    assert "layer lost" not in log


async def test_a_stalled_reader_costs_little_and_comes_back_complete(webs: tuple[Web, Web]) -> None:
    """What posting itself takes is another process's."""
    web, other = webs
    scene = web.call(scenes.scene, people_count=4)
    reader = scene.people[0]
    async with Follower([web.port], reader.session, {scene.stream: 0}) as follower:
        warm_up = await post_steadily(scene, other.port, count=10, rate=RATE, body=BODY)
        await follower.has_posts(scene.stream, len(warm_up))
        before = _memory(web)
        follower.stall()
        posted = await post_steadily(scene, other.port, count=STALLED * RATE, rate=RATE, body=BODY)
        grown = _memory(web) - before
        follower.read_on()
        await follower.until(lambda: len(follower[scene.stream].view) == len(warm_up) + len(posted))
        fresh = await asyncio.to_thread(Http(web.port, reader.session).messages, scene.room)
        assert follower[scene.stream].view == fresh
        figure(
            "reader-stalled",
            posted=len(posted),
            seconds=STALLED,
            memory=f"{grown / 2**20:+.1f} MiB",
            closed_with=follower.closes,
            reloads=follower[scene.stream].resets,
        )
        assert follower.closes  # or it was never too slow
        assert grown <= MOST_GROWN


def _memory(web: Web) -> int:
    pages = int(Path(f"/proc/{web.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
