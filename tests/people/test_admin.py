from __future__ import annotations

import re

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import Group

from intranet.people import actions
from intranet.people.action_admin import ActionAdmin
from intranet.rooms.models import Kind, Room
from tests.cast import Cast
from tests.conftest import Browser
from tests.query_counts import assert_queries

PAGES: dict[str, tuple[str, set[str]]] = {
    "index": ("/admin/", {"hr", "it", "superuser"}),
    "people": ("/admin/people/user/", {"hr", "it", "superuser"}),
    "a person": ("/admin/people/user/{owner}/change/", {"hr", "it", "superuser"}),
    "a new person": ("/admin/people/user/add/", {"hr", "superuser"}),
    "departments": ("/admin/people/department/", {"hr", "it", "superuser"}),
    "a department": ("/admin/people/department/{legal}/change/", {"hr", "it", "superuser"}),
    "a new department": ("/admin/people/department/add/", {"hr", "superuser"}),
    "memberships": ("/admin/people/membership/", {"hr", "superuser"}),
    "a membership": ("/admin/people/membership/{membership}/change/", {"hr", "superuser"}),
    "the end of a membership": ("/admin/people/membership/{membership}/delete/", {"hr", "superuser"}),
    "the company": ("/admin/people/company/", {"superuser"}),
    "invitations": ("/admin/people/invitation/", {"hr", "superuser"}),
    "user groups": ("/admin/people/usergroup/", {"hr", "superuser"}),
    "a new user group": ("/admin/people/usergroup/add/", {"hr", "superuser"}),
    "a new policy": ("/admin/people/policy/add/", set()),
    "imports": ("/admin/people/import/", {"hr", "superuser"}),
    "an upload": ("/admin/people/import/add/", {"hr", "superuser"}),
    "rooms": ("/admin/rooms/room/", {"hr", "it", "superuser"}),
    "a room": ("/admin/rooms/room/{launch}/change/", {"hr", "it", "superuser"}),
    "sessions": ("/admin/usersessions/usersession/", {"it", "superuser"}),
    "failed work": ("/admin/events/pending/", {"it", "superuser"}),
    "planned changes": ("/admin/people/plannedchange/", {"hr", "superuser"}),
    "the grid": ("/admin/people/grid/", {"hr", "it", "superuser"}),
    "a question": ("/admin/may/?who={owner}&what=enter&room={launch}", {"hr", "it", "superuser"}),
    "transfer or leaving": ("/admin/people/user/{owner}/handover/", {"hr", "superuser"}),
    "the audit": ("/admin/audit/record/", {"it", "superuser"}),
    "the end of a person": ("/admin/people/user/{owner}/delete/", set()),
    "the end of a department": ("/admin/people/department/{legal}/delete/", set()),
    "the end of a room": ("/admin/rooms/room/{launch}/delete/", set()),
    "a new room": ("/admin/rooms/room/add/", set()),
}


def address(cast: Cast, page: str) -> str:
    membership = cast.member.memberships.get().pk
    ids = {name: getattr(cast, name).pk for name in ("owner", "legal", "launch")}
    return PAGES[page][0].format(membership=membership, **ids)


def test_every_page_from_every_seat(cast: Cast, browser: Browser) -> None:
    for page, (_address, allowed) in PAGES.items():
        assert seats_that_open(cast, browser, address(cast, page)) == allowed, page


def seats_that_open(cast: Cast, browser: Browser, page: str) -> set[str]:
    opened = set()
    for seat, person in cast.people().items():
        browser.force_login(person)
        response = browser.get(page, follow=True)
        if seat == "deactivated":
            assert response.redirect_chain[-1][0].startswith("/accounts/login/")
        elif response.status_code == 200:
            opened.add(seat)
        else:
            assert response.status_code == 403, (seat, page)
    return opened


def test_everything_in_it_writes_through_actions(db: None) -> None:
    assert site._registry
    assert all(isinstance(admin, ActionAdmin) for admin in site._registry.values())
    assert not site.is_registered(Group)


def test_it_has_no_sign_in_of_its_own(cast: Cast, browser: Browser) -> None:
    assert browser.get("/admin/")["Location"] == "/admin/login/?next=/admin/"
    assert browser.get("/admin/login/?next=/admin/")["Location"] == "/accounts/login/?next=%2Fadmin%2F"
    browser.sign_in("hr")
    assert browser.get("/admin/login/")["Location"] == "/admin/"
    assert browser.get("/admin/password_change/")["Location"] == "/accounts/password/change/"
    browser.post("/admin/logout/")
    assert not browser.is_signed_in()


def test_the_policy_lets_its_pages_work(cast: Cast, browser: Browser) -> None:
    """No script, style or handler inside a page: the policy would refuse each of them."""
    browser.force_login(cast.superuser)
    for page in PAGES:
        html = browser.get(address(cast, page)).content.decode()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", html), page
        inside = re.findall(r"<script(?![^>]*(?:\ssrc=|application/json))[^>]*>", html)
        assert inside == [], page


def test_it_speaks_the_persons_language(cast: Cast, browser: Browser) -> None:
    browser.force_login(cast.hr)
    assert "同心" in browser.get("/admin/").content.decode()
    actions.change_preferences(user=cast.hr, locale="en")
    assert "Administration" in browser.get("/admin/").content.decode()


# --- Lists --------------------------------------------------------------------------------------------


def fill(cast: Cast, *, rows: int) -> None:
    for number in range(rows):
        department = actions.create_department(actor=None, name=f"小组{number}", parent=cast.legal)
        user = actions.create_user(actor=None, username=f"person{number}", name=f"同事{number}")
        actions.join_department(actor=None, user=user, department=department)
        actions.invite_on_paper(actor=cast.hr, user=user)
        actions.create_group(actor=None, handle=f"group{number}", name=f"组{number}", owners=[user])


@pytest.mark.parametrize("rows", [5, 50])
def test_a_list_costs_the_same_however_long_it_is(cast: Cast, browser: Browser, rows: int) -> None:
    fill(cast, rows=rows)
    browser.force_login(cast.superuser)
    lists = ("user", "department", "membership", "usergroup", "invitation")
    for name in (*(f"people/{each}" for each in lists), "rooms/room"):
        with assert_queries(f"admin.{name}"):
            response = browser.get(f"/admin/{name}/")
        assert len(response.context["cl"].result_list) >= rows


def found(browser: Browser, query: str) -> set[str]:
    rows = browser.get(f"/admin/people/user/?{query}").context["cl"].result_list
    return {row.username for row in rows}


def test_people_are_found_and_filtered(cast: Cast, browser: Browser) -> None:
    browser.force_login(cast.hr)
    for query in ("q=李雷", "q=Lei+Li", "q=owner", "q=owner@tongxin.example"):
        assert "owner" in found(browser, query)
    assert found(browser, "is_active__exact=0") == {"deactivated"}
    assert found(browser, "employment__exact=left") == {"deactivated"}
    department = f"memberships__department__id__exact={cast.marketing.pk}"
    assert found(browser, department) == {"owner", "manager", "guest"}


def test_departments_stand_below_the_one_they_belong_to(cast: Cast, browser: Browser) -> None:
    actions.create_department(actor=None, name="甲组", parent=cast.marketing)
    actions.create_department(actor=None, name="一组", parent=cast.marketing)
    browser.force_login(cast.hr)
    rows = browser.get("/admin/people/department/").context["cl"].result_list
    names = [(row.name, row.tree_depth) for row in rows]
    at = names.index(("市场部", 0))
    assert names[at + 1 : at + 3] == [("一组", 1), ("甲组", 1)]


def test_who_writes_to_whom_is_not_shown(cast: Cast, browser: Browser) -> None:
    direct = Room.objects.create(kind=Kind.DIRECT, direct_key="1-2")
    browser.force_login(cast.superuser)
    assert direct not in browser.get("/admin/rooms/room/").context["cl"].result_list
    assert browser.get(f"/admin/rooms/room/{direct.pk}/change/").status_code == 302
