from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from chat import actions
from chat.models import Message
from intranet.people.actions import change_preferences
from intranet.people.models import User
from intranet.rooms.actions import open_direct
from intranet.rooms.models import Room
from tests.cast import Cast
from tests.commits import committed

JSON = {"accept": "application/json"}


def signed_in(user: User) -> Client:
    browser = Client(headers=JSON)
    browser.force_login(user)
    return browser


def page_of(user: User, address: str) -> str:
    response = signed_in(user).get(address, headers={"accept": "text/html"})
    assert response.status_code == 200
    return response.content.decode()


def send(browser: Client, room: Room, **fields: Any) -> Any:
    return browser.post(f"/rooms/{room.pk}/messages/", {"body": "Hello", "client_id": "one"} | fields)


@pytest.fixture
def message(cast: Cast) -> Message:
    with committed():
        return actions.post_message(actor=cast.owner, room=cast.launch, body="Said", client_id="first")


# --- Posting ------------------------------------------------------------------------------------------


def test_a_post_is_answered_with_its_fragment(cast: Cast) -> None:
    response = send(signed_in(cast.owner), cast.launch, body="Ready **today**")
    message = Message.objects.get()
    assert response.status_code == 201
    html = response.content.decode()
    assert f'data-message="{message.pk}"' in html
    assert 'data-client="one"' in html
    assert 'data-number="1"' in html
    assert "<strong>today</strong>" in html


def test_who_listens_to_the_socket_may_ask_for_a_brief_answer(cast: Cast) -> None:
    browser = signed_in(cast.owner)
    for status in (201, 200):
        response = browser.post(
            f"/rooms/{cast.launch.pk}/messages/",
            {"body": "Ready", "client_id": "one"},
            headers={"prefer": "return=minimal"},
        )
        assert (response.status_code, response.content) == (status, b"")
        assert response["Preference-Applied"] == "return=minimal"
    assert Message.objects.get().number == 1


def test_a_repeat_is_answered_with_the_first_result(cast: Cast) -> None:
    browser = signed_in(cast.owner)
    first, again = send(browser, cast.launch), send(browser, cast.launch, body="Hello?")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.content == first.content
    assert Message.objects.count() == 1


def test_whoever_sends_again_after_signing_in_again_sends_once(cast: Cast) -> None:
    send(signed_in(cast.owner), cast.launch)
    assert send(signed_in(cast.owner), cast.launch).status_code == 200


# --- Reading ------------------------------------------------------------------------------------------


def test_the_page_says_where_it_stands(cast: Cast, message: Message) -> None:
    actions.edit_message(actor=cast.owner, message=message, body="Said better", version=1)
    html = page_of(cast.member, f"/rooms/{cast.launch.pk}/")
    log = re.search(r"<message-log[^>]*>", html)
    assert log is not None
    seq = re.search(r'data-seq="(\d+)"', log[0])
    assert seq is not None
    assert int(seq[1]) > 2
    assert 'data-first-unread="1"' in log[0]
    assert 'data-unread="1"' in log[0]
    assert f'id="message-{message.pk}"' in html
    assert "Said better" in html


def test_what_one_has_read_is_not_new(cast: Cast, message: Message) -> None:
    html = page_of(cast.owner, f"/rooms/{cast.launch.pk}/")
    assert 'data-first-unread=""' in html


def test_a_conversation_is_called_by_the_other_peoples_names(cast: Cast) -> None:
    room = open_direct(actor=cast.owner, people=[cast.member, cast.manager])
    html = page_of(cast.owner, f"/rooms/{room.pk}/")
    title = re.search(r"<title>(.*?)</title>", html)
    assert title is not None
    assert "李雷" not in title[1]
    assert {"韩梅梅", "王芳"} <= set(re.split(r"[、, ·]+", title[1]))


def test_archived_rooms_say_why_there_is_no_field(cast: Cast) -> None:
    html = page_of(cast.owner, f"/rooms/{cast.closed.pk}/")
    assert "<message-composer" not in html
    assert 'class="banner refusal"' in html


def test_times_are_for_the_browser_to_show(cast: Cast, message: Message) -> None:
    assert re.search(r'<time datetime="\d{4}-\d\d-\d\dT', page_of(cast.owner, f"/rooms/{cast.launch.pk}/"))


def test_everybody_reads_in_their_own_language(cast: Cast, message: Message) -> None:
    actions.delete_message(actor=cast.owner, message=message)
    change_preferences(user=cast.member, locale="en")
    address = f"/rooms/{cast.launch.pk}/messages/"
    english = signed_in(cast.member).get(address)
    assert "This message was deleted." in english.content.decode()
    assert "Lei Li" in english.content.decode()
    chinese = signed_in(cast.owner).get(address).content.decode()
    assert "This message was deleted." not in chinese
    assert "李雷" in chinese


@pytest.mark.parametrize(
    ("query", "shown"), [("", [1, 2, 3]), ("before=3", [1, 2]), ("after=1", [2, 3]), ("around=2", [1, 2, 3])]
)
def test_parts_of_a_conversation(cast: Cast, query: str, shown: list[int]) -> None:
    for client_id in "abc":
        actions.post_message(actor=cast.owner, room=cast.launch, body="x", client_id=client_id)
    html = signed_in(cast.member).get(f"/rooms/{cast.launch.pk}/messages/?{query}").content.decode()
    assert [int(number) for number in re.findall(r'data-number="(\d+)"', html)] == shown


def test_a_permalink_leads_to_the_message_in_its_room(cast: Cast, message: Message) -> None:
    response = signed_in(cast.member).get(f"/messages/{message.pk}/")
    assert response.status_code == 302
    assert response["Location"] == f"/rooms/{cast.launch.pk}/?at=1#message-{message.pk}"
    assert f'id="message-{message.pk}"' in page_of(cast.member, response["Location"])


def test_fragments_say_nothing_about_who_reads(cast: Cast, message: Message) -> None:
    address = f"/rooms/{cast.launch.pk}/messages/"
    answers = {signed_in(user).get(address).content for user in (cast.owner, cast.member, cast.guest)}
    assert len(answers) == 1


# --- Changing -----------------------------------------------------------------------------------------


def test_the_form_for_editing_holds_the_source_and_its_version(cast: Cast, message: Message) -> None:
    actions.edit_message(actor=cast.owner, message=message, body="**Said** <better>", version=1)
    html = signed_in(cast.owner).get(f"/messages/{message.pk}/edit/").content.decode()
    assert 'name="version" value="2"' in html
    assert "**Said** &lt;better&gt;</textarea>" in html


def test_an_edit_is_answered_with_the_new_fragment(cast: Cast, message: Message) -> None:
    response = signed_in(cast.owner).post(f"/messages/{message.pk}/edit/", {"body": "Better", "version": 1})
    assert response.status_code == 200
    assert 'data-version="2"' in response.content.decode()
    assert "<p>Better</p>" in response.content.decode()


def test_of_two_who_edit_the_second_is_told_and_nothing_is_lost(cast: Cast, message: Message) -> None:
    desk, phone = signed_in(cast.owner), signed_in(cast.owner)
    desk.post(f"/messages/{message.pk}/edit/", {"body": "From the desk", "version": 1})
    refused = phone.post(f"/messages/{message.pk}/edit/", {"body": "From the phone", "version": 1})
    assert refused.status_code == 409
    assert refused.json()["reason"] == "edited_meanwhile"
    assert refused.json()["message"]
    message.refresh_from_db()
    assert message.source == "From the desk"
    saved = phone.post(
        f"/messages/{message.pk}/edit/", {"body": "From the phone", "version": message.version}
    )
    assert saved.status_code == 200
    history = phone.get(f"/messages/{message.pk}/history/").content.decode()
    assert history.index("From the phone") < history.index("From the desk") < history.index("Said")


def test_a_deletion_is_answered_with_the_tombstone(cast: Cast, message: Message) -> None:
    response = signed_in(cast.manager).post(f"/messages/{message.pk}/delete/")
    assert response.status_code == 200
    assert "data-deleted" in response.content.decode()
    assert "Said" not in response.content.decode()


def test_the_history_of_a_deleted_message_is_gone(cast: Cast, message: Message) -> None:
    actions.edit_message(actor=cast.owner, message=message, body="Said better", version=1)
    actions.delete_message(actor=cast.owner, message=Message.objects.get(pk=message.pk))
    html = signed_in(cast.member).get(f"/messages/{message.pk}/history/").content.decode()
    assert "Said" not in html


# --- Every answer ---------------------------------------------------------------------------------------


def test_no_page_is_kept_by_caches_and_none_lets_scripts_in(cast: Cast, message: Message) -> None:
    response = signed_in(cast.owner).get(f"/rooms/{cast.launch.pk}/")
    assert response["Cache-Control"] == "no-store"
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert "object-src 'none'" in policy
