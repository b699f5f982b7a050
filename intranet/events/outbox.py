"""Listeners see every event of their kinds, once, after its commit, however often processes die."""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Callable, Sequence

from django.db import connection, transaction
from django.db.models import QuerySet

from intranet import clock
from intranet.events.models import Event, Pending

log = logging.getLogger(__name__)
Listener = Callable[[Event], None]
Condition = Callable[[Event], bool]

PARK_AFTER = 10
_listeners: dict[str, Listener] = {}
_kinds: dict[str, list[tuple[str, Condition]]] = defaultdict(list)
_wakers: list[Callable[[], None]] = []


def listens(*kinds: str, when: Condition = lambda _event: True) -> Callable[[Listener], Listener]:
    """Register a listener. It runs in a transaction together with the removal of its pending row.

    `when` decides at publishing, by the event alone: what concerns nobody costs no row.
    """

    def register(listener: Listener) -> Listener:
        name = f"{listener.__module__}.{listener.__qualname__}"
        _listeners[name] = listener
        for kind in kinds:
            _kinds[kind].append((name, when))
        return listener

    return register


def wakes(waker: Callable[[], None]) -> Callable[[], None]:
    """Register what wakes a worker after a commit. It must not wait for anything."""
    _wakers.append(waker)
    return waker


def expect(events: Sequence[Event]) -> None:
    """In the transaction of the events: note for each of them who has to see it."""
    due = clock.now()
    rows = [
        Pending(event=event, listener=name, due=due)
        for event in events
        for name, when in _kinds[event.kind]
        if when(event)
    ]
    if rows:
        Pending.objects.bulk_create(rows)
        transaction.on_commit(_wake)


def _wake() -> None:
    for waker in _wakers:
        waker()


def run_due(*, limit: int = 500) -> int:
    """Run what is due, each in a transaction of its own; the number of rows that were handled."""
    handled = 0
    while handled < limit and _run_next():
        handled += 1
    return handled


def _run_next() -> bool:
    failed: tuple[Pending, Exception] | None = None
    with transaction.atomic():
        pending = _claim()
        if pending is None:
            return False
        try:
            with transaction.atomic():
                _listeners[pending.listener](pending.event)
                pending.delete()
        except Exception as error:  # noqa: BLE001 - whatever a listener raises, its row is tried again
            _postpone(pending)
            failed = pending, error
    if failed:
        log.error(
            "listener %s failed on event %s", failed[0].listener, failed[0].event_id, exc_info=failed[1]
        )
    return True


def try_again(parked: QuerySet[Pending]) -> int:
    """What was given up is due once more, with all its attempts."""
    renewed = parked.filter(parked=True).update(parked=False, attempts=0, due=clock.now())
    transaction.on_commit(_wake)
    return renewed


def _claim() -> Pending | None:
    due = Pending.objects.filter(parked=False, due__lte=clock.now()).order_by("due", "pk")
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True, of=("self",))
    return due.select_related("event").first()


def _postpone(pending: Pending) -> None:
    pending.attempts += 1
    pending.parked = pending.attempts >= PARK_AFTER
    pending.due = clock.now() + dt.timedelta(seconds=2**pending.attempts)
    pending.save(update_fields=["attempts", "parked", "due"])
