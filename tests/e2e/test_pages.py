"""Every page in both languages, as wide as a desk and as narrow as a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e import company
from tests.e2e.company import Scene
from tests.e2e.conftest import OpenWindow
from tests.live import Web

pytestmark = [pytest.mark.browser, pytest.mark.processes]
SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1440, "height": 900}}
LONG = "averyveryverylongwordwithoutanyspace" * 8
MESSAGES = [
    LONG,
    "很长的一句话没有空格" * 30,
    f"```python\nprint('{LONG}')\n```",
    "|a|b|c|d|\n|-|-|-|-|\n|" + "|".join([LONG[:60]] * 4) + "|",
    f"https://example.com/{LONG}",
    "> said\n\n1. one\n2. two\n\n---\n\n# Big",
]
OUTSIDE = ("/accounts/login/", "/accounts/password/reset/", "/invitation/none/", "/nothing/here/")


@pytest.fixture(scope="module")
def scenes(site: Web) -> dict[str, Scene]:
    made = {locale: site.call(company.scene, locale=locale) for locale in ("zh-hans", "en")}
    for scene in made.values():
        site.call(company.say, scene.room, scene.hanmeimei.pk, *MESSAGES)
    return made


def pages(at: Scene) -> list[str]:
    about = [f"{at.address}{part}" for part in ("", "?at=1", "about/", "invite/")]
    own = [
        "/rooms/",
        "/rooms/sections/new/",
        "/rooms/?browse=on",
        "/rooms/new/",
        "/rooms/direct/",
        "/settings/",
        "/accounts/sessions/",
    ]
    return [*about, *own, "/accounts/password/change/", "/accounts/logout/", "/rooms/99999/"]


@pytest.mark.parametrize("locale", ["zh-hans", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_fits_and_complains_of_nothing(
    window: OpenWindow, scenes: dict[str, Scene], size: str, locale: str
) -> None:
    at = scenes[locale]
    inside = window(at.lilei, viewport=SIZES[size])
    outside = window(None, viewport=SIZES[size], locale="en" if locale == "en" else "zh-CN")
    language = "en" if locale == "en" else "zh-Hans"
    for visitor, addresses in ((inside, pages(at)), (outside, OUTSIDE)):
        for address in addresses:
            visitor.go(address)
            expect(visitor.page.locator("html")).to_have_attribute("lang", language)
            wider = visitor.page.evaluate(
                "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert wider <= 0, f"{address} is {wider} px too wide"
            assert visitor.page.title().strip(" ·"), address


def test_a_phone_shows_one_pane_at_a_time(window: OpenWindow, at: Scene) -> None:
    lilei = window(at.lilei, viewport=SIZES["phone"]).enter("/rooms/")
    lilei.row(at.room).click()
    expect(lilei.field).to_be_visible()
    expect(lilei.row(at.room)).to_be_hidden()
    lilei.write("From the train")
    lilei.shows("From the train")
    lilei.page.locator("a.back").click()
    expect(lilei.row(at.room)).to_be_visible()


def test_signing_in_and_out_through_the_pages(window: OpenWindow, at: Scene, site: Web) -> None:
    site.call(company.give_password, at.lilei.pk, "a quiet lamp 2026")
    lilei = window(None, locale="en").go(at.address)
    lilei.page.locator("[name=login]").fill(at.lilei.username)
    lilei.page.locator("[name=password]").fill("not this one")
    lilei.page.locator("[name=password]").press("Enter")
    expect(lilei.page.get_by_role("alert")).to_be_visible()
    expect(lilei.page.locator("[name=login]")).to_have_value(at.lilei.username)
    lilei.page.locator("[name=password]").fill("a quiet lamp 2026")
    lilei.page.locator("[name=password]").press("Enter")
    expect(lilei.field).to_be_visible()
    lilei.page.locator('.rail .foot button[popovertarget="me"]').click()
    lilei.page.locator('#me form[action$="/logout/"] button').click()
    expect(lilei.page.locator("[name=login]")).to_be_visible()


def test_a_room_is_made_in_a_dialog(window: OpenWindow, at: Scene) -> None:
    lilei = window(at.lilei).enter(at.address)
    lilei.page.locator('[popovertarget="new"]').click()
    lilei.page.locator('#new a[href="/rooms/new/"]').click()
    dialog = lilei.page.locator("dialog#dialog[open]")
    dialog.locator("[name=name]").fill("复盘")
    dialog.locator("[name=name]").press("Enter")
    expect(dialog.locator(".error")).to_have_count(1)
    expect(dialog.locator("[name=name]")).to_have_value("复盘")
    dialog.get_by_label(at.marketing).check()
    dialog.locator("form button[type=submit]").click()
    expect(lilei.page.get_by_role("heading", level=1)).to_contain_text("复盘")
