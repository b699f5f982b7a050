"""Workers die by kill -9 while they run listeners; two of them work at once."""

from __future__ import annotations

import pytest

from tests import scenes
from tests.live import Databases, RedisServer, company, figure, sized, wait_for
from tests.reliability import crowd

pytestmark = [pytest.mark.processes, pytest.mark.redis, pytest.mark.soak]

MESSAGES = sized(full=1000, reduced=24)
NAMED = 3


def test_every_listener_runs_to_its_end_and_shows_once(databases: Databases, redis: RedisServer) -> None:
    dying = "--revive --with tests.reliability.sabotage:die_in_the_middle"
    with company(databases, redis.url) as live:
        workers = live.start("worker", preparation=dying), live.start("worker", preparation=dying)
        beat = live.start("beat")
        live.ready(beat, *workers)
        scene = beat.call(scenes.scene, people_count=1 + NAMED)
        beat.call(crowd.name_all, scene, MESSAGES)
        wait_for(lambda: beat.call(crowd.waiting) == 0)
        seen = beat.call(crowd.seen, scene)
        killed = sum(worker.kills() for worker in workers)
        figure("workers-killed", messages=MESSAGES, listeners_killed=killed, **vars(seen))
        assert seen == crowd.Seen(mentions=NAMED * MESSAGES, told=NAMED * MESSAGES, parked=0)
        assert killed > 0

        beat.call(crowd.name_and_take_back, scene, MESSAGES)
        wait_for(lambda: beat.call(crowd.waiting) == 0)
        assert beat.call(crowd.seen, scene).mentions == NAMED * MESSAGES
