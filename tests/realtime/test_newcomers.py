"""What was said before somebody may read it does not come through the socket either."""

from __future__ import annotations

import pytest

from tests import scenes
from tests.follower import Http
from tests.live import Web
from tests.realtime import backstage
from tests.realtime.wire import Wire
from tests.scenes import Person, Scene

pytestmark = pytest.mark.processes
BEFORE, SINCE = "kestrel-before", "kestrel-since"


@pytest.fixture
def scene(web: Web) -> Scene:
    scene = web.call(scenes.scene, people_count=1)
    web.call(backstage.hide_the_past_from_newcomers, scene.room)
    return scene


@pytest.fixture
def owner(web: Web, scene: Scene) -> Http:
    http = Http(web.port, scene.people[0].session)
    assert http.say(scene.room, BEFORE, "before").status == 201
    return http


@pytest.fixture
def newcomer(web: Web, scene: Scene, owner: Http) -> Person:
    person = web.call(scenes.person, department=scene.department)
    assert owner.post(f"/rooms/{scene.room}/invite/", people=person.pk).status == 302
    return person


async def test_catching_up_from_the_beginning_skips_it(
    web: Web, scene: Scene, owner: Http, newcomer: Person
) -> None:
    owner.say(scene.room, SINCE, "since")
    heard = {}
    for person in (scene.people[0], newcomer):
        async with Wire(web.port, person.session) as wire:
            await wire.open(scene.stream)
        numbered = [frame for frame in wire.heard if frame.get("stream") == scene.stream and "event" in frame]
        assert [frame["seq"] for frame in numbered] == list(range(1, len(numbered) + 1))
        heard[person.pk] = "".join(frame["html"] for frame in wire.kinds("fragment"))
    assert BEFORE in heard[scene.people[0].pk]
    assert BEFORE not in heard[newcomer.pk]
    assert SINCE in heard[newcomer.pk]


async def test_what_is_changed_of_it_later_shows_to_those_who_read_it(
    web: Web, scene: Scene, owner: Http, newcomer: Person
) -> None:
    message = web.call(backstage.first_message_of, scene.room)
    async with Wire(web.port, newcomer.session) as wire, Wire(web.port, scene.people[0].session) as reader:
        await wire.open(scene.stream)
        await reader.open(scene.stream)
        owner.post(f"/messages/{message}/edit/", body=f"{BEFORE} anew", version=1)
        assert f"{BEFORE} anew" in (await reader.hear("fragment", event="chat.message.edited"))["html"]
        assert (await wire.hear("skip", event="chat.message.edited"))["stream"] == scene.stream
        owner.say(scene.room, SINCE, "since")
        assert SINCE in (await wire.hear("fragment"))["html"]
    assert not [frame for frame in wire.heard if BEFORE in frame.get("html", "")]


async def test_when_the_room_becomes_public_all_of_it_is_theirs(
    web: Web, scene: Scene, owner: Http, newcomer: Person
) -> None:
    changed = owner.post(
        f"/rooms/{scene.room}/change/", name=f"Open {scene.room}", visibility="company", history="joining"
    )
    assert changed.status == 302
    async with Wire(web.port, newcomer.session) as wire:
        await wire.open(scene.stream)
    assert [frame for frame in wire.kinds("fragment") if BEFORE in frame["html"]]
