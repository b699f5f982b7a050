"""A page belongs to whoever opened it: when somebody else signs in, it stops, and nothing is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, WebSocketRoute, expect

from tests.e2e import company
from tests.e2e.company import Scene
from tests.e2e.conftest import OpenWindow
from tests.e2e.window import Window
from tests.live import Web
from tests.scenes import Person

pytestmark = [pytest.mark.browser, pytest.mark.processes]
SAID = {
    "zh-hans": "其他人在这个浏览器里登录了。你写的内容还在这台设备上。",
    "en": "Somebody else has signed in in this browser. What you wrote is kept on this device.",
}


@pytest.mark.parametrize("locale", ["zh-hans", "en"])
def test_a_page_that_comes_back_as_somebody_else_stops(window: OpenWindow, site: Web, locale: str) -> None:
    """Without any other page of theirs: the socket says whom it is taken for."""
    at = site.call(company.scene, locale=locale)
    lilei = window(at.lilei)
    sockets: list[WebSocketRoute] = []
    lilei.page.route_web_socket("**/ws/", lambda socket: _pass_on(sockets, socket))
    lilei.enter(at.address)
    lilei.page.route("**/messages/", _cut)
    lilei.write("Still to be sent")
    lilei.field.fill("Half a sent")
    _sign_in_beside(lilei, at.hanmeimei)
    sockets[0].close(code=1012)
    notice = lilei.page.locator("#taken-notice")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text(SAID[locale])
    lilei.page.unroute("**/messages/", _cut)
    lilei.page.evaluate("() => dispatchEvent(new Event('online'))")
    lilei.field.press("Enter")
    lilei.settle()
    expect(lilei.field).to_have_value("Half a sent")
    expect(lilei.page.locator("#offline-notice")).to_be_hidden()
    assert lilei.bodies() == ["Still to be sent"]
    assert site.call(company.sources, at.room) == []
    notice.get_by_role("link").click()
    expect(notice).to_be_hidden()
    expect(lilei.field).to_have_value("")
    _sign_in_beside(lilei, at.lilei)
    lilei.enter(at.address)
    expect(lilei.field).to_have_value("Half a sent")
    lilei.shows("Still to be sent")


def _pass_on(sockets: list[WebSocketRoute], socket: WebSocketRoute) -> None:
    sockets.append(socket)
    socket.connect_to_server()


def _cut(route: Route) -> None:
    route.abort()


def test_a_page_hears_of_another_one_of_somebody_else(window: OpenWindow, at: Scene, site: Web) -> None:
    """At once, before anything can be sent in their name."""
    lilei = window(at.lilei).enter(at.address)
    lilei.field.fill("In my own name")
    _sign_in_beside(lilei, at.hanmeimei)
    beside = lilei.another_tab()
    beside.goto(f"/rooms/{at.quiet}/")
    expect(lilei.page.locator("#taken-notice")).to_be_visible()
    lilei.field.press("Enter")
    lilei.page.locator(".star").click()
    lilei.settle()
    expect(lilei.field).to_have_value("In my own name")
    assert site.call(company.sources, at.room) == []
    assert not site.call(company.is_starred, at.room, at.hanmeimei.pk)


def _sign_in_beside(window: Window, person: Person) -> None:
    window.context.add_cookies([{"name": "session", "value": person.session, "url": window.origin}])
