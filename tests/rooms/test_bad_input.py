from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from intranet.rooms.models import Room
from tests.cast import Cast

HUGE = str(10**30)
PEOPLE = ["", "x", "-1", "0", HUGE, str(2**63), "1.5", "\x00", "99999", "1 OR 1=1", "字"]


@pytest.fixture
def browser(cast: Cast) -> Client:
    browser = Client(raise_request_exception=False)
    browser.force_login(cast.owner)
    return browser


def rooms() -> int:
    return Room.objects.count()


@pytest.mark.parametrize("person", PEOPLE)
def test_people_who_are_none(cast: Cast, browser: Client, person: str) -> None:
    before = rooms()
    for address in ("/rooms/direct/", f"/rooms/{cast.launch.pk}/invite/"):
        assert browser.post(address, {"people": [person]}).status_code == 422
    fields = {"name": "Retro", "departments": [cast.marketing.pk], "people": [person]}
    assert browser.post("/rooms/new/", fields).status_code == 422
    assert browser.post("/rooms/new/", fields | {"people": [], "departments": [person]}).status_code == 422
    assert rooms() == before


@pytest.mark.parametrize("name", ["", "   ", "n" * 81, "a\x00b"])
def test_names_that_are_none(cast: Cast, browser: Client, name: str) -> None:
    before = rooms()
    assert browser.post("/rooms/new/", {"name": name, "departments": [cast.marketing.pk]}).status_code == 422
    assert rooms() == before


@pytest.mark.parametrize("number", ["", "x", "-1", HUGE, "1.5", "\x00"])
def test_pointers_to_nothing(cast: Cast, browser: Client, number: str) -> None:
    assert browser.post(f"/rooms/{cast.launch.pk}/read/", {"number": number}).status_code == 400
    if number:
        assert browser.get("/rooms/sidebar/", {"current": number}).status_code == 400


@pytest.mark.parametrize("role", ["", "admin", "OWNER", "\x00", HUGE])
def test_roles_that_are_none(cast: Cast, browser: Client, role: str) -> None:
    address = f"/rooms/{cast.launch.pk}/members/{cast.member.pk}/role/"
    assert browser.post(address, {"role": role}).status_code == 400


@pytest.mark.parametrize("user", [0, 2**31, 2**63, 10**30])
def test_members_who_are_none(cast: Cast, browser: Client, user: int) -> None:
    for what, fields in (("remove", {}), ("role", {"role": "owner"})):
        response = browser.post(f"/rooms/{cast.launch.pk}/members/{user}/{what}/", fields)
        assert response.status_code == 404


@pytest.mark.parametrize("room", [0, 2**63, 10**30])
def test_rooms_that_are_none(browser: Client, room: int) -> None:
    for what in ("about", "members", "invite"):
        assert browser.get(f"/rooms/{room}/{what}/").status_code == 404
    for what in ("leave", "archive", "restore", "star", "invite"):
        assert browser.post(f"/rooms/{room}/{what}/").status_code == 404


def test_without_the_csrf_token(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.owner)
    page: Any = browser.post("/rooms/new/", {"name": "Retro", "departments": [cast.marketing.pk]})
    assert page.status_code == 403
    assert not Room.objects.filter(name="Retro").exists()
