"""What must be fetched anew is, until that succeeds, and does not undo what the socket said meanwhile."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.e2e import company
from tests.e2e.company import Scene
from tests.e2e.conftest import OpenWindow
from tests.e2e.window import Held
from tests.live import Web

pytestmark = [pytest.mark.browser, pytest.mark.processes]


def test_a_list_that_could_not_be_fetched_is_asked_for_again(
    window: OpenWindow, at: Scene, site: Web
) -> None:
    """More often than there were reasons to ask."""
    lilei = window(at.lilei).enter(at.address)
    failed: list[str] = []

    def fail(route: Route) -> None:
        if len(failed) == 3:
            return route.fallback()
        failed.append(route.request.url)
        return route.abort()

    lilei.page.route("**/rooms/sidebar/*", fail)
    another = site.call(company.open_room, at, "Another")
    expect(lilei.row(another)).to_be_attached()
    assert len(failed) == 3


def test_a_list_that_comes_late_leaves_the_badges_true(window: OpenWindow, at: Scene, site: Web) -> None:
    lilei = window(at.lilei)
    late = Held(lilei, "**/rooms/sidebar/*")
    lilei.enter("/rooms/")
    another = site.call(company.open_room, at, "Another")
    late.wait()
    site.call(company.say, at.room, at.hanmeimei.pk, "1", "2")
    expect(lilei.badge(at.room)).to_have_text("2")
    lilei.page.route("**/rooms/sidebar/*", _abort)
    late.release()
    expect(lilei.row(another)).to_be_attached()
    expect(lilei.badge(at.room)).to_have_text("2")
    assert lilei.page.title().startswith("(2) ")


def test_a_room_that_was_archived_offers_no_composer_though_its_page_failed(
    window: OpenWindow, at: Scene, site: Web
) -> None:
    lilei = window(at.lilei).enter(at.address)
    lilei.page.route(f"**{at.address}", _abort)
    with lilei.page.expect_event("requestfailed", lambda request: request.url.endswith(at.address)):
        site.call(company.archive, at.room, at.lilei.pk)
    expect(lilei.field).to_be_visible()
    lilei.page.unroute(f"**{at.address}", _abort)
    expect(lilei.field).to_have_count(0)


def _abort(route: Route) -> None:
    route.abort()
