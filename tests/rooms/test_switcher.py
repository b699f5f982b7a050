"""What the quick switcher has to find by: names in both languages, pinyin, initials."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from intranet.people.actions import change_preferences, create_user
from intranet.people.models import User
from intranet.rooms import actions as rooms
from intranet.rooms.models import Room, RoomMembership
from tests.cast import Cast


def found(user: User) -> dict[str, list[dict[str, Any]]]:
    browser = Client()
    browser.force_login(user)
    return browser.get("/rooms/switcher/").json()


def room(user: User, which: Room) -> dict[str, Any]:
    return next(each for each in found(user)["rooms"] if each["id"] == which.pk)


def person(user: User, which: User) -> dict[str, Any]:
    return next(each for each in found(user)["people"] if each["id"] == which.pk)


def test_a_room_by_both_names_and_how_the_words_sound(cast: Cast) -> None:
    launch = room(cast.owner, cast.launch)
    assert (launch["name"], launch["also"]) == ("晨光 S1 上市", "S1 launch")
    assert (launch["pinyin"], launch["initials"]) == ("chen guang s1 shang shi", "cgsss")
    change_preferences(user=cast.owner, locale="en")
    launch = room(cast.owner, cast.launch)
    assert (launch["name"], launch["also"]) == ("S1 launch", "晨光 S1 上市")


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("韩梅梅", "han mei mei", "hmm"),
        ("曾国强", "zeng guo qiang", "zgq"),
        ("单小单", "shan xiao dan", "sxd"),
        ("仇英", "qiu ying", "qy"),
        ("解珍", "xie zhen", "xz"),
        ("区伟", "ou wei", "ow"),
        ("查良", "zha liang", "zl"),
        ("尉迟恭", "yu chi gong", "ycg"),
        ("Emma Chen", "emma chen", "ec"),
    ],
)
def test_a_person_by_how_the_name_sounds(cast: Cast, name: str, pinyin: str, initials: str) -> None:
    user = create_user(actor=None, username="new", name=name)
    assert (person(cast.owner, user)["pinyin"], person(cast.owner, user)["initials"]) == (pinyin, initials)


def test_a_word_that_looks_like_a_surname_is_read_as_a_word_in_a_room(cast: Cast) -> None:
    made = rooms.create_project(actor=cast.owner, name="解决方案", departments=[cast.marketing])
    assert room(cast.owner, made)["pinyin"] == "jie jue fang an"


def test_who_has_a_conversation_is_found_as_that_conversation(cast: Cast) -> None:
    direct = rooms.open_direct(actor=cast.owner, people=[cast.member])
    group = rooms.open_direct(actor=cast.owner, people=[cast.member, cast.manager])
    assert room(cast.owner, direct)["pinyin"] == "han mei mei"
    assert room(cast.owner, group)["pinyin"] == "wang fang han mei mei"
    people = {each["id"] for each in found(cast.owner)["people"]}
    assert cast.member.pk not in people
    assert cast.manager.pk in people
    assert cast.owner.pk not in people


def test_where_one_was_last_comes_first(cast: Cast) -> None:
    direct = rooms.open_direct(actor=cast.owner, people=[cast.member])
    for each in (cast.launch, direct):
        RoomMembership.objects.filter(room=each, user=cast.owner).move_pointer(1)
    assert [each["id"] for each in found(cast.owner)["rooms"]][:2] == [direct.pk, cast.launch.pk]


def test_nobody_finds_what_they_may_not_enter_or_whom_they_may_not_write_to(cast: Cast) -> None:
    assert {each["id"] for each in found(cast.guest)["rooms"]} == {cast.launch.pk, cast.closed.pk}
    assert cast.launch.pk not in {each["id"] for each in found(cast.stranger)["rooms"]}
    people = {each["id"] for each in found(cast.guest)["people"]}
    assert people == {cast.owner.pk, cast.manager.pk, cast.member.pk}
    assert cast.deactivated.pk not in {each["id"] for each in found(cast.owner)["people"]}


def test_archived_rooms_are_told(cast: Cast) -> None:
    assert room(cast.owner, cast.closed)["archived"]
    assert not room(cast.owner, cast.launch)["archived"]
