"""Worker and beat as threads beside the web server: a whole company in one process."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from celery.beat import Service
from celery.worker import WorkController
from django.conf import settings

from intranet.celery import app

log = logging.getLogger(__name__)
RESTART_AFTER = 5
STOPPED_WITHIN = 2


class EmbeddedJobs:
    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._consuming = threading.Event()
        self._worker: Any = None
        self._beat: Any = None
        self._threads = [
            threading.Thread(target=self._keep_up, args=("worker", self._work), name="worker", daemon=True),
            threading.Thread(target=self._keep_up, args=("beat", self._tick), name="beat", daemon=True),
        ]

    def start(self) -> None:
        declare_queue()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._beat is not None:
            self._beat.stop()
        # One that is still starting cannot be stopped in good order; it ends with the process.
        if self._consuming.wait(STOPPED_WITHIN):
            self._worker.stop()
        for thread in self._threads:
            thread.join(STOPPED_WITHIN)

    def _keep_up(self, name: str, run: Callable[[], None]) -> None:
        while not self._stopping.is_set():
            try:
                run()
            except Exception:
                log.exception("the %s ended", name)
            if not self._stopping.wait(RESTART_AFTER):
                log.warning("the %s starts again", name)

    def _work(self) -> None:
        # A WorkController, not a Worker: that one would take the signals and the logging for itself.
        self._worker = WorkController(
            app=app,
            hostname="embedded@localhost",
            ready_callback=lambda _consumer: self._consuming.set(),
            without_heartbeat=True,
            without_mingle=True,
            without_gossip=True,
        )
        self._worker.start()

    def _tick(self) -> None:
        self._beat = Service(app, scheduler_cls=app.conf.beat_scheduler)
        self._beat.start()


def declare_queue() -> None:
    """Before anybody uses it: the filesystem broker writes its table in two steps, and between them, or after
    a crash there, whoever reads it finds an empty file and fails."""
    for table in Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS["control_folder"]).glob("*.exchange"):
        if not table.stat().st_size:
            table.unlink()
    with app.connection_for_write() as connection:
        for queue in app.amqp.queues.values():
            queue(connection.default_channel).declare()
