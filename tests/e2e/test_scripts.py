"""Nothing that people type runs in anybody's browser: neither where the policy forbids it nor without one.

In each test one of the two reads without the policy, so that what is proved is the cleaning itself.
"""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from playwright.sync_api import Page, expect

from chat.text import check_source
from tests.e2e import company, payloads
from tests.e2e.company import Scene
from tests.e2e.conftest import OpenWindow
from tests.e2e.window import Window
from tests.live import Web
from tests.scenes import Person

pytestmark = [pytest.mark.browser, pytest.mark.processes]
WATCH = """
window.booms = [];
window.boom = () => window.booms.push(new Error().stack);
"""
FOREIGN = "script, iframe, object, embed, img, svg:not(.icon), style, link, form, input, base"
# Whatever can be pressed, pointed at or focussed may be what it waits for.
TOUCH = """
() => {
  const bait = ".message .body *, [href^='javascript'], [autofocus], [onfocus]";
  for (const each of document.querySelectorAll(bait)) {
    for (const kind of ["mouseover", "focus", "pointerenter", "animationstart", "toggle", "error", "load"])
      each.dispatchEvent(new Event(kind));
    if (each.matches("a") && !each.href.startsWith("http")) each.click();
  }
}
"""
ATTRIBUTES = """
() => [...document.querySelectorAll("*")].flatMap(({ attributes }) => [...attributes])
  .filter(({ name, value }) => /^on|^hx-on/i.test(name) || /^\\s*(javascript|vbscript):/i.test(value))
  .map(({ name, value, ownerElement }) => `${ownerElement.tagName} ${name}=${value}`)
"""


def sayable(payload: str) -> bool:
    try:
        check_source(payload)
    except ValidationError:
        return False
    return True


MESSAGES = list(filter(sayable, payloads.MESSAGES))


def test_there_are_enough_of_them() -> None:
    assert len(MESSAGES) >= 140
    assert len(payloads.NAMES) >= 60


@pytest.mark.parametrize("without_policy", [False, True])
def test_what_ran_would_be_seen(window: OpenWindow, at: Scene, without_policy: bool) -> None:
    """And the policy alone would have kept it from running."""
    lilei = _watched(window, at.lilei, at, bypass_csp=without_policy)
    lilei.page.evaluate("""() => {
      const image = document.createElement("div");
      image.innerHTML = "<img src='data:,' onerror='boom()'>";
      document.querySelector(".messages").append(image);
      return new Promise((done) => setTimeout(done, 200));
    }""")
    assert bool(lilei.page.evaluate("() => window.booms.length")) == without_policy
    assert lilei.page.evaluate(ATTRIBUTES) == ["IMG onerror=boom()"]
    refused = [problem for problem in lilei.problems if "Content Security Policy" in problem]
    assert bool(refused) != without_policy
    lilei.problems.clear()


def test_messages(window: OpenWindow, at: Scene, site: Web) -> None:
    """Typed, arriving live on the other side, edited, in the history, and as a page."""
    lilei, hanmeimei = _watched(window, at.lilei, at), _watched(window, at.hanmeimei, at, bypass_csp=True)
    for payload in MESSAGES[::12]:
        lilei.write(payload)
    site.call(company.say, at.room, at.lilei.pk, *MESSAGES)
    lilei.write("that was all")
    for each in (lilei, hanmeimei):
        each.shows("that was all")
        _nothing_ran(each.page)
    said = site.call(company.sources, at.room)
    assert len(said) == len(MESSAGES) + len(MESSAGES[::12]) + 1
    _edits_nothing_in(lilei, at)
    for address in (at.address, f"{at.address}?at=1", f"{at.address}?at=60", f"{at.address}?at=120"):
        hanmeimei.go(address)
        _nothing_ran(hanmeimei.page)


def _edits_nothing_in(lilei: Window, at: Scene) -> None:
    lilei.field.press("ArrowUp")
    form = lilei.log.locator("form.edit textarea")
    form.fill("</textarea><img src=x onerror=boom()>")
    form.press("Enter")
    expect(lilei.messages.last).to_have_attribute("data-edited", "")
    lilei.field.press("ArrowUp")
    expect(form).to_have_value("</textarea><img src=x onerror=boom()>")
    form.press("Escape")
    lilei.messages.last.hover()
    lilei.page.locator('.message-menu [data-command="history"]').click()
    lilei.page.locator("dialog[open] .revisions").wait_for()
    _nothing_ran(lilei.page)
    lilei.page.keyboard.press("Escape")


def test_names(window: OpenWindow, at: Scene, site: Web) -> None:
    """Of people, titles, departments, rooms and topics, on every page that shows them, in both languages."""
    hostile = site.call(company.name_everything, at, payloads.NAMES)
    lilei, hanmeimei = _watched(window, at.lilei, at, bypass_csp=True), _watched(window, at.hanmeimei, at)
    expect(lilei.page.locator(f'#room-sections a[data-room="{hostile[-1]}"]')).to_be_attached()
    for address in [
        "/rooms/",
        "/rooms/new/",
        "/rooms/direct/",
        f"/rooms/{hostile[0]}/about/",
        f"/rooms/{hostile[0]}/invite/",
        *(f"/rooms/{room}/" for room in hostile[:3]),
    ]:
        lilei.go(address)
        _nothing_ran(lilei.page)
    lilei.enter(f"/rooms/{hostile[0]}/")
    lilei.field.press_sequentially("@")
    _nothing_ran(lilei.page)
    lilei.page.keyboard.press("Escape")
    lilei.page.keyboard.press("Control+k")
    lilei.page.locator("#jump[open]").wait_for()
    _nothing_ran(lilei.page)
    hanmeimei.enter(f"/rooms/{hostile[0]}/")
    hanmeimei.field.press_sequentially("typing")
    expect(lilei.page.locator("#typing.shown")).to_be_attached()
    _nothing_ran(lilei.page)


def _watched(window: OpenWindow, person: Person, at: Scene, **options: bool) -> Window:
    watched = window(person, **options)
    watched.context.add_init_script(WATCH)
    return watched.enter(at.address)


def _nothing_ran(page: Page) -> None:
    page.evaluate(TOUCH)
    assert page.evaluate("() => window.booms") == []
    assert page.evaluate(ATTRIBUTES) == []
    assert page.locator(f".message .body :is({FOREIGN})").count() == 0
