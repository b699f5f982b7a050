from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from intranet import clock
from intranet.directory.local_time import local_time
from intranet.people import actions
from intranet.people.models import User
from intranet.rooms.models import Room
from tests.cast import Cast
from tests.conftest import Browser
from tests.query_counts import assert_queries


@pytest.fixture
def signed_in(cast: Cast, browser: Browser) -> Browser:
    actions.change_user(actor=None, user=cast.owner, title="市场总监", english_title="Marketing director")
    actions.change_preferences(user=cast.member, locale="en")
    browser.force_login(cast.member)
    return browser


def found(browser: Client, query: str) -> list[str]:
    response: Any = browser.get(f"/people/?{query}")
    assert response.status_code == 200, query
    return [person.username for person, _shown in response.context["people"]]


@pytest.mark.parametrize(
    "words",
    [
        "李雷",
        "雷",
        "lilei",
        "LiLei",
        "li lei",
        "li'lei",
        "lei li",
        "ll",
        "@owner",
        "总监",
        "director",
        "lile",
    ],
)
def test_somebody_is_found_by_what_one_knows_of_them(signed_in: Browser, words: str) -> None:
    assert "owner" in found(signed_in, f"q={words}")


@pytest.mark.parametrize("words", ["lilie", "李梅", "director 李梅", "100%", "_", "\\", "'; DROP TABLE"])
def test_nobody_is_found_by_what_is_not_so(signed_in: Browser, words: str) -> None:
    assert "owner" not in found(signed_in, f"q={words}")


def test_a_name_comes_before_a_department(cast: Cast, signed_in: Browser) -> None:
    research = actions.create_user(actor=None, username="yan", name="研一")
    names = found(signed_in, "q=研")
    assert names[0] == research.username
    assert {"member", "removed"} <= set(names)
    assert "manager" not in names


def test_everybody_in_the_order_of_the_pinyin(signed_in: Browser) -> None:
    names = found(signed_in, "")
    assert names == ["superuser", "member", "owner", "stranger", "it", "manager", "removed", "hr", "guest"]


def test_a_department_with_those_that_are_part_of_it(cast: Cast, signed_in: Browser) -> None:
    team = actions.create_department(actor=None, name="固件组", parent=cast.research)
    user = actions.create_user(actor=None, username="xu", name="徐行")
    actions.join_department(actor=None, user=user, department=team)
    assert set(found(signed_in, f"department={cast.research.pk}")) == {"member", "removed", "xu"}
    assert found(signed_in, f"department={team.pk}") == ["xu"]
    assert found(signed_in, f"department={cast.research.pk}&q=xuxing") == ["xu"]
    page = signed_in.get(f"/people/?department={team.pk}")
    assert [each.name for each in page.context["departments"]] == ["市场部", "法务部", "研发部", "固件组"]


def test_guests_find_those_with_whom_they_share_a_room(cast: Cast, browser: Browser) -> None:
    browser.force_login(cast.guest)
    assert set(found(browser, "")) == {"owner", "manager", "member", "guest"}
    assert found(browser, "q=林涛") == []
    page = browser.get("/people/")
    assert {each.name for each in page.context["departments"]} == {"市场部", "研发部"}
    assert browser.get("/people/stranger/").status_code == 404
    assert browser.get("/people/member/").status_code == 200


def test_who_left_is_not_there(cast: Cast, signed_in: Browser) -> None:
    assert found(signed_in, "q=陈晨") == []
    assert signed_in.get("/people/deactivated/").status_code == 404


def test_as_one_types_the_list_alone_comes(signed_in: Browser) -> None:
    part = signed_in.get("/people/?q=lilei", headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith("<section")
    assert "Lei Li" in part
    assert "<html" not in part


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=x", f"page={10**30}", "department=x", "department=0", f"department={10**30}", "q=%00"],
)
def test_what_cannot_be_asked_gets_a_sentence(signed_in: Browser, query: str) -> None:
    response = signed_in.get(f"/people/?{query}")
    assert response.status_code == 422
    assert 'class="error"' in response.content.decode()


def test_what_is_too_long_is_kept(signed_in: Browser) -> None:
    response = signed_in.get(f"/people/?q={'x' * 61}")
    assert response.status_code == 422
    assert "x" * 61 in response.content.decode()


@pytest.mark.parametrize("name", ["nobody", "..", "%00", "a%20b", "x" * 500, "OWNER"])
def test_cards_of_nobody(signed_in: Browser, name: str) -> None:
    assert signed_in.get(f"/people/{name}/").status_code in (404, 301)


def test_pages_are_bounded(cast: Cast, signed_in: Browser) -> None:
    for number in range(45):
        actions.create_user(actor=None, username=f"person{number}", name=f"同事{number}")
    first, second = found(signed_in, "q=同事"), found(signed_in, "q=同事&page=2")
    assert (len(first), len(second)) == (40, 5)
    assert not set(first) & set(second)
    assert 'href="?q=%E5%90%8C%E4%BA%8B&amp;page=2"' in signed_in.get("/people/?q=同事").content.decode()
    assert found(signed_in, "q=同事&page=9") == second, "beyond the last page is the last page"


@pytest.mark.parametrize("rows", [1, 60])
def test_it_costs_the_same_however_many_there_are(cast: Cast, browser: Browser, rows: int) -> None:
    for number in range(rows):
        user = actions.create_user(actor=None, username=f"person{number}", name=f"同事{number}")
        actions.join_department(actor=None, user=user, department=cast.research)
    group = actions.create_group(actor=None, handle="all", name="全员", owners=[cast.member])
    actions.add_to_group(actor=cast.member, group=group, people=list(User.objects.all()))
    browser.force_login(cast.member)
    browser.get("/people/")
    for name, address in {
        "people": "/people/",
        "people found": "/people/?q=tongshi",
        "person's card": "/people/owner/",
        "user groups": "/people/groups/",
        "user group": "/people/groups/all/",
    }.items():
        with assert_queries(name):
            assert browser.get(address).status_code == 200


# --- The card -----------------------------------------------------------------------------------------


def test_a_card_tells_and_leads_to_a_conversation(cast: Cast, signed_in: Browser) -> None:
    text = signed_in.get("/people/owner/").content.decode()
    for words in ("Lei Li", "李雷", "Marketing director", "owner@tongxin.example", "the same as yours"):
        assert words in text
    response = signed_in.post("/rooms/direct/", {"people": cast.owner.pk})
    room = Room.objects.get(direct_key=f"{cast.owner.pk}-{cast.member.pk}")
    assert response["Location"] == f"/rooms/{room.pk}/"
    assert "/rooms/direct/" not in signed_in.get("/people/member/").content.decode(), "not to oneself"


@pytest.mark.parametrize(
    ("theirs", "mine", "difference"),
    [
        ("Asia/Shanghai", "Asia/Singapore", "the same as yours"),
        ("Asia/Tokyo", "Asia/Shanghai", "1 hour ahead of you"),
        ("Asia/Shanghai", "Asia/Tokyo", "1 hour behind you"),
        ("Asia/Kolkata", "Asia/Shanghai", "2.5 hours behind you"),
        ("Pacific/Kiritimati", "Pacific/Pago_Pago", "25 hours ahead of you"),
    ],
)
def test_what_time_it_is_there(
    cast: Cast, signed_in: Browser, theirs: str, mine: str, difference: str
) -> None:
    actions.change_preferences(user=cast.owner, time_zone=theirs)
    actions.change_preferences(user=cast.again("member"), time_zone=mine)
    assert difference in signed_in.get("/people/owner/").content.decode()


def test_summer_time_is_part_of_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    cast.owner.time_zone = "Europe/Berlin"
    for moment, shown in (("2026-01-15T12:00+00:00", "13:00"), ("2026-07-15T12:00+00:00", "14:00")):
        now = dt.datetime.fromisoformat(moment)
        monkeypatch.setattr("intranet.directory.local_time.clock.now", lambda now=now: now)
        assert local_time(cast.owner, seen_by=cast.member).time == shown


def test_the_card_says_who_is_away_and_who_stands_in(cast: Cast, browser: Browser) -> None:
    today = clock.now().date()
    actions.enter_absence(
        actor=cast.owner,
        user=cast.owner,
        kind="leave",
        first_day=today - dt.timedelta(days=1),
        last_day=today + dt.timedelta(days=3),
        stand_in=cast.manager,
        message="Ask me in spring",
    )
    browser.force_login(cast.member)
    shown = browser.get("/people/owner/").content.decode()
    assert "Ask me in spring" in shown
    assert f"由{cast.manager.name}代理" in shown
    assert "Ask me in spring" not in browser.get("/people/manager/").content.decode()
