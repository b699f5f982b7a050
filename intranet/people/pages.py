"""Pages of the administration that no table stands behind, and what its front page says needs attention."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise

from intranet.people.models import User
from intranet.verdicts import Verdict

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Page:
    route: str
    name: str
    label: str | Promise
    hint: str | Promise
    allowed: Callable[[User], Verdict]
    view: View
    on_front_page: bool

    @property
    def url(self) -> str:
        return reverse(f"admin:{self.name}")


@dataclass(frozen=True)
class Notice:
    """Something that HR or IT should look at: a sentence, and where to see to it."""

    sentence: str
    url: str


Watch = Callable[[User], Iterable[Notice]]
_pages: dict[str, Page] = {}
_watches: list[Watch] = []


def page(
    route: str,
    *,
    name: str,
    label: str | Promise,
    hint: str | Promise = "",
    allowed: Callable[[User], Verdict],
    on_front_page: bool = True,
) -> Callable[[View], View]:
    """Register a page below `/admin/`; whoever is not allowed is told so."""

    def register(view: View) -> View:
        _pages[name] = Page(route, name, label, hint, allowed, view, on_front_page)
        return view

    return register


def pages() -> tuple[Page, ...]:
    return tuple(_pages.values())


def pages_for(user: User) -> list[Page]:
    return [each for each in _pages.values() if each.on_front_page and each.allowed(user)]


def watches(watch: Watch) -> Watch:
    """Register what looks for things that need attention; it answers only with what its reader may see to."""
    _watches.append(watch)
    return watch


def attention(user: User) -> Iterator[Notice]:
    for watch in _watches:
        yield from watch(user)
