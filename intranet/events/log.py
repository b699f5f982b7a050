"""Reading the log: what a stream holds after a number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import Q

from intranet import clock
from intranet.events.models import Event, Stream

KEPT_FOR = dt.timedelta(days=30)


def heads(names: Iterable[str]) -> dict[str, int]:
    """The last number of each stream that has one."""
    return dict(Stream.objects.filter(name__in=names).values_list("name", "seq"))


def numbers(names: Iterable[str]) -> dict[str, int]:
    """How many numbered rows (top-level messages) each stream has."""
    return dict(Stream.objects.filter(name__in=names).values_list("name", "number"))


def since(positions: Mapping[str, int], *, limit: int) -> list[Event]:
    """The events after each stream's position, in the order of their numbers, at most `limit` in all."""
    wanted = Q(pk__in=())
    for stream, seq in positions.items():
        wanted |= Q(stream=stream, seq__gt=seq)
    return list(Event.objects.filter(wanted).order_by("stream", "seq")[:limit])


def prune(prefix: str) -> int:
    """Drop events of these kinds that nobody catches up on any more; a reader further behind reloads."""
    old = Event.objects.filter(kind__startswith=prefix, at__lt=clock.now() - KEPT_FOR, pending=None)
    deleted, _ = old.delete()
    return deleted
