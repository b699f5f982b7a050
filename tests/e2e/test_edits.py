"""What one types into an edit stays until it is saved or given up, whatever becomes of the page."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Locator, WebSocketRoute, expect

from tests.e2e import company
from tests.e2e.company import Scene
from tests.e2e.conftest import OpenWindow
from tests.e2e.window import Window
from tests.live import Web

pytestmark = [pytest.mark.browser, pytest.mark.processes]
PASSWORD = "a quiet lamp 2026"
TYPED = "Much better words\n\nof two paragraphs"


def _begin(window: Window) -> Locator:
    """The field of an edit of one's own last message, with something typed into it."""
    window.field.press("ArrowUp")
    field = window.log.locator("form.edit textarea")
    field.fill(TYPED)
    return field


@pytest.fixture
def mine(at: Scene, site: Web) -> int:
    said: list[int] = site.call(company.say, at.room, at.lilei.pk, "My words")
    return said[0]


def test_it_survives_the_end_of_the_session(window: OpenWindow, at: Scene, site: Web, mine: int) -> None:
    lilei = window(at.lilei).enter(at.address)
    field = _begin(lilei)
    site.call(company.give_password, at.lilei.pk, PASSWORD)
    lilei.page.locator("#signed-out-notice a").click()
    lilei.page.locator("[name=login]").fill(at.lilei.username)
    lilei.page.locator("[name=password]").fill(PASSWORD)
    lilei.page.locator("[name=password]").press("Enter")
    lilei.page.wait_for_url(re.compile(re.escape(at.address)))
    expect(field).to_have_value(TYPED)
    field.press("Enter")
    lilei.shows("Much better words")
    expect(field).to_have_count(0)
    assert site.call(company.sources, at.room) == [TYPED]
    lilei.page.reload()
    _offers_the_saved_text(lilei, TYPED)


def test_it_survives_a_pane_that_is_drawn_anew(window: OpenWindow, at: Scene, site: Web, mine: int) -> None:
    lilei = window(at.lilei)
    sockets: list[WebSocketRoute] = []
    lilei.page.route_web_socket("**/ws/", lambda socket: _pass_on(sockets, socket))
    lilei.enter(at.address)
    field = _begin(lilei)
    lilei.log.evaluate("log => (log.dataset.former = '')")
    sockets[0].send(json.dumps({"kind": "reset", "stream": f"room.{at.room}", "seq": 0}))
    expect(lilei.page.locator("[role=log][data-former]")).to_have_count(0)
    expect(field).to_have_value(TYPED)
    expect(field).to_be_focused()
    field.press("Escape")
    expect(field).to_have_count(0)
    lilei.page.reload()
    _offers_the_saved_text(lilei, "My words")


def test_it_survives_a_visit_to_the_unread(window: OpenWindow, at: Scene, site: Web) -> None:
    site.call(company.say, at.room, at.hanmeimei.pk, *map(str, range(120)))
    site.call(company.say, at.room, at.lilei.pk, "My words")
    site.call(company.say, at.room, at.hanmeimei.pk, "After them")
    site.call(company.set_pointer, at.room, at.lilei.pk, 10)
    lilei = window(at.lilei).enter(at.address)
    field = _begin(lilei)
    lilei.page.locator('[data-command="jump-unread"]').click()
    expect(field).to_have_count(0)
    lilei.page.locator('[data-command="jump-latest"]').click()
    expect(field).to_have_value(TYPED)
    field.press("Enter")
    lilei.shows("Much better words")


def test_it_does_not_overwrite_what_was_saved_meanwhile(
    window: OpenWindow, at: Scene, site: Web, mine: int
) -> None:
    lilei = window(at.lilei).enter(at.address)
    field = _begin(lilei)
    lilei.go(f"/rooms/{at.quiet}/")
    site.call(company.edit, mine, "Words from the phone")
    lilei.enter(at.address)
    expect(field).to_have_value(TYPED)
    field.press("Enter")
    expect(lilei.log.locator("form.edit .error")).not_to_be_empty()
    assert site.call(company.sources, at.room) == ["Words from the phone"]
    field.press("Enter")
    lilei.shows("Much better words")


def test_it_is_kept_where_the_room_is_closed_to_one(window: OpenWindow, at: Scene, site: Web) -> None:
    site.call(company.say, at.room, at.hanmeimei.pk, "My words")
    hanmeimei = window(at.hanmeimei).enter(at.address)
    _begin(hanmeimei)
    site.call(company.remove, at.room, at.lilei.pk, at.hanmeimei.pk)
    hanmeimei.page.wait_for_url("**/rooms/")
    notice = hanmeimei.page.locator("#notices .unsent")
    expect(notice).to_contain_text("Much better words")
    expect(notice.locator("b")).not_to_be_empty()
    notice.locator('[data-command="remove-unsent"]').click()
    hanmeimei.page.reload()
    expect(hanmeimei.row(at.quiet)).to_be_visible()
    expect(notice).to_have_count(0)


def test_it_is_kept_where_nothing_can_be_changed_any_more(
    window: OpenWindow, at: Scene, site: Web, mine: int
) -> None:
    lilei = window(at.lilei).enter(at.address)
    _begin(lilei)
    site.call(company.archive, at.room, at.lilei.pk)
    lilei.page.reload()
    kept = lilei.log.locator(".pending")
    expect(kept).to_contain_text("Much better words")
    expect(kept.locator(".failed span")).not_to_be_empty()
    kept.locator('[data-command="remove"]').click()
    lilei.page.reload()
    lilei.shows("My words")
    expect(kept).to_have_count(0)


def _offers_the_saved_text(window: Window, text: str) -> None:
    window.shows(text.split("\n", maxsplit=1)[0])
    window.settle()
    expect(window.log.locator("form.edit")).to_have_count(0)
    window.field.press("ArrowUp")
    expect(window.log.locator("form.edit textarea")).to_have_value(text)


def _pass_on(sockets: list[WebSocketRoute], socket: WebSocketRoute) -> None:
    """Messages can be put in from outside."""
    server = socket.connect_to_server()
    server.on_message(socket.send)
    socket.on_message(server.send)
    sockets.append(socket)
