from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from chat.actions import post_message
from intranet.people.actions import change_preferences, create_user
from intranet.people.models import User
from intranet.rooms.actions import open_direct
from intranet.rooms.models import Room, RoomMembership, RoomRole
from tests.cast import Cast

HTMX = {"HX-Request": "true"}
JSON = {"accept": "application/json"}


def signed_in(user: User) -> Client:
    browser = Client(headers={"accept": "text/html"})
    browser.force_login(user)
    return browser


def text(response: Any) -> str:
    return response.content.decode()


# --- Home ---------------------------------------------------------------------------------------------


def test_home_is_the_room_where_one_was_last(cast: Cast) -> None:
    post_message(actor=cast.owner, room=cast.launch, body="x", client_id="1")
    assert signed_in(cast.owner).get("/")["Location"] == f"/rooms/{cast.launch.pk}/"


def test_home_is_the_list_on_a_phone_and_for_who_is_in_no_room(cast: Cast) -> None:
    phone = {"User-Agent": "Mozilla/5.0 (iPhone) Mobile/15E148"}
    assert signed_in(cast.owner).get("/", headers=phone)["Location"] == "/rooms/"
    assert signed_in(cast.superuser).get("/")["Location"] == "/rooms/"


# --- New rooms ----------------------------------------------------------------------------------------


def test_a_new_room_opens(cast: Cast) -> None:
    fields = {"name": "复盘", "english_name": "Retro", "topic": "What we learned"}
    chosen = {"departments": [cast.marketing.pk], "people": [cast.member.pk]}
    response = signed_in(cast.owner).post("/rooms/new/", fields | chosen)
    room = Room.objects.get(name="复盘")
    assert response["Location"] == f"/rooms/{room.pk}/"
    assert (room.english_name, room.topic) == ("Retro", "What we learned")
    assert set(room.members.all()) == {cast.owner, cast.member}


def test_a_dialog_is_sent_on_by_its_script(cast: Cast) -> None:
    fields = {"name": "复盘", "departments": [cast.marketing.pk]}
    response = signed_in(cast.owner).post("/rooms/new/", fields, headers=HTMX)
    assert response["HX-Redirect"] == f"/rooms/{Room.objects.get(name='复盘').pk}/"


def test_what_was_filled_in_comes_back_with_what_is_wrong(cast: Cast) -> None:
    fields = {
        "name": "n" * 81,
        "topic": "What we learned",
        "departments": [cast.legal.pk],
        "people": [cast.member.pk],
    }
    response = signed_in(cast.owner).post("/rooms/new/", fields)
    html = text(response)
    assert response.status_code == 422
    assert "n" * 81 in html
    assert "What we learned" in html
    assert html.count('class="error"') == 2
    assert re.search(rf'name="people" value="{cast.member.pk}"[^>]*checked', html)
    assert not Room.objects.filter(topic="What we learned").exists()


def test_an_empty_form_says_what_is_missing(cast: Cast) -> None:
    response = signed_in(cast.owner).post("/rooms/new/", {})
    assert response.status_code == 422
    assert text(response).count('class="error"') == 2


def test_a_dialog_is_a_fragment_and_a_page_is_a_page(cast: Cast) -> None:
    browser = signed_in(cast.owner)
    assert "<!doctype html>" in text(browser.get("/rooms/new/"))
    assert "<!doctype html>" not in text(browser.get("/rooms/new/", headers=HTMX))


def test_a_conversation_opens_and_opens_again(cast: Cast) -> None:
    first = signed_in(cast.owner).post("/rooms/direct/", {"people": [cast.member.pk]})
    again = signed_in(cast.member).post("/rooms/direct/", {"people": [cast.owner.pk]})
    assert first["Location"] == again["Location"]


def test_people_who_left_and_oneself_are_not_offered(cast: Cast) -> None:
    html = text(signed_in(cast.owner).get("/rooms/direct/"))
    offered = set(map(int, re.findall(r'name="people" value="(\d+)"', html)))
    assert cast.member.pk in offered
    assert not offered & {cast.owner.pk, cast.deactivated.pk}


def test_guests_are_offered_whom_they_share_a_room_with(cast: Cast) -> None:
    html = text(signed_in(cast.guest).get("/rooms/direct/"))
    offered = set(map(int, re.findall(r'name="people" value="(\d+)"', html)))
    assert offered == {cast.owner.pk, cast.manager.pk, cast.member.pk}


def test_guests_are_not_shown_how_the_company_is_built(cast: Cast) -> None:
    response = signed_in(cast.guest).get("/rooms/new/")
    assert response.status_code == 403
    assert "法务部" not in text(response)


def test_more_than_eight_come_back_as_a_form(cast: Cast) -> None:
    room = open_direct(actor=cast.owner, people=[cast.member])
    others = [create_user(actor=None, username=f"other{number}", name="多") for number in range(8)]
    chosen = [user.pk for user in others]
    for address in (f"/rooms/{room.pk}/invite/", "/rooms/direct/"):
        response = signed_in(cast.owner).post(address, {"people": [*chosen, cast.manager.pk]})
        assert response.status_code == 422
        assert len(re.findall(r'name="people"[^>]* checked', text(response))) == 9
        assert 'class="error"' in text(response)
    assert signed_in(cast.owner).post("/rooms/direct/", {"people": chosen}).status_code == 302


# --- In a room ------------------------------------------------------------------------------------------


def test_about_tells_of_the_room(cast: Cast) -> None:
    Room.objects.filter(pk=cast.launch.pk).update(topic="To the market in spring")
    html = text(signed_in(cast.member).get(f"/rooms/{cast.launch.pk}/about/"))
    for told in ("To the market in spring", "市场部", "研发部", "李雷", "王芳"):
        assert told in html


@pytest.mark.parametrize(("seat", "offered"), [("owner", True), ("manager", True), ("member", False)])
def test_only_who_may_is_offered_to_archive(cast: Cast, seat: str, offered: bool) -> None:
    html = text(signed_in(getattr(cast, seat)).get(f"/rooms/{cast.launch.pk}/about/"))
    assert (f"/rooms/{cast.launch.pk}/archive/" in html) == offered


def test_invited_removed_and_made_owner(cast: Cast) -> None:
    browser, room = signed_in(cast.owner), cast.launch
    browser.post(f"/rooms/{room.pk}/invite/", {"people": [cast.stranger.pk]})
    assert room.members.contains(cast.stranger)
    browser.post(f"/rooms/{room.pk}/members/{cast.stranger.pk}/role/", {"role": "owner"})
    assert RoomMembership.objects.get(room=room, user=cast.stranger).role == RoomRole.OWNER
    browser.post(f"/rooms/{room.pk}/members/{cast.stranger.pk}/remove/")
    assert not room.members.contains(cast.stranger)


def test_the_last_owner_is_told_why_not(cast: Cast) -> None:
    response = signed_in(cast.owner).post(f"/rooms/{cast.launch.pk}/leave/", headers=JSON)
    assert (response.status_code, response.json()["reason"]) == (403, "last_owner")
    page = signed_in(cast.owner).post(f"/rooms/{cast.launch.pk}/leave/")
    assert page.status_code == 403
    assert str(response.json()["message"]) in text(page)


def test_a_dialog_is_refused_in_a_notice(cast: Cast) -> None:
    response = signed_in(cast.owner).post(f"/rooms/{cast.launch.pk}/leave/", headers=HTMX)
    assert response["HX-Retarget"] == "#notices"
    assert "<!doctype" not in text(response)


def test_a_star_and_a_pointer(cast: Cast) -> None:
    post_message(actor=cast.owner, room=cast.launch, body="x", client_id="1")
    browser = signed_in(cast.member)
    assert browser.post(f"/rooms/{cast.launch.pk}/star/", {"starred": "on"}).status_code == 204
    assert browser.post(f"/rooms/{cast.launch.pk}/read/", {"number": 1}).status_code == 204
    membership = RoomMembership.objects.get(room=cast.launch, user=cast.member)
    assert (membership.starred, membership.pointer) == (True, 1)
    browser.post(f"/rooms/{cast.launch.pk}/star/", {"starred": ""})
    membership.refresh_from_db()
    assert not membership.starred


def test_english_names_for_who_reads_english(cast: Cast) -> None:
    change_preferences(user=cast.member, locale="en")
    html = text(signed_in(cast.member).get(f"/rooms/{cast.launch.pk}/about/"))
    assert "S1 launch" in html
    assert "Fang Wang" in html
    assert "R&amp;D" in html
