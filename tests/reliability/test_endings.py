"""Whoever may hear no more hears no more: at once, and without Redis after the sweep."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack

import pytest

from tests import scenes
from tests.follower import SIGNED_OUT, Follower, Http
from tests.live import Databases, RedisServer, Stage, Web, company, figure, redis_server, sized
from tests.reliability import endings
from tests.scenes import Person, Scene

pytestmark = [pytest.mark.processes, pytest.mark.redis, pytest.mark.soak]

SOCKETS = sized(full=20, reduced=5)
AT_ONCE = sized(full=1.0, reduced=2.0)  # other tests share the machine of the reduced run
SWEPT = 6.0
HOWS = (*endings.CLOSES_SOCKET, *endings.CLOSES_STREAM)


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with redis_server(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture(scope="module")
def office_and_web(databases: Databases, redis: RedisServer) -> Iterator[tuple[Stage, Web]]:
    """What ends is ended in another process than the one that has the sockets."""
    with company(databases, redis.url) as live:
        stages = live.start("nothing"), live.web()
        live.ready(*stages)
        yield stages


@pytest.mark.parametrize("redis_is", ["there", "gone"])
async def test_nothing_arrives_after_the_end(
    redis_is: str, office_and_web: tuple[Stage, Web], redis: RedisServer
) -> None:
    office, web = office_and_web
    scene = office.call(scenes.scene, people_count=1 + len(HOWS))
    speaker, *others = scene.people
    people = dict(zip(HOWS, others, strict=True))
    office.call(endings.prepare_guest, scene, people["grant"].pk)
    async with AsyncExitStack() as stack:
        followers = {how: await _tabs(stack, web, scene, person) for how, person in people.items()}
        witness = await stack.enter_async_context(Follower([web.port], speaker.session, {scene.stream: 0}))
        if redis_is == "gone":
            redis.kill()
        await asyncio.gather(
            *(asyncio.to_thread(office.call, endings.end, scene, people[how].pk, how) for how in HOWS)
        )
        await asyncio.sleep(AT_ONCE if redis_is == "there" else SWEPT)
        answer = await asyncio.to_thread(Http(web.port, speaker.session).say, scene.room, "Among us", "e-1")
        assert answer.status == 201
        await witness.has_posts(scene.stream, 1)
        await asyncio.sleep(0.5)
        heard = {how: sum(each[scene.stream].posts for each in followers[how]) for how in HOWS}
        figure(f"endings-redis-{redis_is}", sockets_each=SOCKETS, **heard)
        assert heard == dict.fromkeys(HOWS, 0)
        for how in endings.CLOSES_SOCKET:
            assert {each.closes[0] for each in followers[how]} == {SIGNED_OUT}
        for how in endings.CLOSES_STREAM:
            assert {each[scene.stream].closed for each in followers[how]} == {"not_found"}
            assert {len(each.closes) for each in followers[how]} == {0}
    if redis_is == "gone":
        redis.start()


async def _tabs(stack: AsyncExitStack, web: Web, scene: Scene, person: Person) -> list[Follower]:
    tabs = [Follower([web.port], person.session, {scene.stream: 0}) for _ in range(SOCKETS)]
    for tab in tabs:
        await stack.enter_async_context(tab)
    return tabs
