"""What is sent arrives: without a connection, after a reload, after the session ended."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from tests.e2e import company
from tests.e2e.company import Scene
from tests.e2e.conftest import OpenWindow
from tests.live import Web

pytestmark = [pytest.mark.browser, pytest.mark.processes]
PASSWORD = "a quiet lamp 2026"
SENT_OFFLINE = ["one", "two", "three"]


def test_what_is_written_offline_arrives_in_order(window: OpenWindow, at: Scene, site: Web) -> None:
    lilei, hanmeimei = window(at.lilei).enter(at.address), window(at.hanmeimei).enter(at.address)
    lilei.context.set_offline(True)
    for text in SENT_OFFLINE:
        lilei.write(text)
    expect(lilei.log.locator(".pending")).to_have_count(3)
    hanmeimei.write("meanwhile")
    hanmeimei.shows("meanwhile")
    lilei.context.set_offline(False)
    for each in (lilei, hanmeimei):
        each.shows("three")
        each.shows("meanwhile")
        assert each.bodies() == ["meanwhile", *SENT_OFFLINE]
    expect(lilei.log.locator(".pending")).to_have_count(0)
    assert site.call(company.sources, at.room) == ["meanwhile", *SENT_OFFLINE]


def test_what_waits_survives_a_reload(window: OpenWindow, at: Scene, site: Web) -> None:
    lilei = window(at.lilei).enter(at.address)
    lilei.page.route("**/messages/", _cut)
    for text in SENT_OFFLINE:
        lilei.write(text)
    expect(lilei.log.locator(".pending")).to_have_count(3)
    lilei.page.reload()
    expect(lilei.log.locator(".pending")).to_have_count(3)
    assert lilei.bodies() == SENT_OFFLINE
    lilei.page.unroute("**/messages/", _cut)
    lilei.page.reload()
    for text in SENT_OFFLINE:
        lilei.shows(text)
    assert site.call(company.sources, at.room) == SENT_OFFLINE


def _cut(route: Route) -> None:
    if route.request.method == "POST":
        route.abort()
    else:
        route.fallback()


def test_what_is_typed_survives_a_reload(window: OpenWindow, at: Scene) -> None:
    lilei = window(at.lilei).enter(at.address)
    lilei.field.fill("Half a sent")
    lilei.page.reload()
    expect(lilei.field).to_have_value("Half a sent")
    lilei.go(f"/rooms/{at.quiet}/")
    expect(lilei.field).to_have_value("")


@pytest.mark.parametrize("sent", [False, True], ids=["still typing", "already sent"])
def test_a_session_that_ends_costs_no_text(window: OpenWindow, at: Scene, site: Web, sent: bool) -> None:
    lilei = window(at.lilei).enter(at.address)
    lilei.field.fill("Written before the session ended")
    site.call(company.give_password, at.lilei.pk, PASSWORD)
    notice = lilei.page.locator("#signed-out-notice")
    expect(notice).to_be_visible()
    if sent:
        lilei.field.press("Enter")
        expect(lilei.log.locator(".pending")).to_have_count(1)
    notice.get_by_role("link").click()
    lilei.page.locator("[name=login]").fill(at.lilei.username)
    lilei.page.locator("[name=password]").fill(PASSWORD)
    lilei.page.locator("[name=password]").press("Enter")
    lilei.page.wait_for_url(re.compile(re.escape(at.address)))
    if not sent:
        expect(lilei.field).to_have_value("Written before the session ended")
        lilei.field.press("Enter")
    lilei.shows("Written before the session ended")
    assert site.call(company.sources, at.room) == ["Written before the session ended"]


def test_what_the_server_refuses_comes_back_with_the_reason(window: OpenWindow, at: Scene) -> None:
    lilei = window(at.lilei).enter(at.address)
    too_long = "x" * 10_001
    lilei.write(too_long)
    expect(lilei.page.locator("#composer-error")).to_contain_text("10,000")
    expect(lilei.field).to_have_value(too_long)
    expect(lilei.log.locator(".message")).to_have_count(0)


def test_a_room_that_is_archived_while_one_writes(window: OpenWindow, at: Scene, site: Web) -> None:
    """The refusal stands beside what was written, until its writer takes it away."""
    lilei = window(at.lilei).enter(at.address)
    lilei.page.route("**/messages/", _cut)
    lilei.write("Too late")
    site.call(company.archive, at.room, at.lilei.pk)
    expect(lilei.field).to_have_count(0)
    expect(lilei.log.locator(".pending")).to_contain_text("Too late")


def test_nobody_else_on_this_device_sends_it(window: OpenWindow, at: Scene, site: Web) -> None:
    lilei = window(at.lilei).enter(at.address)
    lilei.page.route("**/messages/", _cut)
    lilei.write("For my eyes")
    lilei.field.fill("My draft")
    lilei.page.unroute("**/messages/", _cut)
    session = {"name": "session", "value": at.hanmeimei.session, "url": lilei.origin}
    lilei.context.clear_cookies()
    lilei.context.add_cookies([session])  # type: ignore[list-item]
    lilei.enter(at.address)
    assert lilei.bodies() == []
    expect(lilei.field).to_have_value("")
    lilei.write("I am somebody else")
    lilei.shows("I am somebody else")
    assert site.call(company.sources, at.room) == ["I am somebody else"]
