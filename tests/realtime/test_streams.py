"""Streams as a browser sees them: docs/protocol.md over a real socket."""

from __future__ import annotations

import pytest

from tests import scenes
from tests.follower import Follower, Http, attribute
from tests.live import Web

pytestmark = pytest.mark.processes


async def test_what_is_said_arrives_as_a_fragment(web: Web) -> None:
    scene = web.call(scenes.scene, people_count=2)
    speaker, listener = scene.people
    async with Follower([web.port], listener.session, {scene.stream: 0}) as follower:
        answer = Http(web.port, speaker.session).say(scene.room, "Hello **there**", "a-1")
        assert answer.status == 201, answer.text
        await follower.until(lambda: bool(follower[scene.stream].posted()))
        frame = follower[scene.stream].applied[-1]
    assert frame["kind"] == "fragment"
    assert frame["event"] == "chat.message.posted"
    assert frame["target"] in frame["html"]
    assert "<strong>there</strong>" in frame["html"]
    assert attribute(frame["html"], "data-message") == attribute(answer.text, "data-message")
