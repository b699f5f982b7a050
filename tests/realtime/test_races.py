"""What happens in the moment in which something else is asked, made long enough to look at."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from tests import scenes
from tests.live import Databases, Web, company, wait_for
from tests.realtime import backstage
from tests.realtime.wire import Wire
from tests.reliability import endings

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def web(databases: Databases) -> Iterator[Web]:
    """Without a sweep: what it would make good for later must be right at once."""
    with company(databases) as live:
        web = live.web("--with tests.realtime.backstage:take_time_and_never_sweep")
        live.ready(web)
        yield web


async def test_who_signs_out_while_connecting_is_not_let_in(web: Web) -> None:
    scene = web.call(scenes.scene, people_count=1)
    person = scene.people[0]
    wire = Wire(web.port, person.session)
    before = web.call(backstage.times_asked, "identify")
    connecting = asyncio.create_task(wire.__aenter__())
    await asyncio.to_thread(_wait_until_asked, web, "identify", before)
    await asyncio.to_thread(web.call, endings.end, scene, person.pk, "sign-out")
    await connecting
    assert await wire.is_closed_with() == 4001


async def test_a_session_that_runs_out_closes_its_socket(web: Web) -> None:
    scene = web.call(scenes.scene, people_count=1)
    person = scene.people[0]
    web.call(backstage.end_session_in, person.session, 6.0)
    async with Wire(web.port, person.session) as wire:
        await wire.hear("opened", stream=person.stream)
        assert await wire.is_closed_with() == 4001


async def test_who_is_removed_while_opening_hears_nothing(web: Web) -> None:
    scene = web.call(scenes.scene, people_count=2)
    person = scene.people[1]
    async with Wire(web.port, person.session) as wire:
        await wire.hear("opened", stream=person.stream)
        before = web.call(backstage.times_asked, "may_open")
        await wire.say(do="open", stream=scene.stream, since=0)
        await asyncio.to_thread(_wait_until_asked, web, "may_open", before)
        await asyncio.to_thread(web.call, endings.end, scene, person.pk, "removal")
        assert (await wire.hear("closed"))["stream"] == scene.stream


async def test_a_device_that_connects_keeps_no_news_from_the_others(web: Web) -> None:
    scene = web.call(scenes.scene, people_count=2)
    speaker, reader = scene.people
    room = str(scene.room)
    async with Wire(web.port, reader.session) as desk, Wire(web.port, reader.session) as phone:
        await desk.ask("rooms", do="watch")
        await asyncio.to_thread(web.call, backstage.say_and_tell_later, scene.room, speaker.pk)
        assert (await phone.ask("rooms", do="watch"))["rooms"][room]["number"] == 1
        await asyncio.to_thread(web.call, backstage.tell)
        assert (await desk.hear("rooms"))["rooms"][room]["number"] == 1


async def test_what_fails_closes_one_socket_and_leaves_nothing_behind(web: Web) -> None:
    scene = web.call(scenes.scene, people_count=1)
    person = scene.people[0]
    async with Wire(web.port, person.session) as wire:
        await wire.open(scene.stream)
        await asyncio.to_thread(web.call, backstage.hide_memberships, True)
        await wire.say(do="read", room=scene.room, number=1)
        assert await wire.is_closed_with() == 1011
        await asyncio.to_thread(web.call, backstage.hide_memberships, False)
    await asyncio.to_thread(wait_for, lambda: web.call(backstage.sockets_of, person.pk) == 0)
    async with Wire(web.port, person.session) as wire:
        await wire.open(scene.stream)


def _wait_until_asked(web: Web, name: str, before: int) -> None:
    wait_for(lambda: web.call(backstage.times_asked, name) > before)
