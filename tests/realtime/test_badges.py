"""Numbers of rooms, read pointers, typing and presence: what passes without being part of a stream."""

from __future__ import annotations

import asyncio

import pytest

from tests import scenes
from tests.follower import Http, attribute
from tests.live import Web
from tests.realtime.wire import Wire
from tests.scenes import Scene

pytestmark = pytest.mark.processes


@pytest.fixture
def scene(web: Web) -> Scene:
    return web.call(scenes.scene, people_count=3)


@pytest.fixture
def speaker(web: Web, scene: Scene) -> Http:
    return Http(web.port, scene.people[0].session)


@pytest.fixture
def wire(web: Web, scene: Scene) -> Wire:
    return Wire(web.port, scene.people[1].session)


async def test_watching_tells_the_state_of_every_room(
    web: Web, scene: Scene, speaker: Http, wire: Wire
) -> None:
    speaker.say(scene.room, "One", "w-1")
    async with wire:
        rooms = (await wire.ask("rooms", do="watch"))["rooms"]
    assert rooms[str(scene.room)] == {"number": 1, "pointer": 0, "mentions": 0}
    assert len(rooms) == 2  # and the department's


async def test_numbers_move_with_what_is_said_elsewhere(
    web: Web, scene: Scene, speaker: Http, wire: Wire
) -> None:
    async with wire:
        await wire.ask("rooms", do="watch")
        for number in range(1, 4):
            speaker.say(scene.room, "More", f"m-{number}")
        state: dict[str, int] = {}
        while state.get("number") != 3:
            state = (await wire.hear("rooms"))["rooms"].get(str(scene.room), {})
        assert wire.kinds("fragment") == []


async def test_reading_moves_the_pointer_on_the_other_devices(
    web: Web, scene: Scene, speaker: Http, wire: Wire
) -> None:
    for number in range(3):
        speaker.say(scene.room, "Unread", f"r-{number}")
    async with wire, Wire(web.port, scene.people[1].session) as other:
        await other.ask("rooms", do="watch")
        await wire.say(do="read", room=scene.room, number=2)
        moved = (await other.hear("rooms"))["rooms"]
        assert moved == {str(scene.room): {"number": 3, "pointer": 2, "mentions": 0}}
        await wire.say(do="read", room=scene.room, number=1)
        await wire.say(do="read", room=scene.room, number=99)
        moved = (await other.hear("rooms"))["rooms"]
        assert moved[str(scene.room)]["pointer"] == 3


async def test_reading_without_a_socket_counts_as_well(
    web: Web, scene: Scene, speaker: Http, wire: Wire
) -> None:
    speaker.say(scene.room, "Unread", "h-1")
    async with wire:
        await wire.ask("rooms", do="watch")
        answer = Http(web.port, scene.people[1].session).post(f"/rooms/{scene.room}/read/", number=1)
        assert answer.status == 204
        moved = (await wire.hear("rooms"))["rooms"]
        assert moved[str(scene.room)]["pointer"] == 1


async def test_what_one_says_oneself_is_read(web: Web, scene: Scene, speaker: Http) -> None:
    async with Wire(web.port, scene.people[0].session) as wire:
        await wire.ask("rooms", do="watch")
        speaker.say(scene.room, "Mine", "o-1")
        state: dict[str, int] = {}
        while "pointer" not in state:
            state = (await wire.hear("rooms"))["rooms"].get(str(scene.room), {})
        assert state == {"number": 1, "pointer": 1, "mentions": 0}


async def test_whoever_is_named_hears_of_it_and_has_it_counted(
    web: Web, scene: Scene, speaker: Http, wire: Wire
) -> None:
    named = scene.people[1]
    async with wire:
        await wire.ask("rooms", do="watch")
        said = speaker.say(scene.room, f"Look, @{named.username}", "n-1")
        changed = await wire.hear("changed", stream=named.stream, event="chat.mention.added")
        assert changed["what"] == ["sidebar"]
        rooms = (await wire.ask("rooms", do="watch"))["rooms"]
        assert rooms[str(scene.room)]["mentions"] == 1
        speaker.post(f"/messages/{attribute(said.text, 'data-message')}/delete/")
        await wire.hear("changed", stream=named.stream, event="chat.mention.withdrawn")
        rooms = (await wire.ask("rooms", do="watch"))["rooms"]
        assert rooms[str(scene.room)]["mentions"] == 0


async def test_typing_shows_to_the_others_who_look(web: Web, scene: Scene, wire: Wire) -> None:
    typist, _listener, elsewhere = scene.people
    async with (
        wire,
        Wire(web.port, typist.session) as one,
        Wire(web.port, typist.session) as two,
        Wire(web.port, elsewhere.session) as three,
    ):
        for each in (wire, one, two):
            await each.open(scene.stream)
        await three.say(do="typing", stream=scene.stream)
        await one.say(do="typing", stream=scene.stream)
        await one.say(do="typing", stream=scene.stream)
        shown = await wire.hear("typing")
        assert shown == {
            "kind": "typing",
            "stream": scene.stream,
            "user": typist.pk,
            "name": f"同事{typist.username}",
        }
        for each in (wire, one, two, three):
            await each.catch_up()
        assert len(wire.kinds("typing")) == 1
        assert [each.kinds("typing") for each in (one, two, three)] == [[], [], []]


async def test_presence_comes_and_goes(web: Web, scene: Scene, wire: Wire) -> None:
    other = scene.people[2]
    stranger = web.call(scenes.person)
    async with wire, Wire(web.port, stranger.session) as outside:
        await wire.ask("rooms", do="watch")
        await outside.ask("rooms", do="watch")
        async with Wire(web.port, other.session):
            assert (await wire.hear("presence", users={str(other.pk): "on"}))["users"]
            async with Wire(web.port, other.session):
                """A second tab, which is not a second person."""
            await asyncio.sleep(0.1)
        gone = await wire.hear("presence", users={str(other.pk): "off"})
        assert gone["users"] == {str(other.pk): "off"}
        seen = [frame["users"] for frame in wire.kinds("presence") if str(other.pk) in frame["users"]]
        assert seen == [{str(other.pk): "on"}, {str(other.pk): "off"}]
        await outside.catch_up()
        assert [frame["users"] for frame in outside.kinds("presence")] == [{}]


async def test_who_watches_again_hears_who_is_here(web: Web, scene: Scene, wire: Wire) -> None:
    """A page that was away has missed who came and who went."""
    here, gone = scene.people[0], scene.people[2]
    async with Wire(web.port, here.session), wire:
        await wire.ask("rooms", do="watch")
        told = await wire.hear("presence", all=True)
        assert told["users"].get(str(here.pk)) == "on"
        assert str(gone.pk) not in told["users"]


async def test_a_status_reaches_those_who_share_a_room(web: Web, scene: Scene, wire: Wire) -> None:
    """In the language of whoever hears it: a sign alone is said in words."""
    other = scene.people[2]
    stranger = web.call(scenes.person)
    async with wire, Wire(web.port, stranger.session) as outside:
        await wire.ask("rooms", do="watch")
        await outside.ask("rooms", do="watch")
        said = Http(web.port, other.session)
        said.post("/settings/status/", sign="☀️", text="", lasting="30")
        frame = await wire.hear("status")
        status = frame["statuses"][str(other.pk)]
        assert status["status"] == "☀️ 休假中"
        assert status["until"]
        said.post("/settings/status/", clear="1")
        assert await wire.hear("status", statuses={str(other.pk): {"status": "", "until": ""}})
        await outside.catch_up()
        assert outside.kinds("status") == []
