from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import chain, count

from intranet.people.models import User
from intranet.people.pinyin import syllables_of

LONGEST = User._meta.get_field("username").max_length or 40


class Usernames:
    """User names for people who come without one: `lilei` for 李雷, `lilei2` for the next one."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken

    def reserve(self, names: Iterable[str]) -> None:
        self._taken |= set(names)

    def make(self, name: str) -> str:
        """A name that is free, and from now on taken; empty where there is nothing to make it from."""
        letters = unicodedata.normalize("NFKD", syllables_of(name))
        stem = re.sub(r"[^a-z0-9]", "", letters.lower())[: LONGEST - 4]
        if not stem:
            return ""
        others = (f"{stem}{number}" for number in count(2))
        others = (f"{stem}{number}" for number in count(2))
        free = next(each for each in chain([stem], others) if each not in self._taken)
        self._taken.add(free)
        return free
