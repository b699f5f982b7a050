"""A queue only wakes the outbox: what is due stands in the database, and beat sweeps it anyway."""

from __future__ import annotations

import logging
import threading

from celery import shared_task

from intranet.events import log as event_log
from intranet.events import outbox

log = logging.getLogger(__name__)
BATCH = 500


@shared_task
def run_outbox() -> None:
    if outbox.run_due(limit=BATCH) == BATCH:
        waker.wake()


@shared_task
def prune_events(prefix: str) -> None:
    event_log.prune(prefix)


class Waker:
    """Asks for a run of the outbox from a thread of its own, once for however many wishes.

    Nobody who wakes it ever waits for the broker: publishing to one that is frozen takes as long as its
    timeouts allow.
    """

    def __init__(self) -> None:
        self._wish = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._failing = False

    def wake(self) -> None:
        self._wish.set()
        if self._thread is None:
            self._start()

    def _start(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="outbox-waker", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while True:
            self._wish.wait()
            self._wish.clear()
            self._publish()

    def _publish(self) -> None:
        try:
            run_outbox.apply_async(retry=False, expires=60)
        except Exception as error:  # noqa: BLE001 (whatever a broker's client raises; the sweep stands in)
            if not self._failing:
                log.warning("the queue does not answer, jobs wait for the next sweep: %r", error)
            self._failing = True
        else:
            self._failing = False


waker = Waker()
outbox.wakes(waker.wake)
