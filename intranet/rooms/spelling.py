"""How the name of a room sounds: what lists of rooms are ordered by, and what the switcher finds them by."""

from __future__ import annotations

from functools import lru_cache

from pypinyin import lazy_pinyin


@lru_cache(maxsize=4096)
def spelled(name: str) -> str:
    """Words are read as words; `people.pinyin` begins with a surname."""
    return " ".join(" ".join(lazy_pinyin(name)).lower().split())
