"""What a browser may say, and what it is told when it says something else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intranet.realtime.inbound import ACTIONS, Malformed, parse
from intranet.realtime.live import encode
from tests import scenes
from tests.live import Web
from tests.realtime.wire import Wire
from tests.scenes import Person, Scene

pytestmark = pytest.mark.processes
LARGEST = 64 * 1024


@pytest.fixture(scope="module")
def scene(web: Web) -> Scene:
    return web.call(scenes.scene, people_count=2)


@pytest.fixture(scope="module")
def person(scene: Scene) -> Person:
    return scene.people[1]


@pytest.fixture
def wire(web: Web, person: Person) -> Wire:
    return Wire(web.port, person.session)


async def test_the_first_frame_says_who_and_which_build(wire: Wire, person: Person) -> None:
    async with wire:
        hello = await wire.hear("hello")
    assert wire.heard[0] == hello
    assert hello["user"] == person.pk
    assert "build" in hello


@pytest.mark.parametrize(
    "origin",
    ["https://127.0.0.1:{port}", "http://127.0.0.1:1", "http://127.0.0.1", "http://evil.example", "null", ""],
)
async def test_another_origin_does_not_get_in(web: Web, person: Person, origin: str) -> None:
    with pytest.raises(Exception, match="403"):
        await Wire(web.port, person.session, origin=origin.format(port=web.port)).__aenter__()


@pytest.mark.parametrize("session", ["", "no-such-session"])
async def test_nobody_is_told_to_sign_in(web: Web, session: str) -> None:
    async with Wire(web.port, session) as wire:
        assert await wire.is_closed_with() == 4001
        assert wire.heard == []


@pytest.mark.parametrize(
    ("message", "reason", "do"),
    [
        ("not JSON", "malformed", None),
        (b"bytes", "malformed", None),
        ("[]", "malformed", None),
        ("null", "malformed", None),
        ("{}", "malformed", None),
        ('{"do": 1}', "malformed", None),
        ("[" * 60_000, "malformed", None),
        ('{"do": "shout"}', "unknown_action", "shout"),
        ('{"do": "__class__"}', "unknown_action", "__class__"),
        ('{"do": "\\ud800"}', "malformed", None),
        ('{"do": "open"}', "malformed", "open"),
        ('{"do": "open", "stream": "room.1", "since": -1}', "malformed", "open"),
        ('{"do": "open", "stream": "room.1", "since": 1.0}', "malformed", "open"),
        ('{"do": "open", "stream": "room.1", "since": true}', "malformed", "open"),
        ('{"do": "open", "stream": "\\ud800", "since": 0}', "malformed", "open"),
        ('{"do": "read", "room": "1", "number": 1}', "malformed", "read"),
        ('{"do": "read", "room": 1, "number": 4611686018427387904}', "malformed", "read"),
        ('{"do": "read", "room": 999999999, "number": 1}', "not_found", "read"),
    ],
)
async def test_an_error_says_what_was_wrong_and_the_socket_stays(
    wire: Wire, message: str | bytes, reason: str, do: str | None
) -> None:
    async with wire:
        await wire.say_raw(message)
        error = await wire.hear("error")
        assert (error["reason"], error["do"]) == (reason, do)
        await wire.catch_up()


async def test_64_kib_is_the_most(wire: Wire) -> None:
    async with wire:
        await wire.say_raw('{"do":"ping","filling":"%s"}' % ("x" * (LARGEST - 26)))
        await wire.hear("pong")
        await wire.say_raw('{"do":"ping","filling":"%s"}' % ("x" * (LARGEST - 25)))
        assert (await wire.hear("error"))["reason"] == "too_large"
        await wire.say_raw('{"do":"ping","filling":"%s"}' % ("字" * (LARGEST // 3)))
        assert (await wire.hear("error"))["reason"] == "too_large"
        await wire.say_raw("x" * (2 * LARGEST + 1))
        assert await wire.is_closed_with() == 1009


@pytest.mark.parametrize("stream", ["room.999999999", "room.x", "room.", "room.٣", "company", "user.1", "\0"])
async def test_absent_and_not_visible_streams_are_the_same(wire: Wire, person: Person, stream: str) -> None:
    async with wire:
        closed = await wire.ask("closed", do="open", stream=stream, since=0)
        assert closed == {"kind": "closed", "stream": stream, "reason": "not_found"}


async def test_a_room_of_others_is_not_there(web: Web, wire: Wire) -> None:
    other = web.call(scenes.scene, people_count=1)
    async with wire:
        closed = await wire.ask("closed", do="open", stream=other.stream, since=0)
        assert closed["reason"] == "not_found"
        error = await wire.ask("error", do="read", room=other.room, number=1)
        assert error["reason"] == "not_found"
        await wire.say(do="typing", stream=other.stream)
        await wire.catch_up()


async def test_a_hundred_frames_a_second_are_too_many_and_told(wire: Wire) -> None:
    async with wire:
        for _ in range(100):
            await wire.say(do="ping")
        await wire.hear("error", reason="rate_limited")
        assert 40 <= len(wire.kinds("pong")) < 100
        assert len(wire.kinds("error")) == 1


async def test_a_flood_ends_the_socket(wire: Wire) -> None:
    async with wire:
        for _ in range(2000):
            await wire.say(do="ping")
        assert await wire.is_closed_with() == 4029


async def test_only_so_many_streams(web: Web, wire: Wire, scene: Scene, person: Person) -> None:
    rooms = web.call(scenes.rooms, scene, 20)
    async with wire:
        for room in rooms[:19]:
            await wire.open(f"room.{room}")
        error = await wire.ask("error", do="open", stream=f"room.{rooms[19]}", since=0)
        assert error["reason"] == "too_many_streams"
        await wire.say(do="close", stream=f"room.{rooms[0]}")
        await wire.open(f"room.{rooms[19]}")


# --- Anything at all --------------------------------------------------------------------------------

letters = st.text(st.characters(exclude_categories=()))
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | letters,
    lambda inner: st.lists(inner) | st.dictionaries(letters, inner),
    max_leaves=6,
)
likely = st.fixed_dictionaries(
    {"do": st.sampled_from(sorted(ACTIONS)) | anything},
    optional={"stream": anything, "since": anything, "room": anything, "number": anything},
)


@settings(max_examples=200, deadline=None)
@given(content=likely | anything)
def test_whatever_is_said_is_an_action_or_malformed(content: Any) -> None:
    try:
        do, fields = parse(json.dumps(content))
    except Malformed as error:
        encode({"kind": "error", "reason": error.reason, "do": error.do}).encode()
    else:
        assert fields.keys() == ACTIONS[do].keys()
        encode({"kind": "closed", **fields}).encode()
