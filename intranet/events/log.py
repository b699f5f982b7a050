"""Reading the log: what a stream holds after a number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet

from intranet import clock
from intranet.events.models import Event, Stream

KEPT_FOR = dt.timedelta(days=30)
PRUNED_AT_ONCE = 1_000
STREAMS_AT_ONCE = 200  # SQLite takes no condition of more than 1,000 parts


def heads(names: Iterable[str]) -> dict[str, int]:
    """The last number of each stream that has one."""
    return dict(Stream.objects.filter(name__in=names).values_list("name", "seq"))


def numbers(names: Iterable[str]) -> dict[str, int]:
    """How many numbered rows (top-level messages) each stream has."""
    return dict(Stream.objects.filter(name__in=names).values_list("name", "number"))


def since(positions: Mapping[str, int], *, limit: int) -> list[Event]:
    """The events after each stream's position, in the order of their numbers, at most `limit` in all."""
    streams = sorted(positions)
    events: list[Event] = []
    for start in range(0, len(streams), STREAMS_AT_ONCE):
        some = {stream: positions[stream] for stream in streams[start : start + STREAMS_AT_ONCE]}
        events += _after(some)[: limit - len(events)]
        if len(events) == limit:
            break
    return events


def _after(positions: Mapping[str, int]) -> QuerySet[Event]:
    wanted = Q()
    for stream, seq in positions.items():
        wanted |= Q(stream=stream, seq__gt=seq)
    return Event.objects.filter(wanted).order_by("stream", "seq")


def prune(prefix: str) -> int:
    """Drop events of these kinds that nobody catches up on any more; a reader further behind reloads.

    Little by little: nobody who writes meanwhile waits for more than one batch.
    """
    old = Event.objects.filter(kind__startswith=prefix, at__lt=clock.now() - KEPT_FOR, pending=None)
    pruned = 0
    while batch := list(old.values_list("pk", flat=True)[:PRUNED_AT_ONCE]):
        Event.objects.filter(pk__in=batch).delete()
        pruned += len(batch)
    return pruned
