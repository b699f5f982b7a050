"""Who is here now, as far as rooms show it; the processes that hold the sockets know."""

from __future__ import annotations

from collections.abc import Callable, Iterable

OnlineFinder = Callable[[Iterable[int]], set[int]]
_finders: list[OnlineFinder] = []


def finds_online(finder: OnlineFinder) -> OnlineFinder:
    """Register who knows which of these people have an open socket."""
    _finders.append(finder)
    return finder


def online(user_ids: Iterable[int]) -> set[int]:
    ids = list(user_ids)
    return set().union(*(finder(ids) for finder in _finders))
