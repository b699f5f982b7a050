"""A person at a browser. Whatever the browser complains about is kept, and fails the test in the end."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import APIResponse, Browser, ConsoleMessage, Locator, Page, Route, expect

from tests.live import wait_for
from tests.scenes import Person

PATIENCE = 40_000  # milliseconds, for what must come; a busy machine takes its time
# What the browser says of a connection that a test cut, or of a refusal that the page shows in words.
EXPECTED = re.compile(
    r"ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_CONNECTION|WebSocket connection to .* failed"
    r"|Failed to load resource: the server responded"
)
NOTE_WHEN_LIVE = """
addEventListener("live:connected", () => (document.documentElement.dataset.live = ""), true);
addEventListener("live:lost", () => delete document.documentElement.dataset.live, true);
"""
COMPOSER = re.compile(r"^(消息|Message)$")


class Window:
    def __init__(self, chromium: Browser, origin: str, person: Person | None, **options: Any) -> None:
        self.origin = origin
        self.problems: list[str] = []
        self.context = chromium.new_context(base_url=origin, **options)
        self.context.set_default_timeout(PATIENCE)
        if person is not None:
            self.context.add_cookies([{"name": "session", "value": person.session, "url": origin}])
        self.page = self.another_tab()

    def another_tab(self) -> Page:
        page = self.context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        page.on("dialog", self._dialog)
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not EXPECTED.search(message.text):
            self.problems.append(f"console: {message.text} ({message.location.get('url')})")

    def _dialog(self, dialog: Any) -> None:
        self.problems.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def close(self) -> None:
        self.context.close()

    # --- In a room ----------------------------------------------------------------------------------------

    def go(self, address: str) -> Window:
        self.page.goto(address)
        return self

    def enter(self, address: str) -> Window:
        """Connected, too: what happens from now on arrives."""
        self.page.add_init_script(NOTE_WHEN_LIVE)
        self.go(address)
        expect(self.page.locator("html[data-live]")).to_be_attached(timeout=PATIENCE)
        return self

    @property
    def field(self) -> Locator:
        return self.page.get_by_role("textbox", name=COMPOSER)

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def messages(self) -> Locator:
        return self.log.locator("[data-message]")

    def message(self, text: str) -> Locator:
        return self.messages.filter(has_text=text)

    def write(self, text: str) -> None:
        self.field.fill(text)
        self.field.press("Enter")

    def bodies(self) -> list[str]:
        """What stands in the log, sent or on its way."""
        return [text.strip() for text in self.log.locator(".message .body").all_inner_texts()]

    def shows(self, text: str, *, times: int = 1) -> None:
        expect(self.message(text)).to_have_count(times)

    def row(self, room: int) -> Locator:
        return self.page.locator(f'#room-sections a[data-room="{room}"]')

    def badge(self, room: int) -> Locator:
        return self.row(room).locator(".badge")

    # --- Scrolling ------------------------------------------------------------------------------------------

    def top_of(self, message: int) -> float:
        """Where a message stands on the screen."""
        box = self.page.locator(f"#message-{message}").bounding_box()
        assert box is not None
        return box["y"]

    def settle(self) -> None:
        """Two frames after now, and nothing being loaded."""
        self.page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        expect(self.log).not_to_have_attribute("aria-busy", "true")


class Held:
    """An answer that the server has given and the page does not get yet."""

    def __init__(self, window: Window, pattern: str) -> None:
        self._page = window.page
        self._answers: list[tuple[Route, APIResponse]] = []
        self._is_released = False
        self._page.route(pattern, self._hold)

    def _hold(self, route: Route) -> None:
        if self._is_released:
            return route.fallback()
        return self._answers.append((route, route.fetch()))

    def wait(self) -> None:
        wait_for(lambda: self._page.evaluate("() => true") and self._answers)

    def release(self) -> None:
        self._is_released = True
        for route, answer in self._answers:
            route.fulfill(response=answer)
