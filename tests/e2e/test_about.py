"""Who looks at what a room is sees it change."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import WebSocketRoute, expect

from tests.e2e import company
from tests.e2e.company import Scene
from tests.e2e.conftest import OpenWindow
from tests.live import Web

pytestmark = [pytest.mark.browser, pytest.mark.processes]


def test_members_come_and_go(window: OpenWindow, at: Scene, site: Web) -> None:
    lilei = window(at.lilei).enter(f"{at.address}about/")
    hanmeimei = window(at.hanmeimei).enter(f"{at.address}about/")
    username = site.call(company.name_alike, at.room, at.lilei.pk, at.hanmeimei.pk)
    assert username
    for each in (lilei, hanmeimei):
        expect(each.page.locator("#members li")).to_have_count(3)
        expect(each.page.locator("#members h2")).to_contain_text("3")
    expect(lilei.page.locator("#members form").first).to_be_attached()
    expect(hanmeimei.page.locator("#members form")).to_have_count(0)
    site.call(company.remove, at.room, at.lilei.pk, at.hanmeimei.pk)
    expect(lilei.page.locator("#members li")).to_have_count(2)
    hanmeimei.page.wait_for_url("**/rooms/")


def test_what_was_missed_is_made_up_for(window: OpenWindow, at: Scene, site: Web) -> None:
    lilei = window(at.lilei)
    lines: list[WebSocketRoute] = []
    lilei.page.route_web_socket("**/ws/", lambda page: _deaf_to_events(lines, page))
    lilei.enter(f"{at.address}about/")
    site.call(company.name_alike, at.room, at.lilei.pk, at.hanmeimei.pk)
    expect(lilei.page.locator("#members li")).to_have_count(2)
    lines[0].send(json.dumps({"kind": "reset", "stream": f"room.{at.room}", "seq": 9}))
    expect(lilei.page.locator("#members li")).to_have_count(3)


def _deaf_to_events(lines: list[WebSocketRoute], page: WebSocketRoute) -> None:
    server = page.connect_to_server()
    server.on_message(lambda text: None if '"event"' in str(text) else page.send(text))
    page.on_message(server.send)
    lines.append(page)
