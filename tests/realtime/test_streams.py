"""Streams as a browser sees them: docs/protocol.md over a real socket."""

from __future__ import annotations

import asyncio

import pytest

from tests import scenes
from tests.follower import Follower, Http, attribute
from tests.live import Company, Web
from tests.realtime import backstage
from tests.realtime.wire import Wire
from tests.scenes import Scene

pytestmark = pytest.mark.processes


@pytest.fixture
def scene(web: Web) -> Scene:
    return web.call(scenes.scene, people_count=2)


@pytest.fixture
def speaker(web: Web, scene: Scene) -> Http:
    return Http(web.port, scene.people[0].session)


@pytest.fixture
def wire(web: Web, scene: Scene) -> Wire:
    return Wire(web.port, scene.people[1].session)


async def test_what_is_said_arrives_as_a_fragment(web: Web, scene: Scene, speaker: Http, wire: Wire) -> None:
    async with wire:
        await wire.open(scene.stream)
        said = speaker.say(scene.room, "Hello **there**", "a-1")
        frame = await wire.hear("fragment")
    assert said.status == 201
    assert frame.keys() == {"kind", "stream", "seq", "event", "html", "target"}
    assert (frame["stream"], frame["event"]) == (scene.stream, "chat.message.posted")
    assert attribute(frame["html"], "id") == frame["target"]
    assert attribute(frame["html"], "data-message") == attribute(said.text, "data-message")
    assert "<strong>there</strong>" in frame["html"]


async def test_edits_and_deletions_replace_the_same_element(
    web: Web, scene: Scene, speaker: Http, wire: Wire
) -> None:
    async with wire:
        await wire.open(scene.stream)
        message = attribute(speaker.say(scene.room, "First", "e-1").text, "data-message")
        posted = await wire.hear("fragment")
        speaker.post(f"/messages/{message}/edit/", body="Second", version=1)
        edited = await wire.hear("fragment")
        speaker.post(f"/messages/{message}/delete/")
        deleted = await wire.hear("fragment")
    assert posted["target"] == edited["target"] == deleted["target"]
    assert [each["seq"] - posted["seq"] for each in (edited, deleted)] == [1, 2]
    assert [each["event"] for each in (edited, deleted)] == ["chat.message.edited", "chat.message.deleted"]
    assert "Second" in edited["html"]
    assert "data-deleted" in deleted["html"]
    assert "Second" not in deleted["html"]


async def test_a_stream_goes_on_from_where_the_client_is(
    web: Web, scene: Scene, speaker: Http, wire: Wire
) -> None:
    for number in range(3):
        speaker.say(scene.room, f"Before {number}", f"b-{number}")
    async with wire:
        opened = await wire.open(scene.stream)
        seqs = [frame["seq"] for frame in wire.heard if frame.get("stream") == scene.stream][:-1]
        assert seqs == list(range(1, opened + 1))
        wire.heard.clear()
        again = await wire.open(scene.stream, opened - 2)
        assert again == opened
        assert [frame["seq"] for frame in wire.kinds("fragment")] == [opened - 1, opened]
        speaker.say(scene.room, "After", "after")
        assert (await wire.hear("fragment"))["seq"] == opened + 1


async def test_a_closed_stream_is_silent(web: Web, scene: Scene, speaker: Http, wire: Wire) -> None:
    async with wire:
        await wire.open(scene.stream)
        await wire.say(do="close", stream=scene.stream)
        await wire.catch_up()
        speaker.say(scene.room, "Unheard", "c-1")
        opened = await wire.open(scene.stream)
        assert len(wire.kinds("fragment")) == 1
        assert wire.kinds("fragment")[0]["seq"] == opened


async def test_events_that_show_nothing_still_count(web: Web, scene: Scene, wire: Wire) -> None:
    async with wire:
        opened = await wire.open(scene.stream)
        web.call(backstage.say_silently, scene.stream)
        skip = await wire.hear("skip")
    assert skip == {"kind": "skip", "stream": scene.stream, "seq": opened + 1, "event": "test.silent"}


async def test_who_is_too_far_behind_reloads(web: Web, scene: Scene, wire: Wire) -> None:
    web.call(backstage.say_silently, scene.stream, times=501)
    async with wire:
        reset = await wire.ask("reset", do="open", stream=scene.stream, since=0)
        assert (await wire.hear("opened", stream=scene.stream))["seq"] == reset["seq"]
        assert not [frame for frame in wire.heard if frame.get("event") == "test.silent"]
        web.call(backstage.say_silently, scene.stream)
        assert (await wire.hear("skip"))["seq"] == reset["seq"] + 1


async def test_500_behind_is_not_too_far(web: Web, scene: Scene, wire: Wire) -> None:
    since = web.call(scenes.head, scene.stream)
    web.call(backstage.say_silently, scene.stream, times=500)
    async with wire:
        opened = await wire.open(scene.stream, since)
        assert len(wire.kinds("skip")) == 500
        assert wire.kinds("skip")[-1]["seq"] == opened


@pytest.mark.parametrize("since", [0, 2])
async def test_what_was_pruned_is_reloaded(web: Web, scene: Scene, wire: Wire, since: int) -> None:
    """Also where the gap is further on: what is kept longer stands between what is not."""
    web.call(backstage.say_silently, scene.stream, times=5)
    web.call(backstage.forget, scene.stream, [3, 4])
    async with wire:
        reset = await wire.ask("reset", do="open", stream=scene.stream, since=since)
        opened = await wire.hear("opened", stream=scene.stream)
        assert opened["seq"] == reset["seq"]
        assert wire.kinds("skip") == []


async def test_everybody_reads_their_own_language(web: Web, scene: Scene, speaker: Http, wire: Wire) -> None:
    english = web.call(scenes.join, scene, locale="en")
    async with wire, Wire(web.port, english.session) as other:
        for each in (wire, other):
            await each.open(scene.stream)
        message = attribute(speaker.say(scene.room, "你好", "l-1").text, "data-message")
        speaker.post(f"/messages/{message}/delete/")
        shown = [await each.hear("fragment", event="chat.message.deleted") for each in (wire, other)]
    assert shown[0]["seq"] == shown[1]["seq"]
    assert "Colleague" in shown[1]["html"]
    assert "同事" in shown[0]["html"]
    assert "This message was deleted" in shown[1]["html"]
    assert "This message was deleted" not in shown[0]["html"]


async def test_a_page_may_know_more_than_the_hub(
    run_company: Company, web: Web, scene: Scene, wire: Wire
) -> None:
    """It was drawn after a message that another process has not told of yet: no reason to load it again."""
    outside = run_company.start("nothing", preparation="--with tests.realtime.backstage:tell_nobody")
    run_company.ready(outside)
    async with Wire(web.port, scene.people[0].session) as other, wire:
        before = await other.open(scene.stream)
        outside.call(backstage.say_silently, scene.stream)
        since = before + 1
        opened = await wire.open(scene.stream, since)
        assert wire.kinds("reset") == []
        assert opened == since
        web.call(backstage.say_silently, scene.stream)
        await wire.hear("skip", seq=since + 1)


async def test_a_client_from_the_future_reloads(web: Web, scene: Scene, wire: Wire) -> None:
    """The database was put back to an earlier state."""
    async with wire:
        reset = await wire.ask("reset", do="open", stream=scene.stream, since=10_000)
        assert reset["seq"] < 10_000


async def test_a_new_member_may_open_at_once_and_a_former_one_no_more(
    web: Web, scene: Scene, speaker: Http
) -> None:
    outsider = web.call(scenes.person, department=scene.department)
    async with Wire(web.port, outsider.session) as wire:
        await wire.ask("closed", do="open", stream=scene.stream, since=0)
        speaker.post(f"/rooms/{scene.room}/invite/", people=outsider.pk)
        changed = await wire.hear("changed", stream=outsider.stream)
        assert changed["what"] == ["sidebar"]
        await wire.open(scene.stream)
        speaker.post(f"/rooms/{scene.room}/members/{outsider.pk}/remove/")
        closed = await wire.hear("closed")
        assert closed == {"kind": "closed", "stream": scene.stream, "reason": "not_found"}


async def test_members_and_state_are_fetched_anew(web: Web, scene: Scene, speaker: Http, wire: Wire) -> None:
    async with wire:
        await wire.open(scene.stream)
        speaker.post(f"/rooms/{scene.room}/archive/")
        archived = await wire.hear("changed", event="rooms.room.archived")
        assert archived["what"] == ["header", "access"]


async def test_one_connection_after_another_misses_nothing(web: Web, scene: Scene, speaker: Http) -> None:
    async with Follower([web.port], scene.people[1].session, {scene.stream: 0}) as follower:
        for number in range(10):
            await asyncio.to_thread(speaker.say, scene.room, f"{number}", f"n-{number}")
            if number % 3 == 0:
                await follower.hang_up()
        await follower.has_posts(scene.stream, 10)
        assert follower.connects > 1
        assert [number for number, _message in follower[scene.stream].posted()] == list(range(1, 11))
        assert follower[scene.stream].resets == 0


async def test_what_cannot_be_drawn_holds_up_its_own_stream_only(web: Web, scene: Scene, wire: Wire) -> None:
    other = web.call(scenes.scene, people_count=2)
    async with wire, Wire(web.port, other.people[1].session) as unharmed:
        seq = await wire.open(scene.stream) + 1
        await unharmed.open(other.stream)
        web.call(backstage.cannot_draw, "test.broken", True)
        web.call(backstage.say_in_one_breath, [scene.stream, other.stream], "test.broken")
        await unharmed.hear("skip", stream=other.stream)
        await wire.catch_up()
        assert not [frame for frame in wire.heard if frame.get("event") == "test.broken"]
        web.call(backstage.cannot_draw, "test.broken", False)
        await wire.hear("skip", stream=scene.stream, seq=seq, event="test.broken")
