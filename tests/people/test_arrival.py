"""The first sign-in, from the invitation to the room of one's department."""

from __future__ import annotations

import pytest

from intranet.people import actions
from intranet.people.models import Department, User
from intranet.rooms import actions as rooms
from intranet.rooms.models import Kind, Room
from tests.cast import Cast
from tests.conftest import Browser
from tests.query_counts import assert_queries

PASSWORDS = {"password": "another quiet lamp", "again": "another quiet lamp"}
PREFERENCES = {"locale": "en", "time_zone": "Europe/Berlin"}


def arriving(browser: Browser, *departments: Department) -> User:
    """Somebody who has chosen a password, and nothing else yet."""
    user = actions.create_user(actor=None, username="newcomer", name="吴悦", english_name="Yue Wu")
    for department in departments:
        actions.join_department(actor=None, user=user, department=department)
    _invitation, token = actions.invite_on_paper(actor=None, user=user)
    assert browser.post(f"/invitation/{token}/", PASSWORDS)["Location"] == "/welcome/"
    return user


def room_of(department: Department) -> Room:
    return Room.objects.get(kind=Kind.DEPARTMENT, departments=department)


def test_step_by_step_into_the_room_of_ones_department(cast: Cast, browser: Browser) -> None:
    user = arriving(browser, cast.marketing)
    rooms.invite(actor=cast.owner, room=cast.launch, people=[user])
    assert browser.post("/welcome/", PREFERENCES)["Location"] == "/welcome/rooms/"
    page = browser.get("/welcome/rooms/").content.decode()
    assert page.index("Marketing") < page.index("S1 launch"), "one's own department first"
    assert "Open Marketing" in page
    assert "Contract templates" not in page
    response = browser.post("/welcome/rooms/")
    assert response["Location"] == f"/rooms/{room_of(cast.marketing).pk}/"
    assert browser.get(response["Location"]).status_code == 200
    user.refresh_from_db()
    assert (user.locale, user.time_zone, user.is_arriving) == ("en", "Europe/Berlin", False)


def test_the_primary_department_comes_first(cast: Cast, browser: Browser) -> None:
    arriving(browser, cast.research, cast.marketing, cast.legal)
    assert browser.post("/welcome/rooms/")["Location"] == f"/rooms/{room_of(cast.research).pk}/"


def test_who_is_in_no_room_is_told_what_happens_next(cast: Cast, browser: Browser) -> None:
    arriving(browser)
    browser.post("/welcome/", PREFERENCES)
    assert "You are in no room yet." in browser.get("/welcome/rooms/").content.decode()
    assert browser.post("/welcome/rooms/")["Location"] == "/"


def test_until_then_pages_lead_to_the_steps(cast: Cast, browser: Browser) -> None:
    arriving(browser, cast.marketing)
    for page in ("/", "/rooms/", f"/rooms/{room_of(cast.marketing).pk}/", "/settings/", "/admin/", "/setup/"):
        assert browser.get(page)["Location"] == "/welcome/", page
    browser.post("/welcome/rooms/")
    assert browser.is_signed_in()


@pytest.mark.parametrize(
    "headers", [{"Accept": "application/json"}, {"HX-Request": "true"}, {"Sec-Fetch-Dest": "empty"}]
)
def test_scripts_are_answered_meanwhile(cast: Cast, browser: Browser, headers: dict[str, str]) -> None:
    arriving(browser, cast.marketing)
    assert browser.get("/rooms/sidebar/", headers=headers).status_code == 200
    room = room_of(cast.marketing)
    said = {"body": "hello", "client_id": "first"}
    assert browser.post(f"/rooms/{room.pk}/messages/", said, headers=headers).status_code == 201


def test_one_can_sign_out_and_come_back_to_the_steps(cast: Cast, browser: Browser) -> None:
    arriving(browser, cast.marketing)
    browser.post("/accounts/logout/")
    browser.sign_in("newcomer", PASSWORDS["password"])
    assert browser.get("/")["Location"] == "/welcome/"


def test_the_language_switch_works_in_between(cast: Cast, browser: Browser) -> None:
    arriving(browser, cast.marketing)
    assert "语言和时区" in browser.get("/welcome/").content.decode()
    browser.post("/i18n/setlang/", {"language": "en", "next": "/welcome/"})
    assert "Language and time" in browser.get("/welcome/").content.decode()


@pytest.mark.parametrize("wrong", [{"time_zone": "Mars/Olympus"}, {"locale": "tlh"}])
def test_what_does_not_exist_is_told_and_the_rest_is_kept(
    cast: Cast, browser: Browser, wrong: dict[str, str]
) -> None:
    user = arriving(browser, cast.marketing)
    response = browser.post("/welcome/", {"locale": "en", "time_zone": "Asia/Tokyo"} | wrong)
    assert response.status_code == 422
    page = response.content.decode()
    kept = '"Asia/Tokyo" selected' if "locale" in wrong else '"en" selected'
    assert kept in page
    assert 'class="error"' in page
    user.refresh_from_db()
    assert (user.locale, user.time_zone) == ("zh-hans", "Asia/Shanghai")


def test_the_browser_guesses_until_somebody_has_chosen(cast: Cast, browser: Browser) -> None:
    arriving(browser, cast.marketing)
    assert "data-chosen" not in browser.get("/welcome/").content.decode()
    browser.post("/welcome/", PREFERENCES)
    assert "data-chosen" in browser.get("/welcome/").content.decode(), "going back loses nothing"


def test_who_has_arrived_is_not_shown_the_steps_again(cast: Cast, browser: Browser) -> None:
    browser.sign_in("owner")
    for step in ("/welcome/", "/welcome/rooms/"):
        assert browser.get(step)["Location"] == "/"
        assert browser.post(step, PREFERENCES)["Location"] == "/"
    assert cast.again("owner").time_zone == "Asia/Shanghai"


def test_the_steps_cost_few_queries(cast: Cast, browser: Browser) -> None:
    arriving(browser, cast.marketing, cast.research, cast.legal)
    with assert_queries("the rooms of a newcomer"):
        browser.get("/welcome/rooms/")
