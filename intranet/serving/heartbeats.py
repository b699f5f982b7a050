"""Worker and beat show that they work: their beats come from the very loops that do it."""

from __future__ import annotations

import logging
from functools import cached_property
from typing import Any

from celery import bootsteps
from celery.beat import ScheduleEntry, Scheduler
from celery.worker.consumer import Consumer

from intranet.realtime.heartbeat import EVERY, Heartbeat
from intranet.realtime.models import Process

log = logging.getLogger(__name__)


class WorkerHeartbeat(bootsteps.StartStopStep):
    """Beats on the consumer's timer, so it falls silent whenever the consumer is cut off from its queue."""

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, consumer: Consumer, **options: Any) -> None:
        super().__init__(consumer, **options)
        self._heartbeat = Heartbeat(Process.Kind.WORKER)
        self._timer: Any = None

    def start(self, consumer: Consumer) -> None:
        self._heartbeat.beat()
        self._timer = consumer.timer.call_repeatedly(EVERY, self._heartbeat.beat)

    def stop(self, consumer: Consumer) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
            self._heartbeat.stop()

    shutdown = stop


class BeatingScheduler(Scheduler):
    """The static schedule, kept in memory; it falls silent when nobody takes its jobs."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self._heartbeat = Heartbeat(Process.Kind.BEAT)
        self._failing = False
        super().__init__(*args, **options)

    def tick(self, *args: Any, **options: Any) -> float:
        if not self._failing:
            self._heartbeat.beat()
        return super().tick(*args, **options)

    @cached_property
    def producer(self) -> Any:
        """The parent would wait here, for longer and longer, until the queue is back."""
        return self.Producer(self.connection, auto_declare=False)

    def apply_entry(self, entry: ScheduleEntry, producer: Any = None) -> None:
        """A queue that is away is worth one line; the parent would print two stacks every time."""
        try:
            self.apply_async(entry, producer=producer, advance=False)
        except Exception as error:  # noqa: BLE001 (whatever a broker's client raises; the next interval asks again)
            if not self._failing:
                log.warning("the queue does not answer: %s", error)
            self._failing = True
        else:
            self._failing = False

    def close(self) -> None:
        super().close()
        self._heartbeat.stop()
