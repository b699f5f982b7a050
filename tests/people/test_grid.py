from __future__ import annotations

import pytest

from intranet.audit.models import Record
from intranet.people import actions
from intranet.people.permissions import declared, grants_of, grants_on
from tests.cast import Cast
from tests.conftest import Browser
from tests.query_counts import assert_queries

GRID = "/admin/people/grid/"


@pytest.fixture
def hr(cast: Cast, browser: Browser) -> Browser:
    actions.change_preferences(user=cast.hr, locale="en")
    browser.force_login(cast.hr)
    return browser


def save(browser: Browser, *, shown: set[str], held: set[str]) -> str:
    fields = {"shown": ",".join(sorted(shown)), "held": sorted(held)}
    return browser.post(GRID, fields, follow=True).content.decode()


def test_every_cell_is_on_the_page(cast: Cast, hr: Browser) -> None:
    blocks = hr.get(GRID).context["blocks"]
    shown = {box.value: box.held for block in blocks for row in block.rows for box in row.boxes}
    departments = (cast.marketing, cast.research, cast.legal)
    held = grants_on(departments)
    assert shown == {
        f"{department.pk} {role} {each.codename}": each.codename in held[department.pk, role]
        for department in departments
        for role in ("manager", "member", "guest")
        for each in declared()
    }
    assert any(shown.values())
    assert not all(shown.values())


def test_what_was_ticked_and_cleared_changes_and_nothing_else(cast: Cast, hr: Browser) -> None:
    taken, given = f"{cast.legal.pk} member create_rooms", f"{cast.legal.pk} guest invite_to_rooms"
    kept = f"{cast.legal.pk} guest enter_rooms"
    page = save(hr, shown={taken, kept}, held={given, kept})
    assert "2 permissions changed." in page
    held = grants_of(cast.legal)
    assert "create_rooms" not in held["member"]
    assert {"enter_rooms", "invite_to_rooms"} <= held["guest"]
    assert "manage_rooms" in held["manager"], "a cell that the page did not show stays"
    records = Record.objects.filter(kind="people.grant.changed", actor=cast.hr)
    assert {(record.data["role"], record.data["codename"], record.data["granted"]) for record in records} == {
        ("member", "create_rooms", False),
        ("guest", "invite_to_rooms", True),
    }


@pytest.mark.parametrize(
    "wrong",
    ["{legal} member fly", "{legal} emperor enter_rooms", "0 member enter_rooms", "x", "9" * 30 + " a b"],
)
def test_a_cell_that_is_none_changes_nothing(cast: Cast, hr: Browser, wrong: str) -> None:
    given = f"{cast.legal.pk} guest invite_to_rooms"
    response = hr.post(GRID, {"shown": "", "held": [given, wrong.format(legal=cast.legal.pk)]})
    assert response.status_code == 400
    assert "There is no such" in response.content.decode()
    assert "invite_to_rooms" not in grants_of(cast.legal)["guest"]


def test_it_looks_and_changes_nothing(cast: Cast, browser: Browser) -> None:
    browser.force_login(cast.it)
    assert 'type="checkbox"' not in browser.get(GRID).content.decode()
    given = f"{cast.legal.pk} guest invite_to_rooms"
    assert browser.post(GRID, {"shown": "", "held": [given]}).status_code == 403
    assert "invite_to_rooms" not in grants_of(cast.legal)["guest"]


@pytest.mark.parametrize("count", [1, 60])
def test_many_departments(cast: Cast, hr: Browser, count: int) -> None:
    for number in range(count):
        actions.create_department(actor=None, name=f"小组{number}", parent=cast.legal)
    with assert_queries("admin grid"):
        page = hr.get(GRID).content.decode()
    assert page.count('type="checkbox"') < 1000
    assert hr.get(f"{GRID}?page=2").status_code == 200
