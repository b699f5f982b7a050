"""What a page and a post cost, in statements: the same however much is there, and a post at most fourteen."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chat.actions import post_message
from intranet.people.models import User
from tests.cast import Cast
from tests.commits import committed
from tests.query_counts import assert_queries


def browser_of(user: User) -> Client:
    """That has asked something before, as what is read once a process costs nobody afterwards."""
    browser = Client()
    browser.force_login(user)
    browser.get("/rooms/")
    return browser


def say(cast: Cast, number: int) -> None:
    authors = (cast.owner, cast.manager, cast.guest)
    for index in range(number):
        author = authors[index % len(authors)]
        post_message(actor=author, room=cast.launch, body="@韩梅梅 **look**", client_id=f"said-{index}")


@pytest.mark.parametrize("number", [1, 60])
def test_a_room(cast: Cast, number: int) -> None:
    say(cast, number)
    browser = browser_of(cast.member)
    with assert_queries("room page"):
        assert browser.get(f"/rooms/{cast.launch.pk}/").status_code == 200
    with assert_queries("room messages"):
        assert browser.get(f"/rooms/{cast.launch.pk}/messages/?before=60").status_code == 200
    with assert_queries("room about"):
        assert browser.get(f"/rooms/{cast.launch.pk}/about/").status_code == 200


@pytest.mark.parametrize("number", [0, 60])
def test_a_post(cast: Cast, number: int) -> None:
    say(cast, number)
    browser = browser_of(cast.member)
    fields = {"body": "Just so", "client_id": "counted"}
    with assert_queries("post"), CaptureQueriesContext(connection) as all_statements, committed():
        assert browser.post(f"/rooms/{cast.launch.pk}/messages/", fields).status_code == 201
    savepoints = sum("SAVEPOINT" in query["sql"] for query in all_statements)
    assert len(all_statements) - savepoints <= 14


@pytest.mark.parametrize("number", [0, 60])
def test_a_post_that_names_somebody(cast: Cast, number: int) -> None:
    say(cast, number)
    browser = browser_of(cast.member)
    with assert_queries("post with a name"), committed():
        browser.post(f"/rooms/{cast.launch.pk}/messages/", {"body": "@李雷", "client_id": "counted"})
