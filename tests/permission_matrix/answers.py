"""Asking one question of the matrix, without a trace: what the views write is rolled back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.test import Client

from intranet.events.models import Event
from tests.permission_matrix.addresses import Fields
from tests.permission_matrix.world import SAID, TOPIC

SIGN_IN = "/accounts/login/"


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def answer(browser: Callable[[], Client], method: str, address: str, fields: Fields) -> str:
    """What a page is answered, and for refusals what a script is told."""
    page, writes = _ask(browser(), method, address, fields, "text/html")
    if page.status_code in (301, 302):
        shown = _redirect(browser, method, address, fields, page["Location"].partition("?")[0])
    elif page.status_code == 403:
        shown = _told(browser, method, address, fields, 403)
    else:
        shown = str(page.status_code)
    return " ".join([shown, *_beyond(page, writes)])


def _beyond(page: Any, writes: bool) -> list[str]:
    """What the status does not tell."""
    text = page.content.decode(errors="replace") + str(page.headers)
    seen = {"writes": writes, "says": SAID in text, "names": TOPIC in text}
    return [word for word, is_so in seen.items() if is_so]


def _redirect(browser: Callable[[], Client], method: str, address: str, fields: Fields, target: str) -> str:
    if target == SIGN_IN and _told(browser, method, address, fields, 401) == "signed_out":
        return "sign-in"
    return "to " + re.sub(r"\d+", "N", target.partition("#")[0])


def _told(browser: Callable[[], Client], method: str, address: str, fields: Fields, status: int) -> str:
    """The reason, as scripts have it."""
    answered, _writes = _ask(browser(), method, address, fields, "application/json")
    if answered.status_code != status:
        return f"{answered.status_code} for scripts"
    return answered.json()["reason"]


def _ask(browser: Client, method: str, address: str, fields: Fields, accept: str) -> tuple[Any, bool]:
    headers = {"accept": accept}
    with undone():
        before = Event.objects.count()
        if method == "POST":
            answered = browser.post(address, fields, headers=headers)
        else:
            answered = browser.get(address, headers=headers)
        return answered, Event.objects.count() > before
