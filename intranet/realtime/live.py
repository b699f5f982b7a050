"""How events look in a browser: the registry that every app's `live.py` fills, and the frames from it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from intranet.events.models import Event

Body = dict[str, Any]
Drawer = Callable[[Sequence[Event]], Mapping[int, Body]]

_drawers: dict[str, Drawer] = {}
_changes: dict[str, list[str]] = {}


@dataclass(frozen=True)
class Frame:
    """One event as it goes over the wire, the same text for everybody of one language."""

    stream: str
    seq: int
    kind: str
    text: str


def draws(*kinds: str) -> Callable[[Drawer], Drawer]:
    """Register who draws these kinds: all events of one batch at once, answered by event pk."""

    def register(drawer: Drawer) -> Drawer:
        for kind in kinds:
            _drawers[kind] = drawer
        return drawer

    return register


def changes(kind: str, *parts: str) -> None:
    """Declare that an event of this kind makes these parts of the page worth fetching anew."""
    _changes[kind] = list(parts)


def frames(events: Sequence[Event], language: str) -> list[Frame]:
    """In the order of the events; what shows nothing still hands on its number."""
    with translation.override(language):
        bodies = _bodies(events)
    return [_frame(event, bodies.get(event.pk) or _plain(event)) for event in events]


def _bodies(events: Iterable[Event]) -> dict[int, Body]:
    batches: dict[Drawer, list[Event]] = defaultdict(list)
    for event in events:
        if drawer := _drawers.get(event.kind):
            batches[drawer].append(event)
    return {pk: body for drawer, batch in batches.items() for pk, body in drawer(batch).items()}


def _plain(event: Event) -> Body:
    parts = _changes.get(event.kind)
    return {"kind": "changed", "what": parts} if parts else {"kind": "skip"}


def _frame(event: Event, body: Body) -> Frame:
    text = encode(body | {"stream": event.stream, "seq": event.seq, "event": event.kind})
    return Frame(event.stream, event.seq, event.kind, text)


def encode(body: Body) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))
