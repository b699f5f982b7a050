"""What a browser may say: each action's fields, checked before anything else looks at them."""

from __future__ import annotations

import json
from typing import Any

LARGEST = 64 * 1024
ACTIONS: dict[str, dict[str, type]] = {
    "open": {"stream": str, "since": int},
    "close": {"stream": str},
    "watch": {},
    "read": {"room": int, "number": int},
    "typing": {"stream": str},
    "ping": {},
}


class Malformed(Exception):
    """What was wrong, and with which action if that could be read."""

    def __init__(self, reason: str, do: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.do = do


def parse(text: str | None) -> tuple[str, dict[str, Any]]:
    """The action's name and its fields, of the right types and in range."""
    if text is None:
        raise Malformed("malformed")
    if len(text.encode()) > LARGEST:
        raise Malformed("too_large")
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise Malformed("malformed") from None
    do = content.get("do") if isinstance(content, dict) else None
    if not isinstance(do, str) or not _can_be_sent(do):
        raise Malformed("malformed")
    if do not in ACTIONS:
        raise Malformed("unknown_action", do[:40])
    return do, {name: _field(content, do, name, kind) for name, kind in ACTIONS[do].items()}


def _field(content: dict[str, Any], do: str, name: str, kind: type) -> Any:
    value: Any = content.get(name)
    if not _fits(value, kind):
        raise Malformed("malformed", do)
    return value


def _fits(value: Any, kind: type) -> bool:
    """JSON's true is a number to Python, but not to us."""
    if kind is int:
        return type(value) is int and 0 <= value < 2**62
    return type(value) is str and 0 < len(value) <= 64 and _can_be_sent(value)


def _can_be_sent(text: str) -> bool:
    """JSON can name half a character, which no answer could repeat."""
    return not any("\ud800" <= character <= "\udfff" for character in text)
