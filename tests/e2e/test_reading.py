"""Badges tell the truth on every device, a line marks where the new begins, and nothing one reads moves."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from tests.e2e import company
from tests.e2e.company import Scene
from tests.e2e.conftest import OpenWindow
from tests.e2e.window import Window
from tests.live import Web, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.processes]
LINES = [f"Line {number}" for number in range(1, 121)]
TOLERANCE = 1.5  # pixels


@pytest.fixture
def ids(at: Scene, site: Web) -> list[int]:
    """120 messages of which 李雷 has read 70."""
    said = site.call(company.say, at.room, at.hanmeimei.pk, *LINES)
    site.call(company.read_up_to, at.room, at.lilei.pk, 70)
    return said


def test_badges_on_every_device(window: OpenWindow, at: Scene, site: Web) -> None:
    desk, phone = window(at.lilei).enter("/rooms/"), window(at.lilei).enter(f"/rooms/{at.quiet}/")
    site.call(company.say, at.room, at.hanmeimei.pk, "1", "2", "@李雷 3")
    for each in (desk, phone):
        expect(each.badge(at.room)).to_have_text("@1")
        assert each.page.title().startswith("(3) ")
    desk.go(at.address)
    for each in (desk, phone):
        expect(each.badge(at.room)).to_have_count(0)
    wait_for(lambda: site.call(company.pointer, at.room, at.lilei.pk) == 3)
    desk.go("/rooms/")
    site.call(company.say, at.room, at.hanmeimei.pk, "4", "5")
    for each in (desk, phone):
        expect(each.badge(at.room)).to_have_text("2")


def test_a_page_without_the_list_counts_as_the_others_do(window: OpenWindow, at: Scene, site: Web) -> None:
    people, rooms = window(at.lilei).enter("/people/"), window(at.lilei).enter("/rooms/")
    site.call(company.say, at.room, at.hanmeimei.pk, "@李雷 1", "@李雷 2")
    for each in (people, rooms):
        expect(each.page.locator("#rail-mentions")).to_have_text("2")
    people.go("/settings/")
    expect(people.page.locator("#rail-mentions")).to_have_text("2")
    rooms.go(at.address)
    expect(people.page.locator("#rail-mentions")).to_be_hidden()


def test_what_one_sends_from_another_device_is_read(window: OpenWindow, at: Scene, site: Web) -> None:
    site.call(company.say, at.room, at.hanmeimei.pk, "1", "2")
    desk, phone = window(at.lilei).enter("/rooms/"), window(at.lilei).enter("/rooms/")
    expect(phone.badge(at.room)).to_have_text("2")
    desk.enter(at.address).write("Seen, thanks")
    expect(phone.badge(at.room)).to_have_count(0)


def test_the_line_stands_where_the_new_begins(window: OpenWindow, at: Scene, ids: list[int]) -> None:
    lilei = window(at.lilei).enter(at.address)
    lilei.shows("Line 120")
    lilei.page.locator('[data-command="jump-unread"]').click()
    line = lilei.page.locator("#unread")
    expect(line).to_be_in_viewport()
    expect(line).to_contain_text("50")
    assert lilei.page.evaluate("() => document.querySelector('#unread').nextElementSibling.id") == (
        f"message-{ids[70]}"
    )
    lilei.page.locator('[data-command="jump-latest"]').click()
    expect(lilei.page.locator(f"#message-{ids[-1]}")).to_be_in_viewport()


def test_the_line_stays_while_one_reads_and_is_gone_the_next_time(
    window: OpenWindow, at: Scene, site: Web, ids: list[int]
) -> None:
    lilei = window(at.lilei).enter(at.address)
    wait_for(lambda: site.call(company.pointer, at.room, at.lilei.pk) == 120)
    expect(lilei.page.locator("#unread")).to_have_count(1)
    lilei.enter(at.address)
    lilei.shows("Line 120")
    expect(lilei.page.locator("#unread")).to_have_count(0)


def test_what_one_reads_does_not_move_when_older_messages_come(
    window: OpenWindow, at: Scene, ids: list[int]
) -> None:
    lilei = window(at.lilei).enter(at.address)
    lilei.settle()
    first = int(lilei.messages.first.get_attribute("data-message") or 0)
    assert first == ids[70]
    lilei.log.evaluate("log => (log.scrollTop = log.clientHeight - log.scrollHeight + 200)")
    before = lilei.top_of(first)
    expect(lilei.page.locator(f"#message-{ids[30]}")).to_be_attached()
    lilei.settle()
    assert abs(lilei.top_of(first) - before) < TOLERANCE


def test_what_one_reads_does_not_move_when_new_messages_come(
    window: OpenWindow, at: Scene, site: Web, ids: list[int]
) -> None:
    lilei = window(at.lilei).enter(at.address)
    lilei.settle()
    lilei.log.evaluate("log => (log.scrollTop = -700)")
    lilei.settle()
    reading = _on_screen(lilei)
    before = lilei.top_of(reading)
    site.call(company.say, at.room, at.hanmeimei.pk, "new 1", "new 2\n\nof more\n\nlines", "new 3")
    lilei.shows("new 3")
    lilei.settle()
    assert abs(lilei.top_of(reading) - before) < TOLERANCE
    latest = lilei.page.locator('[data-command="jump-latest"]')
    expect(latest).to_contain_text("3")
    latest.click()
    expect(lilei.message("new 3")).to_be_in_viewport()
    expect(latest).to_be_hidden()


def test_at_the_bottom_the_new_comes_into_view(
    window: OpenWindow, at: Scene, site: Web, ids: list[int]
) -> None:
    lilei = window(at.lilei).enter(at.address)
    lilei.settle()
    site.call(company.say, at.room, at.hanmeimei.pk, "right here")
    lilei.shows("right here")
    expect(lilei.message("right here")).to_be_in_viewport()
    wait_for(lambda: site.call(company.pointer, at.room, at.lilei.pk) == 121)


def test_what_comes_while_one_reads_the_old_stays_unread(
    window: OpenWindow, at: Scene, site: Web, ids: list[int]
) -> None:
    desk, phone = window(at.lilei).enter(at.address), window(at.lilei).enter("/rooms/")
    wait_for(lambda: site.call(company.pointer, at.room, at.lilei.pk) == 120)
    desk.log.evaluate("log => (log.scrollTop = -700)")
    desk.settle()
    site.call(company.say, at.room, at.hanmeimei.pk, "unseen")
    expect(phone.badge(at.room)).to_have_text("1")
    desk.shows("unseen")
    assert site.call(company.pointer, at.room, at.lilei.pk) == 120


def test_a_flood_is_read_in_few_words(window: OpenWindow, at: Scene, site: Web) -> None:
    """The server takes 20 frames a second, and closes on whoever goes on and on."""
    lilei, phone = window(at.lilei), window(at.lilei).enter(f"/rooms/{at.quiet}/")
    reads: list[str] = []
    lilei.page.on("websocket", lambda socket: socket.on("framesent", lambda text: _note_read(reads, text)))
    lilei.enter(at.address)
    began = time.monotonic()
    site.call(company.say, at.room, at.hanmeimei.pk, *LINES)
    lilei.shows("Line 120")
    wait_for(lambda: site.call(company.pointer, at.room, at.lilei.pk) == 120)
    lilei.settle()
    assert 1 <= len(reads) <= time.monotonic() - began + 2
    for each in (lilei, phone):
        expect(each.badge(at.room)).to_have_count(0)


def _note_read(reads: list[str], text: object) -> None:
    if '"read"' in str(text):
        reads.append(str(text))


def test_what_was_read_last_is_told_on_leaving(window: OpenWindow, at: Scene, site: Web) -> None:
    lilei = window(at.lilei).enter(at.address)
    site.call(company.say, at.room, at.hanmeimei.pk, "First")
    wait_for(lambda: site.call(company.pointer, at.room, at.lilei.pk) == 1)
    lilei.page.evaluate(
        """() => {
          const now = performance.now();
          performance.now = () => now;
          window.setTimeout = () => 0;
        }"""
    )
    site.call(company.say, at.room, at.hanmeimei.pk, "Second", "Third")
    lilei.shows("Third")
    lilei.settle()
    lilei.go("/settings/")
    wait_for(lambda: site.call(company.pointer, at.room, at.lilei.pk) == 3)


def test_all_of_a_long_conversation_can_be_read(window: OpenWindow, at: Scene, ids: list[int]) -> None:
    lilei = window(at.lilei).enter(f"{at.address}?at=60")
    for edge, bottom in ((ids[0], False), (ids[-1], True)):
        _scroll_until(lilei, edge, bottom=bottom)
    numbers = lilei.messages.evaluate_all("all => all.map(each => Number(each.dataset.number))")
    assert numbers == list(range(1, 121))


def _scroll_until(window: Window, message: int, *, bottom: bool) -> None:
    def scrolled() -> bool:
        window.log.evaluate("(log, down) => log.scrollBy(0, down ? 400 : -400)", bottom)
        return window.page.locator(f"#message-{message}").count() == 1

    wait_for(scrolled)


def _on_screen(window: Window) -> int:
    """The first message that can be read in full."""
    found = window.messages.evaluate_all(
        """all => {
          const top = document.querySelector("[role=log]").getBoundingClientRect().top;
          return all.find(each => each.getBoundingClientRect().top >= top).dataset.message;
        }"""
    )
    return int(found)
