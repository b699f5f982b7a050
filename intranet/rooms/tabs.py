"""The registry of a room's tabs: every feature app adds its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from django.urls import reverse
from django.utils.functional import Promise

from intranet.rooms.models import Room


@dataclass(frozen=True)
class Tab:
    key: str
    label: str | Promise
    url_name: str
    position: int


class DrawnTab(TypedDict):
    key: str
    label: str
    url: str
    current: bool


_tabs: dict[str, Tab] = {}


def register(tab: Tab) -> None:
    _tabs[tab.key] = tab


def tabs(room: Room, *, current: str) -> list[DrawnTab]:
    return [
        DrawnTab(key=tab.key, label=str(tab.label), url=_url(tab, room), current=tab.key == current)
        for tab in _ordered()
    ]


def front_page(room: Room) -> str:
    """Where a room opens: its first tab."""
    return _url(_ordered()[0], room)


def _ordered() -> list[Tab]:
    return sorted(_tabs.values(), key=lambda tab: tab.position)


def _url(tab: Tab, room: Room) -> str:
    return reverse(tab.url_name, args=[room.pk])
