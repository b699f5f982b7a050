"""What a page missed, or could not say, is made up for, and words that nobody takes any more stay."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, WebSocketRoute, expect

from tests.e2e import company
from tests.e2e.company import Scene
from tests.e2e.conftest import OpenWindow
from tests.e2e.window import Window
from tests.live import Web, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.processes]
TOO_MANY = [f"Missed {number}" for number in range(1, 506)]


def test_a_room_that_was_reset_while_its_page_failed_comes_back(
    window: OpenWindow, at: Scene, site: Web
) -> None:
    lilei = window(at.lilei)
    lilei.page.route_web_socket("**/ws/", _without(from_server=lambda text: "Missed" in text))
    lilei.enter(at.address)
    lilei.page.route(f"**{at.address}", _abort)
    with lilei.page.expect_event("requestfailed"):
        site.call(company.say, at.room, at.hanmeimei.pk, *TOO_MANY, "And this")
    lilei.page.unroute(f"**{at.address}", _abort)
    lilei.shows("And this")
    lilei.shows("Missed 505")
    site.call(company.say, at.room, at.hanmeimei.pk, "Live again")
    lilei.shows("Live again")


def test_a_read_that_got_lost_is_sent_again(window: OpenWindow, at: Scene, site: Web) -> None:
    lilei = window(at.lilei)
    sockets: list[WebSocketRoute] = []
    pass_on = _without(from_page=lambda text: '"read"' in text and len(sockets) == 1)

    def connect(socket: WebSocketRoute) -> None:
        sockets.append(socket)
        pass_on(socket)

    lilei.page.route_web_socket("**/ws/", connect)
    lilei.enter(at.address)
    site.call(company.say, at.room, at.hanmeimei.pk, "Read this")
    lilei.shows("Read this")
    expect(lilei.badge(at.room)).to_have_count(0)
    assert site.call(company.pointer, at.room, at.lilei.pk) == 0
    sockets[0].close(code=1012)
    expect(lilei.page.locator("html[data-live]")).to_be_attached()

    def is_read() -> bool:
        lilei.settle()
        return site.call(company.pointer, at.room, at.lilei.pk) == 1

    wait_for(is_read)


def test_a_line_stands_before_what_came_while_nobody_was_reading(
    window: OpenWindow, at: Scene, site: Web
) -> None:
    lilei = window(at.lilei).enter(at.address)
    site.call(company.say, at.room, at.hanmeimei.pk, "Seen")
    lilei.shows("Seen")
    wait_for(lambda: site.call(company.pointer, at.room, at.lilei.pk) == 1)
    line = lilei.page.locator("#unread")
    expect(line).to_have_count(0)
    lilei.page.evaluate("() => (document.hasFocus = () => false)")
    first, _ = site.call(company.say, at.room, at.hanmeimei.pk, "While away", "And more")
    lilei.shows("And more")
    expect(line).to_contain_text("2")
    assert line.evaluate("line => line.nextElementSibling.id") == f"message-{first}"
    lilei.page.evaluate("() => { delete document.hasFocus; dispatchEvent(new Event('focus')); }")
    wait_for(lambda: site.call(company.pointer, at.room, at.lilei.pk) == 3)
    expect(line).to_have_count(1)
    lilei.write("An answer")
    expect(line).to_have_count(0)


def test_words_for_a_room_that_was_archived_stay_in_sight(window: OpenWindow, at: Scene, site: Web) -> None:
    lilei = window(at.lilei).enter(at.address)
    lilei.page.route("**/messages/", _abort_post)
    lilei.write("Too late")
    lilei.field.fill("Half a sent")
    site.call(company.archive, at.room, at.lilei.pk)
    kept = lilei.page.locator("kept-draft textarea")
    expect(kept).to_have_value("Half a sent")
    lilei.page.unroute("**/messages/", _abort_post)
    lilei.page.reload()
    pending = lilei.log.locator(".pending")
    expect(pending).to_contain_text("Too late")
    expect(pending.locator(".failed")).to_be_visible()
    expect(kept).to_have_value("Half a sent")
    lilei.go(f"/rooms/{at.quiet}/")
    notice = lilei.page.locator("#notices .unsent")
    expect(notice).to_contain_text("Too late")
    notice.get_by_role("link").click()
    expect(pending).to_contain_text("Too late")
    pending.locator('[data-command="remove"]').click()
    lilei.go(f"/rooms/{at.quiet}/")
    expect(lilei.field).to_be_visible()
    expect(notice).to_have_count(0)


def test_words_for_a_room_that_is_closed_to_one_stay_in_sight(
    window: OpenWindow, at: Scene, site: Web
) -> None:
    hanmeimei = window(at.hanmeimei).enter(at.address)
    hanmeimei.field.fill("Half a sent")
    site.call(company.remove, at.room, at.lilei.pk, at.hanmeimei.pk)
    hanmeimei.page.wait_for_url("**/rooms/")
    notice = hanmeimei.page.locator("#notices .unsent")
    expect(notice).to_contain_text("Half a sent")
    expect(notice.get_by_role("link")).to_have_count(0)
    notice.locator('[data-command="remove-unsent"]').click()
    hanmeimei.page.reload()
    expect(hanmeimei.row(at.quiet)).to_be_visible()
    expect(notice).to_have_count(0)


def test_an_edit_that_cannot_begin_says_so(window: OpenWindow, at: Scene, site: Web) -> None:
    site.call(company.say, at.room, at.lilei.pk, "Mine")
    lilei = window(at.lilei).enter(at.address)
    lilei.page.route("**/edit/", _abort)
    lilei.field.press("ArrowUp")
    warning = lilei.page.locator("#notices [data-warning]")
    expect(warning).to_be_visible()
    warning.get_by_role("button").click()
    expect(warning).to_have_count(0)


def test_archived_rooms_are_folded_and_found(window: OpenWindow, at: Scene, site: Web) -> None:
    site.call(company.say, at.quiet, at.lilei.pk, "Unread when it closed")
    site.call(company.archive, at.quiet, at.lilei.pk)
    hanmeimei = window(at.hanmeimei).enter(at.address)
    section = hanmeimei.page.locator("#section-archived")
    expect(section).not_to_have_attribute("open", "")
    expect(hanmeimei.row(at.quiet)).to_be_hidden()
    expect(hanmeimei.badge(at.quiet)).to_have_count(0)
    section.locator("summary").click()
    expect(hanmeimei.row(at.quiet)).to_be_visible()
    hanmeimei.page.reload()
    expect(hanmeimei.row(at.quiet)).to_be_visible()
    _jump_to(hanmeimei, at.quiet)


def _jump_to(window: Window, room: int) -> None:
    window.page.keyboard.press("Control+k")
    expect(window.page.locator(f'#jump a[data-room="{room}"]')).to_be_visible()


def _without(
    *,
    from_server: Callable[[str], bool] = lambda _: False,
    from_page: Callable[[str], bool] = lambda _: False,
) -> Callable[[WebSocketRoute], None]:
    """A line on which some frames get lost."""

    def route(page: WebSocketRoute) -> None:
        server = page.connect_to_server()
        server.on_message(lambda text: None if from_server(str(text)) else page.send(text))
        page.on_message(lambda text: None if from_page(str(text)) else server.send(text))

    return route


def _abort(route: Route) -> None:
    route.abort()


def _abort_post(route: Route) -> None:
    if route.request.method == "POST":
        route.abort()
    else:
        route.fallback()
