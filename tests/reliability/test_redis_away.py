"""Redis only ever says "look": without it everything still arrives, later."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from itertools import cycle

import pytest

from tests import scenes
from tests.follower import Follower
from tests.live import PATIENCE, Databases, RedisServer, Web, company, figure, redis_server, sized
from tests.reliability.posting import PERFECT, Outcome, post_steadily, worst_delay
from tests.scenes import Scene

pytestmark = [pytest.mark.processes, pytest.mark.redis, pytest.mark.soak]

RATE = 50
MESSAGES = sized(full=1000, reduced=150)
SOCKETS = sized(full=100, reduced=20)
DEADLINE = sized(full=1.5, reduced=5.0)  # other tests share the machine of the reduced run
AWAY = sized(full=10.0, reduced=3.0)
FAILURES: dict[str, tuple[Callable[[RedisServer], None], Callable[[RedisServer], None]]] = {
    "killed": (RedisServer.kill, RedisServer.start),
    "frozen": (RedisServer.freeze, RedisServer.thaw),
}


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with redis_server(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture(scope="module")
def webs(databases: Databases, redis: RedisServer) -> Iterator[tuple[Web, Web]]:
    with company(databases, redis.url) as live:
        webs = live.web(), live.web()
        live.ready(*webs)
        yield webs


@pytest.mark.parametrize("failure", FAILURES)
async def test_nothing_is_lost_while_redis_is(
    failure: str, webs: tuple[Web, Web], redis: RedisServer
) -> None:
    """All is said in one process, so that the other one has only its sweep to go by."""
    lose, find = FAILURES[failure]
    scene = webs[0].call(scenes.scene, people_count=10)
    async with AsyncExitStack() as stack:
        followers = [
            Follower([web.port], person.session, {scene.stream: 0})
            for web, person, _ in zip(cycle(webs), cycle(scene.people), range(SOCKETS), strict=False)
        ]
        for follower in followers:
            await stack.enter_async_context(follower)
        posting = asyncio.create_task(
            post_steadily(scene, webs[0].port, count=MESSAGES, rate=RATE, within=DEADLINE)
        )
        await asyncio.sleep(MESSAGES / RATE / 4)
        await asyncio.to_thread(lose, redis)
        await asyncio.sleep(AWAY)
        await asyncio.to_thread(find, redis)
        posted = await posting
        ids = [each.message for each in posted]
        for follower in followers:
            await follower.has_posts(scene.stream, MESSAGES)
        outcome = Outcome.of(scene.stream, followers, ids)
        figure(
            f"redis-{failure}",
            posted=len(posted),
            **vars(outcome),
            worst_delay=worst_delay(scene.stream, followers, posted),
            longest_post=f"{max(each.took for each in posted):.2f} s",
        )
        assert outcome == PERFECT
        assert [follower.closes for follower in followers] == [[]] * SOCKETS
        await _hints_arrive(scene, followers[0], followers[1])


async def _hints_arrive(scene: Scene, speaker: Follower, listener: Follower) -> None:
    """Typing is nowhere but in hints."""
    async with asyncio.timeout(PATIENCE):
        while not listener.others["typing"]:
            await speaker.say(do="typing", stream=scene.stream)
            await asyncio.sleep(2.1)
