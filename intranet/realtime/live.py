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
# Draws one event in the language that is active then; what it shows has been loaded before.
Draw = Callable[[], Body]
Drawer = Callable[[Sequence[Event]], Mapping[int, Draw]]

_drawers: dict[str, Drawer] = {}
_changes: dict[str, list[str]] = {}


@dataclass(frozen=True)
class Frame:
    """One event as it goes over the wire, the same text for everybody of one language.

    `number` is that of the message it shows, for whoever may not read all of a room's past.
    """

    stream: str
    seq: int
    kind: str
    text: str
    number: int | None = None

    def read_after(self, number: int) -> str:
        """For somebody who may read what was said after this number: of the rest only that it happened."""
        if self.number is None or self.number > number:
            return self.text
        return encode({"kind": "skip", "stream": self.stream, "seq": self.seq, "event": self.kind})


def draws(*kinds: str) -> Callable[[Drawer], Drawer]:
    """Register who draws these kinds: loads for all events of a batch at once, answers by event pk."""

    def register(drawer: Drawer) -> Drawer:
        for kind in kinds:
            _drawers[kind] = drawer
        return drawer

    return register


def changes(kind: str, *parts: str) -> None:
    """Declare that an event of this kind makes these parts of the page worth fetching anew."""
    _changes[kind] = list(parts)


def frames(events: Sequence[Event], languages: Iterable[str]) -> dict[str, list[Frame]]:
    """By language, in the order of the events; what shows nothing still hands on its number."""
    draws = _load(events)
    return {language: _draw(events, draws, language) for language in languages}


def _load(events: Iterable[Event]) -> dict[int, Draw]:
    batches: dict[Drawer, list[Event]] = defaultdict(list)
    for event in events:
        if drawer := _drawers.get(event.kind):
            batches[drawer].append(event)
    return {pk: draw for drawer, batch in batches.items() for pk, draw in drawer(batch).items()}


def _draw(events: Iterable[Event], draws: Mapping[int, Draw], language: str) -> list[Frame]:
    with translation.override(language):
        return [_frame(event, draws[event.pk]() if event.pk in draws else _plain(event)) for event in events]


def _plain(event: Event) -> Body:
    parts = _changes.get(event.kind)
    return {"kind": "changed", "what": parts} if parts else {"kind": "skip"}


def _frame(event: Event, body: Body) -> Frame:
    number = body.pop("number", None)  # the message's, which its fragment tells already
    text = encode(body | {"stream": event.stream, "seq": event.seq, "event": event.kind})
    return Frame(event.stream, event.seq, event.kind, text, number)


def encode(body: Body) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))
