from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.companies import databases
from tests.e2e.company import Scene, scene
from tests.e2e.window import PATIENCE, Window
from tests.live import Databases, Web, company
from tests.scenes import Person

__all__ = ["databases"]
OpenWindow = Callable[..., Window]
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]


@pytest.fixture(scope="session")
def site(databases: Databases) -> Iterator[Web]:
    """The product, running, for all browsers of this test process."""
    with company(databases, os.environ.get("REDIS_URL", "")) as live:
        web = live.web()
        others = [live.start("worker"), live.start("beat")] if live.redis_url else []
        live.ready(web, *others)
        yield web


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Stopped with its module: while it runs, its event loop keeps others from running in this thread."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def at(site: Web) -> Scene:
    return site.call(scene)


@pytest.fixture
def window(chromium: Browser, site: Web) -> Iterator[OpenWindow]:
    """Opens windows; at the end none of them may have had anything to complain about."""
    opened: list[Window] = []

    def open_window(person: Person | None = None, **options: Any) -> Window:
        opened.append(Window(chromium, f"http://127.0.0.1:{site.port}", person, **options))
        return opened[-1]

    yield open_window
    problems = [problem for each in opened for problem in each.problems]
    for each in opened:
        each.close()
    assert not problems
