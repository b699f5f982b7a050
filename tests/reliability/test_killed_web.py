"""A web process dies by kill -9 after a commit, before anybody heard of it."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest

from tests import scenes
from tests.follower import Follower
from tests.live import Databases, RedisServer, company, figure, sized
from tests.reliability.posting import PERFECT, Outcome, post_somewhere

pytestmark = [pytest.mark.processes, pytest.mark.redis, pytest.mark.soak]

KILLS = sized(full=50, reduced=5)
SOCKETS = 10


async def test_everything_arrives_after_the_sweep(databases: Databases, redis: RedisServer) -> None:
    with company(databases, redis.url) as live:
        victim = live.web("--revive --with tests.reliability.sabotage:die_before_the_hint")
        witness = live.web()
        live.ready(victim, witness)
        scene = witness.call(scenes.scene, people_count=SOCKETS)
        ports = [victim.port, witness.port]
        async with AsyncExitStack() as stack:
            followers = [
                Follower(ports if number % 2 else ports[::-1], person.session, {scene.stream: 0})
                for number, person in enumerate(scene.people)
            ]
            for follower in followers:
                await stack.enter_async_context(follower)
            posted: list[int] = []
            while victim.kills() < KILLS:
                await asyncio.to_thread(victim.wait_until, victim.is_ready)
                message = await asyncio.to_thread(
                    post_somewhere, ports, scene.people[0].session, scene.room, f"kill-{len(posted)}"
                )
                posted.append(message)
            for follower in followers:
                await follower.has_posts(scene.stream, len(posted))
            outcome = Outcome.of(scene.stream, followers, posted)
            closes = sum(len(follower.closes) for follower in followers)
        figure("web-killed", kills=victim.kills(), **vars(outcome), connections_lost=closes)
        assert outcome == PERFECT
