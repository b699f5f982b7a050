"""The pages on which rooms are found, joined, asked for and changed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from intranet.people.models import User
from intranet.rooms import actions
from intranet.rooms.models import JoinRequest, Room, RoomMembership, RoomRole, Visibility
from tests.cast import Cast
from tests.query_counts import assert_queries

HTMX = {"HX-Request": "true"}
JSON = {"accept": "application/json"}


def signed_in(user: User) -> Client:
    browser = Client(headers={"accept": "text/html"})
    browser.force_login(user)
    return browser


def text(response: Any) -> str:
    return response.content.decode()


def found(user: User, **wanted: str | int) -> list[str]:
    """The names of the rooms that are listed."""
    html = text(signed_in(user).get("/rooms/", wanted, headers=HTMX))
    return re.findall(r'class="name truncate"[^>]*>([^<]+)<', html)


@pytest.fixture
def topic(cast: Cast) -> Room:
    return actions.create_topic(
        actor=cast.owner, name="读书会", english_name="Reading club", topic="每月一本"
    )


@pytest.fixture
def shared(cast: Cast) -> Room:
    return actions.create_project(
        actor=cast.owner, name="门店", departments=[cast.marketing], visibility=Visibility.DEPARTMENTS
    )


# --- Looking for rooms ------------------------------------------------------------------------------------


def test_all_that_one_may_find(cast: Cast, topic: Room, shared: Room) -> None:
    assert set(found(cast.stranger)) == {"合同模板", "法务部", "读书会", "门店"}
    assert set(found(cast.guest)) == {"晨光 S1 上市"}


def test_by_words_in_any_of_its_texts(cast: Cast, topic: Room, shared: Room) -> None:
    for words in ("读书", "reading", "CLUB", "每月", "读书 一本"):
        assert found(cast.stranger, q=words) == ["读书会"], words
    assert found(cast.stranger, q="读书 门店") == []
    assert found(cast.stranger, q="S1") == []


def test_by_kind_department_mine_and_archived(cast: Cast, topic: Room, shared: Room) -> None:
    assert found(cast.owner, kind="topic") == ["读书会"]
    assert found(cast.owner, kind="department") == ["市场部"]
    assert set(found(cast.stranger, department=cast.marketing.pk)) == {"读书会", "门店"}
    assert set(found(cast.stranger, mine="on")) == {"合同模板", "法务部"}
    assert found(cast.owner, archived="on") == ["春季展会"]


def test_it_tells_how_many_are_in_it_and_which_departments(cast: Cast, topic: Room) -> None:
    actions.join(actor=cast.stranger, room=topic)
    html = text(signed_in(cast.member).get("/rooms/", {"q": "读书会"}, headers=HTMX))
    assert "2 位成员" in html
    assert "市场部" in html
    assert "outer-orange" in html


def test_nothing_found_says_so(cast: Cast) -> None:
    html = text(signed_in(cast.member).get("/rooms/", {"q": "<b>nothing"}))
    assert "没有这样的群组" in html
    assert 'value="&lt;b&gt;nothing"' in html


@pytest.mark.parametrize(
    "wanted",
    [
        {"kind": "direct"},
        {"kind": "x"},
        {"department": "x"},
        {"department": 10**30},
        {"page": 0},
        {"q": "\x00"},
    ],
)
def test_what_cannot_be_looked_for(cast: Cast, wanted: dict[str, str | int]) -> None:
    assert signed_in(cast.member).get("/rooms/", wanted).status_code == 400


def test_many_rooms_come_in_pages_that_keep_what_was_looked_for(cast: Cast) -> None:
    for number in range(45):
        actions.create_topic(actor=cast.owner, name=f"话题 {number:02}")
    assert len(found(cast.stranger, q="话题")) == 40
    assert found(cast.stranger, q="话题", page=2) == [f"话题 {number}" for number in range(40, 45)]
    assert found(cast.stranger, q="话题", page=99) == found(cast.stranger, q="话题", page=2)
    assert "q=%E8%AF%9D%E9%A2%98&amp;page=2" in text(signed_in(cast.stranger).get("/rooms/", {"q": "话题"}))


@pytest.mark.parametrize("number", [1, 30])
def test_costs_the_same_for_few_rooms_and_for_many(cast: Cast, number: int) -> None:
    for index in range(number):
        room = actions.create_project(
            actor=cast.owner,
            name=f"Room {index}",
            departments=[cast.marketing, cast.legal],
            people=[cast.manager],
            visibility=Visibility.DEPARTMENTS,
        )
        actions.ask_to_join(actor=cast.member, room=room)
    owner = signed_in(cast.owner)
    owner.get("/rooms/", headers=HTMX)
    with assert_queries("room browser"):
        owner.get("/rooms/", headers=HTMX)


def test_on_a_phone_it_is_the_list_or_all_rooms(cast: Cast) -> None:
    browser = signed_in(cast.owner)
    assert 'class="app room-index"' in text(browser.get("/rooms/"))
    assert 'class="app room-browse"' in text(browser.get("/rooms/?browse=on"))


# --- The door -----------------------------------------------------------------------------------------------


def test_a_link_to_a_public_room_leads_to_its_door(cast: Cast, topic: Room) -> None:
    browser = signed_in(cast.stranger)
    assert browser.get(f"/rooms/{topic.pk}/")["Location"] == f"/rooms/{topic.pk}/join/"
    door = text(browser.get(f"/rooms/{topic.pk}/join/"))
    assert "每月一本" in door
    assert browser.post(f"/rooms/{topic.pk}/join/")["Location"] == f"/rooms/{topic.pk}/"
    assert browser.get(f"/rooms/{topic.pk}/").status_code == 200


def test_asked_from_the_list_and_back_to_it(cast: Cast, shared: Room) -> None:
    browser = signed_in(cast.stranger)
    came_from = {"Referer": "http://testserver/rooms/?q=%E9%97%A8"}
    response = browser.post(f"/rooms/{shared.pk}/ask/", headers=came_from)
    assert response["Location"] == "/rooms/?q=%E9%97%A8"
    assert "已申请" in text(browser.get("/rooms/"))
    browser.post(f"/rooms/{shared.pk}/withdraw/", headers={"Referer": "http://elsewhere.example/rooms/?q=1"})
    assert not JoinRequest.objects.exists()


def test_whoever_answers_sees_the_request_and_others_do_not(cast: Cast, shared: Room) -> None:
    actions.invite(actor=cast.owner, room=shared, people=[cast.member])
    actions.ask_to_join(actor=cast.stranger, room=shared)
    accept = f"/rooms/{shared.pk}/requests/{cast.stranger.pk}/accept/"
    for page in ("/rooms/", f"/rooms/{shared.pk}/about/"):
        assert accept in text(signed_in(cast.owner).get(page))
        assert accept not in text(signed_in(cast.member).get(page))
    signed_in(cast.owner).post(accept)
    assert shared.members.contains(cast.stranger)


def test_a_request_that_is_gone(cast: Cast, shared: Room) -> None:
    actions.ask_to_join(actor=cast.stranger, room=shared)
    actions.decline_request(actor=cast.owner, room=shared, user=cast.stranger)
    address = f"/rooms/{shared.pk}/requests/{cast.stranger.pk}"
    response = signed_in(cast.owner).post(f"{address}/accept/", headers=JSON)
    assert (response.status_code, response.json()["reason"]) == (403, "answered")
    nobody = f"/rooms/{shared.pk}/requests/{10**30}/accept/"
    assert signed_in(cast.owner).post(nobody).status_code == 404
    assert not shared.members.contains(cast.stranger)


# --- New rooms, and changed ones ----------------------------------------------------------------------------


def test_a_new_topic_is_public_and_of_its_makers_department(cast: Cast) -> None:
    signed_in(cast.owner).post("/rooms/new/", {"kind": "topic", "name": "午餐", "visibility": "private"})
    room = Room.objects.get(name="午餐")
    assert (room.kind, room.visibility) == ("topic", "company")
    assert list(room.departments.all()) == [cast.marketing]


def test_a_new_private_room_keeps_its_past(cast: Cast) -> None:
    fields = {"name": "薪酬", "departments": [cast.marketing.pk], "history": "joining"}
    signed_in(cast.owner).post("/rooms/new/", fields | {"visibility": "private"})
    assert Room.objects.get(name="薪酬").history == "joining"
    signed_in(cast.owner).post("/rooms/new/", fields | {"name": "公开", "visibility": "company"})
    assert Room.objects.get(name="公开").history == "everything"


@pytest.mark.parametrize("field", ["kind", "visibility", "history"])
@pytest.mark.parametrize("value", ["direct", "\x00", "x" * 500])
def test_kinds_and_visibilities_that_are_none(cast: Cast, field: str, value: str) -> None:
    fields = {"name": "Retro", "departments": [cast.marketing.pk], field: value}
    response = signed_in(cast.owner).post("/rooms/new/", fields)
    assert response.status_code == 422
    assert 'value="Retro"' in text(response)
    assert not Room.objects.filter(name="Retro").exists()


def test_a_name_that_a_room_has_already(cast: Cast, topic: Room) -> None:
    """One clear sentence, a link to it, what was typed is kept, and one click to go on anyway."""
    fields = {"name": "reading CLUB", "topic": "Mine", "departments": [cast.legal.pk]}
    browser = signed_in(cast.stranger)
    html = text(browser.post("/rooms/new/", fields))
    assert "已经有同名的群组" in html
    assert f'href="/rooms/{topic.pk}/"' in html
    assert 'value="reading CLUB"' in html
    assert not Room.objects.filter(topic="Mine").exists()
    assert browser.post("/rooms/new/", fields | {"anyway": "on"}).status_code == 302
    assert Room.objects.filter(topic="Mine").exists()


def test_the_warning_tells_nothing_of_rooms_that_one_may_not_find(cast: Cast) -> None:
    fields = {"name": "合同模板", "departments": [cast.marketing.pk]}
    assert signed_in(cast.owner).post("/rooms/new/", fields).status_code == 302


def test_a_room_is_renamed_described_and_opened(cast: Cast, topic: Room) -> None:
    address = f"/rooms/{cast.launch.pk}/change/"
    fields = {"name": "晨光", "topic": "春天上市", "visibility": "company", "history": "joining"}
    assert signed_in(cast.owner).post(address, fields)["Location"] == f"/rooms/{cast.launch.pk}/about/"
    room = Room.objects.get(pk=cast.launch.pk)
    assert (room.name, room.english_name, room.topic) == ("晨光", "", "春天上市")
    assert (room.visibility, room.history) == ("company", "everything")
    twice = signed_in(cast.owner).post(address, fields | {"name": "读书会"})
    assert twice.status_code == 422
    assert "仍然保存" in text(twice)


@pytest.mark.parametrize("name", ["", "   ", "n" * 81, "a\x00b"])
def test_names_that_are_none(cast: Cast, name: str) -> None:
    fields = {"name": name, "topic": "kept", "visibility": "private", "history": "everything"}
    response = signed_in(cast.owner).post(f"/rooms/{cast.launch.pk}/change/", fields)
    assert response.status_code == 422
    assert 'value="kept"' in text(response)
    assert Room.objects.get(pk=cast.launch.pk).name == "晨光 S1 上市"


def test_a_departments_manager_says_nothing_about_who_finds_its_room(cast: Cast) -> None:
    room = Room.objects.get(kind="department", departments=cast.marketing)
    browser = signed_in(cast.manager)
    assert 'name="visibility"' not in text(browser.get(f"/rooms/{room.pk}/change/"))
    browser.post(f"/rooms/{room.pk}/change/", {"name": "市场", "visibility": "company"})
    room.refresh_from_db()
    assert (room.name, room.visibility) == ("市场", "private")


def test_whole_departments_are_invited_without_their_guests(cast: Cast) -> None:
    room = actions.create_project(actor=cast.stranger, name="审计", departments=[cast.legal])
    browser = signed_in(cast.stranger)
    browser.post(f"/rooms/{room.pk}/invite/", {"departments": [cast.marketing.pk]})
    assert set(room.members.all()) == {cast.stranger, cast.owner, cast.manager}
    assert set(room.departments.all()) == {cast.legal, cast.marketing}
    nobody = browser.post(f"/rooms/{room.pk}/invite/", {})
    assert nobody.status_code == 422
    assert "选择要邀请的人" in text(nobody)


# --- What one may not do is not there -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seat", "offered"),
    [
        ("owner", {"change", "role", "hand-over", "remove", "archive", "invite"}),
        ("manager", {"change", "role", "remove", "archive", "invite"}),
        ("member", {"remove", "invite"}),  # as a moderator
        ("guest", set()),
    ],
)
def test_each_control_is_there_for_those_who_may(cast: Cast, seat: str, offered: set[str]) -> None:
    actions.set_role(actor=cast.owner, room=cast.launch, user=cast.member, role=RoomRole.MODERATOR)
    html = text(signed_in(getattr(cast, seat)).get(f"/rooms/{cast.launch.pk}/about/"))
    controls = {"change", "role", "hand-over", "remove", "archive", "invite"}
    assert {each for each in controls if f"/{each}/" in html} == offered


def test_moderators_take_out_members_but_no_owners(cast: Cast) -> None:
    actions.set_role(actor=cast.owner, room=cast.launch, user=cast.member, role=RoomRole.MODERATOR)
    browser = signed_in(cast.member)
    refused = browser.post(f"/rooms/{cast.launch.pk}/members/{cast.owner.pk}/remove/", headers=JSON)
    assert (refused.status_code, refused.json()["reason"]) == (403, "owners_only")
    browser.post(f"/rooms/{cast.launch.pk}/members/{cast.guest.pk}/remove/")
    assert not cast.launch.members.contains(cast.guest)
    raised = browser.post(f"/rooms/{cast.launch.pk}/members/{cast.member.pk}/role/", {"role": "owner"})
    assert raised.status_code == 403


def test_handing_over(cast: Cast) -> None:
    address = f"/rooms/{cast.launch.pk}/members/{cast.member.pk}/hand-over/"
    signed_in(cast.owner).post(address)
    roles = dict(RoomMembership.objects.filter(room=cast.launch).values_list("user", "role"))
    assert (roles[cast.owner.pk], roles[cast.member.pk]) == ("member", "owner")
    gone = RoomMembership.objects.get(room=cast.launch, user=cast.guest)
    User.objects.filter(pk=cast.guest.pk).update(is_active=False)
    address = f"/rooms/{cast.launch.pk}/members/{gone.user_id}/hand-over/"
    response = signed_in(cast.member).post(address, headers=JSON)
    assert (response.status_code, response.json()["reason"]) == (403, "cannot_own")
