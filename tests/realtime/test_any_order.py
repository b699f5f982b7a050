"""Whatever happens in whatever order: what a follower shows is what a fresh page shows."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import scenes
from tests.follower import Follower, Http, attribute
from tests.live import Web, sized
from tests.scenes import Scene

pytestmark = [pytest.mark.processes, pytest.mark.soak]

which = st.integers(min_value=0, max_value=20)
deeds = st.lists(
    st.one_of(
        st.tuples(st.just("post"), which),
        st.tuples(st.just("edit"), which),
        st.tuples(st.just("delete"), which),
        st.tuples(st.just("hang up"), which),
        st.tuples(st.just("close"), which),
        st.tuples(st.just("open"), which),
    ),
    min_size=1,
    max_size=15,
)


@pytest.fixture(scope="module")
def scene(web: Web) -> Scene:
    return web.call(scenes.scene, people_count=2)


@settings(
    max_examples=sized(full=300, reduced=15),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(deeds=deeds)
def test_a_follower_ends_up_with_what_is_there(web: Web, scene: Scene, deeds: list[tuple[str, int]]) -> None:
    [room] = web.call(scenes.rooms, scene, 1)
    asyncio.run(_follow(web, scene, room, deeds))


async def _follow(web: Web, scene: Scene, room: int, deeds: list[tuple[str, int]]) -> None:
    stream, [author, reader] = f"room.{room}", scene.people
    http, versions = Http(web.port, author.session), dict[str, int]()
    async with Follower([web.port], reader.session, {stream: 0}) as follower:
        for number, (deed, index) in enumerate(deeds):
            if deed == "hang up":
                await follower.hang_up()
            elif deed in ("close", "open"):
                await follower.try_to_say(do=deed, stream=stream, since=follower[stream].last)
            else:
                await asyncio.to_thread(_write, http, room, deed, index, number, versions)
        await follower.try_to_say(do="open", stream=stream, since=follower[stream].last)
        head = await asyncio.to_thread(http.drawn_at, room)
        await follower.until(lambda: follower[stream].last == head)
        assert follower[stream].view == await asyncio.to_thread(http.messages, room)
        assert follower[stream].resets == 0
    http.close()


def _write(http: Http, room: int, deed: str, index: int, number: int, versions: dict[str, int]) -> None:
    """Edits and deletions of a message that is there, or none."""
    if deed == "post":
        versions[attribute(http.say(room, f"Said {number}", f"r{room}-{number}").text, "data-message")] = 1
    elif versions:
        message = sorted(versions)[index % len(versions)]
        answer = http.post(f"/messages/{message}/{deed}/", body=f"Edited {number}", version=versions[message])
        if answer.status == 200:
            versions[message] += 1
