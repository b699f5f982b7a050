"""How a write announces itself: `with publishing(): ...; publish(...)`, in the transaction of the write."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db import connection, models, transaction

from intranet import clock
from intranet.events import outbox
from intranet.events.models import Event, Stream

TakeNumber = Callable[[int], None]
Values = Mapping[str, Any]


@dataclass
class Draft:
    event: Event
    numbers: TakeNumber | None
    before: Values | None = None
    after: Values | None = None


@dataclass
class Publication:
    """What one transaction is going to say, kept until its end."""

    drafts: list[Draft] = field(default_factory=list)


_current: ContextVar[Publication | None] = ContextVar("publication", default=None)
_sqlite_writer = threading.Lock()
_announcers: list[Callable[[dict[str, int]], None]] = []
_witnesses: list[Callable[[Sequence[Draft]], None]] = []


def announces(announcer: Callable[[dict[str, int]], None]) -> Callable[[dict[str, int]], None]:
    """Register what is told `{stream: last seq}` right after a commit. It must not wait for anything."""
    _announcers.append(announcer)
    return announcer


def witnesses(witness: Callable[[Sequence[Draft]], None]) -> Callable[[Sequence[Draft]], None]:
    """Register what sees, inside the transaction, all that it is going to say, and may write beside it."""
    _witnesses.append(witness)
    return witness


@contextlib.contextmanager
def publishing() -> Iterator[None]:
    """A transaction whose events take their numbers at its very end.

    An action inside another joins it: the outermost one takes all numbers, after everything else that it may
    have to wait for and in the order of the streams' names, so that no two transactions ever wait for each
    other. It holds the counters only while it writes the events. Numbers taken this way have no gaps and
    follow the order of commits on both databases.
    """
    if _current.get() is not None:
        with transaction.atomic(savepoint=False):
            yield
        return
    publication = Publication()
    with _turn(), transaction.atomic():
        token = _current.set(publication)
        try:
            yield
        finally:
            _current.reset(token)
        heads = _write(publication)
    if heads:
        transaction.on_commit(lambda: _announce(heads))


@contextlib.contextmanager
def _turn() -> Iterator[None]:
    """SQLite has one writer. Its own waiting sleeps up to 100 ms at a time; threads of one process wait here
    instead, and go on at once. Who holds the database already must not wait for who waits for it."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with _sqlite_writer:
        yield


def publish(
    kind: str,
    *,
    stream: str,
    actor: models.Model | None,
    numbers: TakeNumber | None = None,
    before: Values | None = None,
    after: Values | None = None,
    **data: Any,
) -> None:
    """Say that something happened.

    A row that counts in its stream, as a message does in its room, gives `numbers`: it is called with the
    stream's next number at the end of the transaction. `before` and `after`, the values of the fields that
    changed, are for witnesses only: the log itself holds no text.
    """
    publication = _current.get()
    if publication is None:
        raise RuntimeError(f"{kind} was published outside `with publishing()`.")
    event = Event(stream=stream, kind=kind, actor_id=actor.pk if actor else None, data=data, at=clock.now())
    publication.drafts.append(Draft(event, numbers, before, after))


def _write(publication: Publication) -> dict[str, int]:
    if publication.drafts:
        for witness in _witnesses:
            witness(publication.drafts)
        _check_references()
    drafts = sorted(publication.drafts, key=_stream)  # stable: the order within a stream stays
    heads = {name: _number(name, list(group)) for name, group in groupby(drafts, key=_stream)}
    events = Event.objects.bulk_create(draft.event for draft in drafts)
    outbox.expect(events)
    return heads


def _check_references() -> None:
    """PostgreSQL would do it at the commit, and wait for locked rows while it holds the counters."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _stream(draft: Draft) -> str:
    return draft.event.stream


def _number(stream: str, drafts: list[Draft]) -> int:
    takers = [draft.numbers for draft in drafts if draft.numbers is not None]
    head, last = advance(stream, events=len(drafts), rows=len(takers))
    for seq, draft in enumerate(drafts, start=head - len(drafts) + 1):
        draft.event.seq = seq
    for number, take in enumerate(takers, start=last - len(takers) + 1):
        take(number)
    return head


def advance(stream: str, *, events: int, rows: int) -> tuple[int, int]:
    """Both counters move in one statement, which also holds the stream until the commit."""
    statement = (
        "UPDATE events_stream SET seq = seq + %s, number = number + %s WHERE name = %s RETURNING seq, number"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [events, rows, stream])
        if (row := cursor.fetchone()) is None:
            Stream.objects.bulk_create([Stream(name=stream)], ignore_conflicts=True)
            cursor.execute(statement, [events, rows, stream])
            row = cursor.fetchone()
    return row


def _announce(heads: dict[str, int]) -> None:
    for announcer in _announcers:
        announcer(heads)
