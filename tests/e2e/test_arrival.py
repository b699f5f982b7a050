"""A newcomer in a real browser, from the invitation to the first room."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e import company
from tests.e2e.company import Scene
from tests.e2e.conftest import OpenWindow
from tests.e2e.window import Window
from tests.live import Web

pytestmark = [pytest.mark.browser, pytest.mark.processes]
PASSWORD = "another quiet lamp"
PHONE = {"width": 360, "height": 740}


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_from_the_invitation_into_the_first_room(
    window: OpenWindow, at: Scene, site: Web, locale: str
) -> None:
    link = site.call(company.invite_newcomer, at.marketing, locale="en" if locale == "en-GB" else "zh-hans")
    newcomer = window(None, viewport=PHONE, locale=locale, timezone_id="Europe/Berlin").go(link)
    choose_password(newcomer, "1234")
    expect(newcomer.page.locator(".error").first).to_be_visible()
    choose_password(newcomer, PASSWORD)
    zone = newcomer.page.locator("[name=time_zone]")
    expect(zone).to_have_value("Europe/Berlin")
    expect(newcomer.page.locator("time-zone-guess .hint")).to_be_visible()
    zone.select_option("Asia/Tokyo")
    expect(newcomer.page.locator("time-zone-guess .hint")).to_be_hidden()
    next_step(newcomer)
    newcomer.page.locator("a[href='/welcome/']").click()
    expect(zone).to_have_value("Asia/Tokyo")
    next_step(newcomer)
    expect(newcomer.page.locator(".arrival li")).to_have_count(1)
    next_step(newcomer)
    expect(newcomer.field).to_be_visible()
    expect(newcomer.page.locator("html")).to_have_attribute("data-time-zone", "Asia/Tokyo")


def choose_password(newcomer: Window, password: str) -> None:
    newcomer.page.locator("[name=password]").fill(password)
    newcomer.page.locator("[name=again]").fill(password)
    next_step(newcomer)


def next_step(newcomer: Window) -> None:
    wider = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert newcomer.page.evaluate(wider) <= 0, f"{newcomer.page.url} scrolls sideways"
    newcomer.page.locator("main form button.primary").click()
