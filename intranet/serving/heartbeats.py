"""Worker and beat show that they work: their beats come from the very loops that do it."""

from __future__ import annotations

from typing import Any

from celery import bootsteps
from celery.beat import Scheduler
from celery.worker.consumer import Consumer

from intranet.realtime.heartbeat import EVERY, Heartbeat
from intranet.realtime.models import Process


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
    """The static schedule, kept in memory; a tick that hangs on the broker is a missing beat."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self._heartbeat = Heartbeat(Process.Kind.BEAT)
        super().__init__(*args, **options)

    def tick(self, *args: Any, **options: Any) -> float:
        self._heartbeat.beat()
        return super().tick(*args, **options)

    def close(self) -> None:
        super().close()
        self._heartbeat.stop()
