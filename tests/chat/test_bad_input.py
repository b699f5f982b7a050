"""Whatever comes: a clear answer with a reason, never a failure, and nothing half written."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from chat import actions
from chat.models import Message
from intranet.rooms.actions import archive_room
from tests.cast import Cast

HUGE = 10**30


@pytest.fixture
def browser(cast: Cast) -> Client:
    browser = Client(headers={"accept": "application/json"}, raise_request_exception=False)
    browser.force_login(cast.owner)
    return browser


@pytest.fixture
def message(cast: Cast) -> Message:
    return actions.post_message(actor=cast.owner, room=cast.launch, body="As it was", client_id="first")


def refused(response: Any, status: int, reason: str) -> None:
    assert (response.status_code, response.json()["reason"]) == (status, reason)
    assert response.json()["message"]


def bodies() -> set[str]:
    return set(Message.objects.values_list("source", flat=True))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("\u3000", "empty"),
        ("字" * 10_001, "too_long"),
        ("a\x00b", "control_characters"),
        ("a\x1bb", "control_characters"),
    ],
)
def test_what_is_no_message(cast: Cast, browser: Client, body: str, reason: str, message: Message) -> None:
    posted = browser.post(f"/rooms/{cast.launch.pk}/messages/", {"body": body, "client_id": "x"})
    refused(posted, 400, reason)
    edited = browser.post(f"/messages/{message.pk}/edit/", {"body": body, "version": 1})
    refused(edited, 400, reason)
    assert bodies() == {"As it was"}


@pytest.mark.parametrize("body", ["字" * 10_000, "🎉" * 10_000, "<script>" * 1_250])
def test_ten_thousand_characters_arrive(cast: Cast, browser: Client, body: str) -> None:
    response = browser.post(f"/rooms/{cast.launch.pk}/messages/", {"body": body, "client_id": "x"})
    assert response.status_code == 201
    assert bodies() == {body}


@pytest.mark.parametrize(
    "client_id", ["", " ", "a" * 41, "a b", "<b>", "日本", "a\x00b", "a\nb", "../../x", "a;b", "a'--"]
)
def test_client_ids_of_the_wrong_form(cast: Cast, browser: Client, client_id: str) -> None:
    response = browser.post(f"/rooms/{cast.launch.pk}/messages/", {"body": "Hello", "client_id": client_id})
    refused(response, 400, "malformed")
    assert bodies() == set()


@pytest.mark.parametrize("fields", [{}, {"body": "Hello"}, {"text": "Hello", "client": "x"}])
def test_missing_fields(cast: Cast, browser: Client, fields: dict[str, str]) -> None:
    refused(browser.post(f"/rooms/{cast.launch.pk}/messages/", fields), 400, "malformed")


@pytest.mark.parametrize("version", ["", "one", "-1", "0", "1.5", "NaN", "1 OR 1=1"])
def test_versions_of_the_wrong_form(browser: Client, message: Message, version: str) -> None:
    edited = browser.post(f"/messages/{message.pk}/edit/", {"body": "Other", "version": version})
    refused(edited, 400, "malformed")
    assert bodies() == {"As it was"}


@pytest.mark.parametrize("version", [2, HUGE])
def test_versions_that_never_were(browser: Client, message: Message, version: int) -> None:
    edited = browser.post(f"/messages/{message.pk}/edit/", {"body": "Other", "version": version})
    refused(edited, 409, "edited_meanwhile")
    assert bodies() == {"As it was"}


@pytest.mark.parametrize("number", [0, 2**31, 2**63, HUGE])
@pytest.mark.parametrize(
    "address", ["/rooms/{}/", "/rooms/{}/messages/", "/messages/{}/", "/messages/{}/edit/"]
)
def test_numbers_of_nothing(browser: Client, address: str, number: int) -> None:
    refused(browser.get(address.format(number)), 404, "not_found")


@pytest.mark.parametrize("number", ["one", "-1", "1.5", "%00", "1;2", "١"])
def test_numbers_that_are_none(browser: Client, number: str) -> None:
    assert browser.get(f"/rooms/{number}/").status_code == 404
    assert browser.get(f"/messages/{number}/").status_code == 404


@pytest.mark.parametrize("key", ["at", "before", "after", "around"])
@pytest.mark.parametrize("value", ["x", "-1", str(HUGE), "1e9", "\x00"])
def test_windows_of_the_wrong_form(cast: Cast, browser: Client, key: str, value: str) -> None:
    address = f"/rooms/{cast.launch.pk}/" if key == "at" else f"/rooms/{cast.launch.pk}/messages/"
    refused(browser.get(address, {key: value}), 400, "malformed")


@pytest.mark.parametrize("value", ["0", "", str(2**62), "999999"])
def test_windows_beyond_the_end(cast: Cast, browser: Client, message: Message, value: str) -> None:
    for key in ("before", "after", "around"):
        assert browser.get(f"/rooms/{cast.launch.pk}/messages/", {key: value}).status_code == 200
    assert browser.get(f"/rooms/{cast.launch.pk}/", {"at": value}).status_code == 200


def test_an_unknown_room_takes_nothing(browser: Client) -> None:
    refused(browser.post("/rooms/99999/messages/", {"body": "Hello", "client_id": "x"}), 404, "not_found")
    assert bodies() == set()


def test_a_room_that_was_archived_meanwhile(cast: Cast, browser: Client, message: Message) -> None:
    archive_room(actor=cast.owner, room=cast.launch)
    posted = browser.post(f"/rooms/{cast.launch.pk}/messages/", {"body": "Late", "client_id": "x"})
    refused(posted, 403, "archived")
    refused(browser.post(f"/messages/{message.pk}/edit/", {"body": "Late", "version": 1}), 403, "archived")
    refused(browser.post(f"/messages/{message.pk}/delete/"), 403, "archived")
    assert bodies() == {"As it was"}


def test_bytes_that_are_no_utf8(cast: Cast, browser: Client) -> None:
    """Shown with a mark of replacement, as everywhere; never a failure."""
    form = b"body=a%FF%FEb%ED%A0%80&client_id=x"
    kind = "application/x-www-form-urlencoded"
    response = browser.generic("POST", f"/rooms/{cast.launch.pk}/messages/", form, content_type=kind)
    assert response.status_code == 201
    assert all("a\ufffd" in body for body in bodies())


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"body": "x", "client_id": "x"}', "application/json"),
        (b"\x00\x01\x02", "multipart/form-data; boundary=x"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b"body=x", "multipart/form-data"),
        (b"", "text/plain"),
    ],
)
def test_bodies_of_another_kind(cast: Cast, browser: Client, body: bytes, kind: str) -> None:
    response = browser.generic("POST", f"/rooms/{cast.launch.pk}/messages/", body, content_type=kind)
    refused(response, 400, "malformed")


def test_more_than_a_request_may_hold(cast: Cast, browser: Client) -> None:
    response = browser.post(f"/rooms/{cast.launch.pk}/messages/", {"body": "x" * 1_100_000, "client_id": "x"})
    refused(response, 400, "malformed")
    many = {f"field{number}": "x" for number in range(1_100)}
    refused(browser.post(f"/rooms/{cast.launch.pk}/messages/", many), 400, "malformed")


def test_without_the_csrf_token(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True, headers={"accept": "application/json"})
    browser.force_login(cast.owner)
    refused(browser.post(f"/rooms/{cast.launch.pk}/messages/", {"body": "x", "client_id": "x"}), 403, "csrf")
    assert bodies() == set()


def test_an_expired_session(cast: Cast, browser: Client) -> None:
    browser.session.flush()
    refused(
        browser.post(f"/rooms/{cast.launch.pk}/messages/", {"body": "x", "client_id": "x"}), 401, "signed_out"
    )
