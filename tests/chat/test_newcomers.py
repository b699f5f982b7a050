"""What was said before somebody may read it reaches them through no address."""

from __future__ import annotations

import pytest
from django.test import Client

from chat.actions import edit_message, post_message
from chat.models import Mention, Message
from intranet.events import outbox
from intranet.rooms import actions
from intranet.rooms.models import History, Room
from tests.cast import Cast
from tests.commits import committed

BEFORE, SINCE = "kestrel-before", "kestrel-since"


@pytest.fixture
def room(cast: Cast) -> Room:
    """韩梅梅 came in between two messages."""
    room = actions.create_project(
        actor=cast.owner, name="薪酬", departments=[cast.marketing], history=History.JOINING
    )
    with committed():
        first = post_message(actor=cast.owner, room=room, body=BEFORE, client_id="before")
        edit_message(actor=cast.owner, message=first, body=f"{BEFORE} again", version=1)
    actions.invite(actor=cast.owner, room=room, people=[cast.member])
    with committed():
        post_message(actor=cast.owner, room=room, body=SINCE, client_id="since")
    return room


def signed_in(cast: Cast, seat: str) -> Client:
    browser = Client()
    browser.force_login(getattr(cast, seat))
    return browser


ADDRESSES = (
    "/rooms/{room}/",
    "/rooms/{room}/?at=1",
    "/rooms/{room}/messages/",
    "/rooms/{room}/messages/?after=0",
    "/rooms/{room}/messages/?around=1",
    "/rooms/{room}/messages/?before=2",
    "/rooms/{room}/messages/?before=99",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_window_shows_it(cast: Cast, room: Room, address: str) -> None:
    shown = {
        seat: signed_in(cast, seat).get(address.format(room=room.pk)).content.decode()
        for seat in ("owner", "member")
    }
    assert BEFORE in shown["owner"]
    assert BEFORE not in shown["member"]
    assert (SINCE in shown["owner"]) == (SINCE in shown["member"])


def test_there_is_nothing_older_to_ask_for(cast: Cast, room: Room) -> None:
    newest = signed_in(cast, "member").get(f"/rooms/{room.pk}/messages/")
    later = signed_in(cast, "member").get(f"/rooms/{room.pk}/messages/?after=1")
    assert newest["X-Has-Older"] == later["X-Has-Older"] == "0"


def test_its_own_address_its_versions_and_its_edit_are_not_found(cast: Cast, room: Room) -> None:
    before, since = Message.objects.filter(room=room).order_by("number")
    browser = signed_in(cast, "member")
    for page in ("", "history/", "edit/"):
        assert browser.get(f"/messages/{before.pk}/{page}").status_code == 404
    assert browser.post(f"/messages/{before.pk}/delete/").status_code == 404
    assert browser.get(f"/messages/{since.pk}/").status_code == 302
    assert signed_in(cast, "owner").get(f"/messages/{before.pk}/").status_code == 302


def test_the_page_says_from_when_on_one_reads(cast: Cast, room: Room) -> None:
    assert (
        "你能看到的是加入之后的消息" in signed_in(cast, "member").get(f"/rooms/{room.pk}/").content.decode()
    )


def test_who_cannot_read_a_message_is_not_named_in_it(cast: Cast, room: Room) -> None:
    before = Message.objects.get(room=room, number=1)
    with committed():
        edit_message(actor=cast.owner, message=before, body="@韩梅梅", version=before.version)
        post_message(actor=cast.owner, room=room, body="@韩梅梅", client_id="named")
    outbox.run_due()
    assert list(Mention.objects.filter(user=cast.member, room=room).values_list("number", flat=True)) == [3]
