"""How a process shows that it is alive: one row, written every few seconds by what does its work."""

from __future__ import annotations

import datetime as dt
import logging
import time
import uuid

from django.db import DatabaseError, connections, models

from intranet import clock
from intranet.realtime.models import Process

log = logging.getLogger(__name__)
EVERY = 5
# Three beats may be missed; then the process counts as gone.
ALIVE_FOR = dt.timedelta(seconds=20)
LOST_AFTER = dt.timedelta(seconds=30)


def beat(process_id: uuid.UUID, kind: str) -> bool:
    """Note that this process lives. True when its row is new: what hangs on it must be written again."""
    now = clock.now()
    if Process.objects.filter(pk=process_id).update(beat_at=now):
        return False
    Process.objects.get_or_create(pk=process_id, defaults={"kind": kind, "started_at": now, "beat_at": now})
    return True


def end(process_id: uuid.UUID) -> None:
    """Take the process off the list at once; its presences go with it."""
    Process.objects.filter(pk=process_id).delete()


def forget_lost() -> None:
    """Whoever was killed could not take itself off the list."""
    lost().delete()


def lost() -> models.QuerySet[Process]:
    return Process.objects.filter(beat_at__lt=clock.now() - LOST_AFTER)


def alive() -> models.QuerySet[Process]:
    return Process.objects.filter(beat_at__gte=clock.now() - ALIVE_FOR)


class Heartbeat:
    """The beats of one process, for loops that must not end because the database is away for a while."""

    def __init__(self, kind: Process.Kind) -> None:
        self.process_id = uuid.uuid4()
        self._kind = kind
        self._next = 0.0
        self._failing = False

    def beat(self) -> None:
        """Call it as often as the loop turns; it writes when it is time to."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + EVERY
        try:
            beat(self.process_id, self._kind)
        except DatabaseError as error:
            self._note(error)
        else:
            self._failing = False
        finally:
            connections.close_all()

    def stop(self) -> None:
        try:
            end(self.process_id)
        except DatabaseError as error:
            self._note(error)
        finally:
            self._next = 0.0
            connections.close_all()

    def _note(self, error: DatabaseError) -> None:
        if not self._failing:
            log.warning("the %s cannot write its heartbeat: %s", self._kind, error)
        self._failing = True
