from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError

from chat import actions
from chat.models import Mention
from intranet.events import outbox
from intranet.events.models import Pending
from intranet.events.publish import publish
from intranet.rooms.actions import remove_member
from tests.cast import Cast


def test_a_posted_name_waits_for_the_worker(cast: Cast) -> None:
    outbox.run_due()
    actions.post_message(actor=cast.owner, room=cast.launch, body="@韩梅梅", client_id="1")
    assert not Mention.objects.exists()
    assert [pending.listener for pending in Pending.objects.all()] == ["chat.notices.note_mentions"]
    outbox.run_due()
    assert Mention.objects.get().user == cast.member
    assert not Pending.objects.exists()


def test_whoever_was_taken_out_meanwhile_is_not_told(cast: Cast) -> None:
    actions.post_message(actor=cast.owner, room=cast.launch, body="@韩梅梅", client_id="1")
    remove_member(actor=cast.owner, room=cast.launch, user=cast.member)
    outbox.run_due()
    assert not Mention.objects.exists()


def test_a_listener_that_fails_leaves_nothing_half_done(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    actions.post_message(actor=cast.owner, room=cast.launch, body="@韩梅梅 @guest", client_id="1")

    def tell_and_fail(kind: str, **fields: Any) -> None:
        publish(kind, **fields)
        raise DatabaseError("gone")

    monkeypatch.setattr(actions, "publish", tell_and_fail)
    outbox.run_due()
    assert not Mention.objects.exists()
    assert Pending.objects.get().attempts == 1
