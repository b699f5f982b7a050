from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from intranet.realtime.inbound import ACTIONS
from tests.live import Web
from tests.permission_matrix.addresses import ROOMS
from tests.permission_matrix.live_world import LiveWorld, make, say_in_private
from tests.permission_matrix.table import Answers, declared, read, write
from tests.permission_matrix.world import SAID, SEATS

pytestmark = pytest.mark.processes
EXPECTED = read(Path(__file__).with_name("sockets.txt"))
STREAMS = (*ROOMS, "oneself", "somebody")
OBJECTS = {"open": STREAMS, "close": STREAMS, "typing": ROOMS, "read": ROOMS, "watch": ("-",), "ping": ("-",)}
QUESTIONS = [(action, named) for action in ACTIONS for named in OBJECTS.get(action, ("undeclared",))]
Frame = dict[str, Any]


@pytest.fixture(scope="module")
def live_world(web: Web) -> LiveWorld:
    return web.call(make)


def test_every_action_is_declared_and_no_other() -> None:
    assert set(QUESTIONS) == set(EXPECTED)


@pytest.mark.parametrize(("action", "named"), QUESTIONS)
async def test_every_seat_gets_what_is_declared(
    action: str, named: str, web: Web, live_world: LiveWorld
) -> None:
    asked = [_ask(web.port, live_world, action, named, seat) for seat in SEATS]
    found: Answers = dict(zip(SEATS, await asyncio.gather(*asked), strict=True))
    assert found == declared(EXPECTED, action, named), f"\n{action}\n{write(named, found)}"


async def test_nobody_hears_what_is_said_in_private(web: Web, live_world: LiveWorld) -> None:
    """Whatever a socket asks for. The stranger, whose room it is, hears it: so it was said."""
    heard = await asyncio.gather(*(_listen(web, live_world, seat) for seat in SEATS if seat != "stranger"))
    assert not [frames for frames in heard if SAID in json.dumps(frames)]
    told = {room for frames in heard for frame in frames for room in frame.get("rooms", {})}
    assert str(live_world.rooms["other"]) not in told


async def _listen(web: Web, world: LiveWorld, seat: str) -> list[Frame]:
    try:
        async with (
            _connected(web.port, world, seat) as socket,
            _connected(web.port, world, "stranger") as owner,
        ):
            await _send(owner, do="open", stream=world.stream("other", "stranger"), since=0)
            await _send(socket, do="watch")
            for named in STREAMS:
                await _send(socket, do="open", stream=world.stream(named, seat), since=0)
            frames = await _until_pong(socket)
            await asyncio.to_thread(web.call, say_in_private, world)
            await _until(owner, lambda frame: f"{SAID} live" in frame.get("html", ""))
            return [*frames, *await _until_pong(socket)]
    except ConnectionClosed:
        return []


# --- One question ---------------------------------------------------------------------------------------


async def _ask(port: int, world: LiveWorld, action: str, named: str, seat: str) -> str:
    """“4001” is how the socket was closed; “nothing” is an answer too."""
    fields: Frame = {}
    if action == "read":
        fields = {"room": world.rooms[named], "number": 1}
    elif named != "-":
        fields = {"stream": world.stream(named, seat), "since": 0}
    try:
        async with _connected(port, world, seat) as socket:
            await _until(socket, lambda frame: frame["kind"] == "opened")  # one's own stream
            await _send(socket, do=action, **fields)
            return _answer(await _until_pong(socket), world)
    except ConnectionClosed as closed:
        return str(closed.rcvd.code) if closed.rcvd else "1006"


def _answer(frames: list[Frame], world: LiveWorld) -> str:
    names = {room: named for named, room in world.rooms.items()}
    said = []
    for frame in frames:
        if frame["kind"] == "rooms":
            said += sorted(names.get(int(room), "further") for room in frame["rooms"])
        elif frame["kind"] in ("closed", "error"):
            said.append(f"{frame['kind']} {frame['reason']}")
        elif frame["kind"] in ("opened", "fragment"):
            said.append(frame["kind"])
    return " ".join(dict.fromkeys(said)) or "nothing"


# --- The socket -----------------------------------------------------------------------------------------


@asynccontextmanager
async def _connected(port: int, world: LiveWorld, seat: str) -> AsyncIterator[ClientConnection]:
    key = world.sessions.get(seat, "")
    origin = f"http://127.0.0.1:{port}"
    headers = {"Cookie": f"session={key}"} if key else {}
    async with connect(f"ws://127.0.0.1:{port}/ws/", origin=origin, additional_headers=headers) as socket:  # type: ignore[arg-type]
        yield socket


async def _send(socket: ClientConnection, **frame: Any) -> None:
    await socket.send(json.dumps(frame))


async def _until_pong(socket: ClientConnection) -> list[Frame]:
    """Frames are answered in order: what comes before the pong is all there is to come."""
    await _send(socket, do="ping")
    return await _until(socket, lambda frame: frame["kind"] == "pong")


async def _until(socket: ClientConnection, is_last: Any) -> list[Frame]:
    frames: list[Frame] = []
    while not frames or not is_last(frames[-1]):
        frames.append(json.loads(await socket.recv()))
    return frames


# --- Typing, whose answer others get ----------------------------------------------------------------------


async def test_only_who_may_enter_is_seen_typing(web: Web, live_world: LiveWorld) -> None:
    """Everybody types in the open room; the last one who may is heard after all that could be heard."""
    stream = live_world.stream("own", "owner")
    async with _connected(web.port, live_world, "owner") as witness:
        await _send(witness, do="open", stream=stream, since=0)
        await _until(witness, lambda frame: frame["kind"] == "opened" and frame["stream"] == stream)
        others = [seat for seat in SEATS if seat not in ("owner", "manager")]
        await asyncio.gather(*(_type(web.port, live_world, seat, stream) for seat in others))
        await _type(web.port, live_world, "manager", stream)
        manager = live_world.people["manager"]
        frames = await _until(witness, lambda frame: frame["kind"] == "typing" and frame["user"] == manager)
    seen = {frame["user"] for frame in frames if frame["kind"] == "typing"}
    assert seen == {live_world.people[seat] for seat in ("member", "guest", "manager")}


async def _type(port: int, world: LiveWorld, seat: str, stream: str) -> None:
    try:
        async with _connected(port, world, seat) as socket:
            await _send(socket, do="open", stream=stream, since=0)
            await _send(socket, do="typing", stream=stream)
            await _until_pong(socket)
    except ConnectionClosed:
        assert seat in ("anonymous", "deactivated")
