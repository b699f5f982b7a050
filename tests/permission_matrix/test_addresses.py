from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.permission_matrix.addresses import address, fields, objects, routes
from tests.permission_matrix.answers import answer
from tests.permission_matrix.table import ANY, Answers, declared, read, write
from tests.permission_matrix.world import SAID, SEATS, World

pytestmark = pytest.mark.django_db
EXPECTED = read(Path(__file__).with_name("addresses.txt"))
QUESTIONS = [
    (f"{method} {route}", named)
    for route in routes()
    for method in ("GET", "POST")
    for named in objects(route)
]


def test_every_address_is_declared_and_no_other() -> None:
    undeclared = [question for question in QUESTIONS if declared(EXPECTED, *question) is None]
    assert not undeclared, "missing in addresses.txt"
    asked = {*QUESTIONS, *((heading, ANY) for heading, _named in QUESTIONS)}
    assert not EXPECTED.keys() - asked, "in addresses.txt, but gone from the product"


@pytest.mark.parametrize(("heading", "named"), QUESTIONS)
def test_every_seat_gets_what_is_declared(heading: str, named: str, world: World) -> None:
    found = ask_everybody(heading, named, world)
    assert found == declared(EXPECTED, heading, named), f"\n{heading}\n{write(named, found)}"


def ask_everybody(heading: str, named: str, world: World) -> Answers:
    method, route = heading.split(" ", 1)
    return {
        seat: answer(
            lambda seat=seat: world.browser(seat),  # type: ignore[misc]
            method,
            address(route, named, seat, world),
            fields(route, named, seat, world),
        )
        for seat in SEATS
    }


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_what_one_may_not_see_looks_like_what_does_not_exist(world: World, accept: str) -> None:
    """Word for word, but for the address itself: else the difference would tell that it exists."""
    texts = set()
    for room in (world.cast.contracts.pk, 2**40):
        answered = world.browser("member").get(f"/rooms/{room}/", headers={"accept": accept})
        assert answered.status_code == 404
        text = answered.content.decode().replace(f"/rooms/{room}/", "/rooms/N/")
        texts.add(re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", text))
    assert len(texts) == 1


def test_nothing_that_can_be_asked_for_brings_out_what_was_said_in_private(world: World) -> None:
    """Through every way of looking for something, from every seat but the one whose it is."""
    room, message = world.cast.contracts.pk, world.in_contracts
    asked = [
        *(f"/rooms/{room}/?at={number}" for number in (1, 99)),
        *(f"/rooms/{room}/messages/?{key}=1" for key in ("before", "after", "around")),
        *(f"/admin/rooms/room/?{key}={SAID}" for key in ("q", "topic", "messages__source__contains")),
        f"/admin/people/user/?messages__source__contains={SAID}",
        f"/admin/people/user/?q={message.pk}",
        f"/rooms/sidebar/?current={room}",
        f"/rooms/sections/new/?rooms={room}",
        "/rooms/switcher/",
        f"/accounts/login/?next=/messages/{message.pk}/",
        f"/admin/autocomplete/?app_label=chat&model_name=mention&field_name=message&term={SAID}",
        "/rooms/direct/",
        "/static/../chat/models.py",
    ]
    for seat in SEATS:
        for address_asked in asked:
            answered = world.browser(seat).get(address_asked)
            told = (SAID if SAID not in address_asked else "**then**") in answered.content.decode()
            assert not told or seat == "stranger", f"{seat} {address_asked}"
            assert answered.status_code < 500, address_asked
