"""Rooms are found, asked for and joined while others look on."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e import company
from tests.e2e.company import Scene
from tests.e2e.conftest import OpenWindow
from tests.live import Web

pytestmark = [pytest.mark.browser, pytest.mark.processes]


def test_who_asks_is_seen_at_once_and_let_in(window: OpenWindow, at: Scene, site: Web) -> None:
    site.call(company.let_departments_join, at.room, at.lilei.pk)
    lilei = window(at.lilei).enter(f"{at.address}about/")
    lintao = window(at.lintao).enter("/rooms/")
    lintao.page.get_by_role("searchbox", name="群组的名称或主题").fill(site.call(company.name_of, at.room))
    row = lintao.page.locator(f"#found-{at.room}")
    row.get_by_role("button", name="申请加入").click()
    expect(row.get_by_text("已申请")).to_be_visible()
    request = lilei.page.locator("#requests").get_by_role("listitem").filter(has_text="林涛")
    request.get_by_role("button", name="同意").click()
    expect(lilei.page.locator("#members b").filter(has_text="林涛")).to_be_visible()
    expect(row.get_by_role("link", name="打开")).to_be_visible()
    row.get_by_role("link", name="打开").click()
    lintao.write("Here I am")
    lintao.shows("Here I am")


def test_on_a_phone_one_goes_from_the_list_to_all_rooms_and_back(window: OpenWindow, at: Scene) -> None:
    lilei = window(at.lilei, viewport={"width": 390, "height": 844}).enter("/rooms/")
    expect(lilei.row(at.room)).to_be_visible()
    expect(lilei.page.locator("#found")).to_be_hidden()
    lilei.page.get_by_role("button", name="新建群组或私信").click()
    lilei.page.locator("#new").get_by_role("link", name="找群组").click()
    expect(lilei.page.locator(f"#found-{at.room}")).to_be_visible()
    expect(lilei.row(at.room)).to_be_hidden()
    lilei.page.get_by_role("link", name="返回群组列表").click()
    expect(lilei.row(at.room)).to_be_visible()


def test_a_name_that_is_taken_warns_and_one_click_goes_on(window: OpenWindow, at: Scene, site: Web) -> None:
    lilei = window(at.lilei).enter("/rooms/")
    lilei.page.get_by_role("link", name="新建群组").click()
    dialog = lilei.page.locator("#dialog")
    dialog.get_by_label("名称", exact=True).fill(site.call(company.name_of, at.room))
    dialog.get_by_label(at.marketing).check()
    dialog.get_by_role("button", name="新建").click()
    expect(dialog.get_by_role("alert").get_by_role("link")).to_have_attribute("href", at.address)
    dialog.get_by_role("button", name="仍然创建").click()
    lilei.page.wait_for_url(lambda url: url.rstrip("/").rsplit("/", 1)[-1].isdigit())
    lilei.write("A room of its own")
    lilei.shows("A room of its own")
