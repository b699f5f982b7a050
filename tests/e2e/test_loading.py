"""What happens while a part of the conversation is on its way is true in the end, whatever arrives first."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.e2e import company
from tests.e2e.company import Scene
from tests.e2e.conftest import OpenWindow
from tests.e2e.window import Held, Window
from tests.live import Web, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.processes]
LINES = [f"Line {number}" for number in range(1, 121)]


@pytest.fixture
def ids(at: Scene, site: Web) -> list[int]:
    """120 messages of which 李雷 has read 10."""
    said = site.call(company.say, at.room, at.hanmeimei.pk, *LINES)
    site.call(company.read_up_to, at.room, at.lilei.pk, 10)
    return said


def test_what_is_said_while_the_newer_is_loaded(
    window: OpenWindow, at: Scene, site: Web, ids: list[int]
) -> None:
    lilei = window(at.lilei)
    newer = Held(lilei, "**/messages/?after=*")
    lilei.enter(f"{at.address}?at=60")
    lilei.log.evaluate("log => (log.scrollTop = -300)")
    newer.wait()
    site.call(company.say, at.room, at.hanmeimei.pk, "Meanwhile")
    site.call(company.edit, ids[99], "Another hundred")
    site.call(company.delete, ids[100])
    _all_has_arrived(lilei, at, site)
    newer.release()
    lilei.shows("Meanwhile")
    lilei.shows("Another hundred")
    expect(lilei.page.locator(f"#message-{ids[100]}")).to_have_attribute("data-deleted", "")
    assert _numbers(lilei)[-1] == 122


def test_what_changes_while_the_older_is_loaded(
    window: OpenWindow, at: Scene, site: Web, ids: list[int]
) -> None:
    lilei = window(at.lilei)
    older = Held(lilei, "**/messages/?before=*")
    lilei.enter(at.address)
    lilei.log.evaluate("log => (log.scrollTop = -log.scrollHeight)")
    older.wait()
    site.call(company.edit, ids[40], "Another forty-first")
    site.call(company.delete, ids[41])
    _all_has_arrived(lilei, at, site)
    older.release()
    lilei.shows("Another forty-first")
    expect(lilei.page.locator(f"#message-{ids[41]}")).to_have_attribute("data-deleted", "")


def test_what_changes_on_the_way_to_the_unread(
    window: OpenWindow, at: Scene, site: Web, ids: list[int]
) -> None:
    lilei = window(at.lilei)
    around = Held(lilei, "**/messages/?around=*")
    lilei.enter(at.address)
    lilei.page.locator('[data-command="jump-unread"]').click()
    around.wait()
    site.call(company.edit, ids[11], "Another twelfth")
    site.call(company.delete, ids[12])
    _all_has_arrived(lilei, at, site)
    around.release()
    lilei.shows("Another twelfth")
    expect(lilei.page.locator(f"#message-{ids[12]}")).to_have_attribute("data-deleted", "")
    _read_to_the_end(lilei)
    assert _numbers(lilei) == list(range(1, 122))


def test_what_waits_to_be_sent_stays_on_the_way_to_the_unread(
    window: OpenWindow, at: Scene, site: Web, ids: list[int]
) -> None:
    lilei = window(at.lilei).enter(at.address)
    lilei.page.route("**/messages/", _cut)
    lilei.write("Waiting")
    pending = lilei.log.locator(".pending")
    expect(pending).to_contain_text("Waiting")
    lilei.page.locator('[data-command="jump-unread"]').click()
    expect(lilei.page.locator(f"#message-{ids[10]}")).to_be_in_viewport()
    expect(pending).to_contain_text("Waiting")
    lilei.page.unroute("**/messages/", _cut)
    expect(pending).to_have_count(0)
    _read_to_the_end(lilei)
    lilei.shows("Waiting")
    assert _numbers(lilei) == list(range(1, 122))


def _cut(route: Route) -> None:
    route.abort()


def _all_has_arrived(window: Window, at: Scene, site: Web) -> None:
    """Frames of a room come in order: what was before this one has come."""
    with window.page.expect_event("console", lambda said: said.text == "arrived"):
        window.page.evaluate(
            """() => document.addEventListener("live:fragment", ({ detail }) => {
              if (detail.html.includes("The last of it")) console.log("arrived");
            })"""
        )
        site.call(company.say, at.room, at.hanmeimei.pk, "The last of it")


def _read_to_the_end(window: Window) -> None:
    def scrolled() -> bool:
        window.log.evaluate("log => log.scrollBy(0, 400)")
        return window.page.locator("message-log:not([data-newer])").count() == 1

    wait_for(scrolled)
    window.log.evaluate("log => (log.scrollTop = -log.scrollHeight)")
    expect(window.page.locator("message-log:not([data-older])")).to_be_attached()


def _numbers(window: Window) -> list[int]:
    found: list[int] = window.messages.evaluate_all("all => all.map(each => Number(each.dataset.number))")
    return found
