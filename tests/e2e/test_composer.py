from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e import company
from tests.e2e.company import Scene
from tests.e2e.conftest import OpenWindow
from tests.live import Web

pytestmark = [pytest.mark.browser, pytest.mark.processes]


def test_enter_sends_and_shift_enter_breaks_the_line(window: OpenWindow, at: Scene, site: Web) -> None:
    lilei = window(at.lilei).enter(at.address)
    lilei.field.press_sequentially("one")
    lilei.field.press("Shift+Enter")
    lilei.field.press_sequentially("two")
    expect(lilei.field).to_have_value("one\ntwo")
    lilei.field.press("Enter")
    expect(lilei.field).to_have_value("")
    lilei.shows("two")
    assert site.call(company.sources, at.room) == ["one\ntwo"]


def test_nothing_is_not_sent(window: OpenWindow, at: Scene) -> None:
    lilei = window(at.lilei).enter(at.address)
    lilei.field.press("Enter")
    lilei.write("   ")
    lilei.write("something")
    lilei.shows("something")
    assert lilei.bodies() == ["something"]


def test_enter_chooses_what_an_input_method_offers(window: OpenWindow, at: Scene, site: Web) -> None:
    """While Chinese is being composed, Enter belongs to the input method."""
    lilei = window(at.lilei).enter(at.address)
    lilei.field.focus()
    devtools = lilei.context.new_cdp_session(lilei.page)
    devtools.send("Input.imeSetComposition", {"text": "nihao", "selectionStart": 5, "selectionEnd": 5})
    for kind in ("rawKeyDown", "keyUp"):
        pressed = {"type": kind, "key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229}
        devtools.send("Input.dispatchKeyEvent", pressed)
    lilei.field.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    devtools.send("Input.insertText", {"text": "你好"})
    expect(lilei.field).to_have_value("你好")
    expect(lilei.log.locator(".message")).to_have_count(0)
    lilei.field.press("Enter")
    lilei.shows("你好")
    assert site.call(company.sources, at.room) == ["你好"]


def test_buttons_put_in_what_they_say(window: OpenWindow, at: Scene) -> None:
    lilei = window(at.lilei).enter(at.address)
    sources = {"bold": "**x**", "italic": "*x*", "code": "`x`", "link": "[x](https://)", "list": "- x"}
    for button, source in sources.items():
        lilei.field.fill("")
        lilei.page.locator(f'[data-format="{button}"]').click()
        lilei.field.press_sequentially("x")
        expect(lilei.field).to_have_value(source)


@pytest.mark.parametrize(("locale", "name"), [("zh-hans", "消息"), ("en", "Message")])
def test_it_has_its_name(window: OpenWindow, site: Web, locale: str, name: str) -> None:
    at = site.call(company.scene, locale=locale)
    lilei = window(at.lilei).enter(at.address)
    lilei.page.get_by_role("textbox", name=name, exact=True).fill("Hello")
    lilei.page.get_by_role("textbox", name=name, exact=True).press("Enter")
    expect(lilei.page.get_by_role("log").locator("[data-message]")).to_contain_text("Hello")


def test_who_is_writing_is_told_until_it_arrives(window: OpenWindow, at: Scene) -> None:
    lilei, hanmeimei = window(at.lilei).enter(at.address), window(at.hanmeimei).enter(at.address)
    hanmeimei.field.press_sequentially("I am")
    line = lilei.page.locator("#typing.shown")
    expect(line).to_contain_text("韩梅梅")
    expect(hanmeimei.page.locator("#typing.shown")).to_have_count(0)
    hanmeimei.field.press("Enter")
    lilei.shows("I am")
    expect(line).to_have_count(0)


def test_who_is_here_has_a_dot(window: OpenWindow, at: Scene) -> None:
    lilei = window(at.lilei).enter(f"{at.address}about/")
    dot = lilei.page.locator(f'#members [data-presence-user="{at.hanmeimei.pk}"]')
    expect(dot).to_have_attribute("data-presence", "off")
    hanmeimei = window(at.hanmeimei).enter(at.address)
    expect(dot).to_have_attribute("data-presence", "on")
    hanmeimei.page.close()
    expect(dot).to_have_attribute("data-presence", "off")
