from __future__ import annotations

import csv
import io
import re

import pytest

from intranet import clock
from intranet.audit.actions import REPEATED
from intranet.audit.models import Record
from intranet.audit.words import KINDS
from intranet.people import actions
from intranet.rooms import actions as rooms
from tests.cast import Cast
from tests.conftest import Browser
from tests.query_counts import assert_queries
from tools.house_rules import ROOT

LIST = "/admin/audit/record/"


@pytest.fixture
def it(cast: Cast, browser: Browser) -> Browser:
    actions.change_preferences(user=cast.it, locale="en", time_zone="Asia/Shanghai")
    browser.force_login(cast.it)
    return browser


def found(browser: Browser, query: str) -> list[Record]:
    return browser.get(f"{LIST}?{query}").context["cl"].result_list


def exported(browser: Browser, query: str = "") -> list[list[str]]:
    response = browser.get(f"{LIST}export/?{query}")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_it_reads_and_nobody_writes(cast: Cast, browser: Browser) -> None:
    actions.change_user(actor=cast.hr, user=cast.owner, title="市场总监")
    record = Record.objects.latest("pk")
    for person, status in ((cast.it, 200), (cast.superuser, 200), (cast.hr, 403)):
        browser.force_login(person)
        for page in (LIST, f"{LIST}export/", f"{LIST}{record.pk}/change/"):
            assert browser.get(page).status_code == status, (person, page)
    browser.force_login(cast.superuser)
    for page in (f"{LIST}add/", f"{LIST}{record.pk}/delete/", f"{LIST}{record.pk}/change/"):
        assert browser.post(page, {"post": "yes", "reason": "x"}).status_code == 403, page


def test_a_change_reads_as_a_sentence(cast: Cast, it: Browser) -> None:
    actions.change_user(actor=cast.hr, user=cast.owner, title="=市场总监", employment="on_leave")
    actions.change_department(actor=cast.hr, department=cast.legal, parent=cast.marketing)
    role = cast.legal.roles.get(role="guest")
    actions.change_grant(actor=cast.hr, role=role, codename="enter_rooms", granted=False)
    page = it.get(LIST).content.decode()
    assert "title: — → =市场总监" in page
    assert "employment: Active → On long leave" in page
    assert "parent: — → Marketing" in page
    assert "allowed: yes → no" in page
    assert "Enter the department’s rooms" in page or "Enter the department&#x27;s rooms" in page


def test_what_narrows_the_list(cast: Cast, it: Browser, other_browser: Browser) -> None:
    actions.change_user(actor=cast.hr, user=cast.owner, title="市场总监")
    changed = Record.objects.latest("pk")
    rooms.archive_room(actor=cast.owner, room=cast.launch)
    other_browser.force_login(cast.member)
    response = other_browser.post(f"/rooms/{cast.launch.pk}/members/{cast.owner.pk}/remove/")
    denied = Record.objects.latest("pk")
    assert found(it, "by=Min+Zhao") == [changed]
    assert denied in found(it, "about=Lei+Li")
    assert {record.kind for record in found(it, "what=rooms.room.archived")} == {"rooms.room.archived"}
    assert found(it, "refused=yes") == [denied]
    assert denied not in found(it, "refused=no")
    assert found(it, f"q={response['X-Request-Id']}") == [denied]
    assert found(it, f"department__id__exact={cast.legal.pk}&what=people.department.created")
    assert found(it, "since=2999-01-01") == []
    assert found(it, "until=2001-01-01") == []
    assert changed in found(it, "since=2001-01-01&until=2999-01-01")


def test_a_day_that_is_none(cast: Cast, it: Browser) -> None:
    assert it.get(f"{LIST}?since=soon").status_code == 302
    assert it.get(f"{LIST}export/?since=soon").status_code == 302


def test_it_is_taken_along_as_it_is_filtered(cast: Cast, it: Browser) -> None:
    actions.change_user(actor=cast.hr, user=cast.owner, title="=HYPERLINK(1)", phone="+86 138")
    heading, *rows = exported(it, "what=people.user.changed&by=Min+Zhao")
    assert heading[:4] == ["when", "by whom", "what", "about whom"]
    assert [row[1:4] for row in rows] == [["Min Zhao", "Person changed", "Lei Li"]]
    assert rows[0][8] == "phone: +86 138; title: =HYPERLINK(1)"


def test_no_cell_is_a_formula(cast: Cast, it: Browser) -> None:
    actions.change_user(actor=cast.superuser, user=cast.hr, english_name="=1+1")
    rows = exported(it, "what=people.user.changed&about=%3D1")
    assert [row[3] for row in rows[1:]] == ["'=1+1"]


def test_a_long_list_costs_no_more(cast: Cast, it: Browser) -> None:
    for number in range(30):
        actions.change_department(actor=cast.hr, department=cast.legal, name=f"法务{number}")
        actions.change_user(actor=cast.hr, user=cast.owner, title=f"{number}")
        actions.change_department(
            actor=cast.hr, department=cast.legal, parent=(cast.marketing, cast.research)[number % 2]
        )
    with assert_queries("admin.audit/record"):
        it.get(LIST)
    with assert_queries("admin.audit/record export"):
        exported(it)


def test_what_is_gone_is_named_by_its_number(cast: Cast, it: Browser) -> None:
    Record.objects.create(at=clock.now(), kind="people.user.changed", person_id=10**9)
    assert "#1000000000" in it.get(LIST).content.decode()


def test_there_are_words_for_every_kind() -> None:
    """Kinds stand in the sources as they are; what the audit leaves out needs none."""
    published: set[str] = set()
    for app in ("intranet", "chat"):
        for path in (ROOT / app).rglob("*.py"):
            published |= set(re.findall(r'publish\(\s*"((?:people|rooms)\.[a-z_.]+)"', path.read_text()))
    assert len(published) > 10
    assert {kind for kind in published if not kind.startswith(REPEATED)} <= KINDS.keys()
