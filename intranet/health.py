"""`GET /healthz`: the state of every part, for probes; it asks nobody's session and never hangs."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

import redis
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse, JsonResponse

from intranet.realtime import heartbeat
from intranet.realtime.models import Process

PATH = "/healthz"
PATIENCE = 1.5
REMEMBERED_FOR = 1.0
OK, DEGRADED, DOWN = "ok", "degraded", "down"


class HealthMiddleware:
    """Answers before any other middleware: those need the database, and the name by which a browser comes."""

    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path != PATH:
            return self.get_response(request)
        report = reports.get()
        status = 503 if report["database"] == DOWN else 200
        return JsonResponse(report, status=status, headers={"Cache-Control": "no-store"})


class Reports:
    """One examination at a time, remembered for a moment: a flood of questions costs no more than one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: dict[str, str] = {}
        self._until = 0.0

    def get(self) -> dict[str, str]:
        with self._lock:
            if time.monotonic() >= self._until:
                self._last = examine()
                self._until = time.monotonic() + REMEMBERED_FOR
            return self._last

    def forget(self) -> None:
        self._until = 0.0


reports = Reports()


def examine() -> dict[str, str]:
    kinds, layer = _Answer(_kinds_alive), _Answer(_layer_answers)
    alive = kinds.within(PATIENCE)
    parts = {
        "database": OK if alive is not None else DOWN,
        "layer": OK if layer.within(PATIENCE) else DOWN,
        "worker": OK if Process.Kind.WORKER in (alive or ()) else DOWN,
        "beat": OK if Process.Kind.BEAT in (alive or ()) else DOWN,
    }
    return {"status": _overall(parts), **parts}


def _overall(parts: dict[str, str]) -> str:
    if parts["database"] == DOWN:
        return DOWN
    return DEGRADED if DOWN in parts.values() else OK


class _Answer:
    """The answer of a part that may never give one; the asking ends by itself some day."""

    def __init__(self, ask: Callable[[], Any]) -> None:
        self._asked_at = time.monotonic()
        self._box: queue.SimpleQueue[Any] = queue.SimpleQueue()
        threading.Thread(target=self._work, args=(ask,), name="health", daemon=True).start()

    def _work(self, ask: Callable[[], Any]) -> None:
        try:
            self._box.put(ask())
        except Exception:  # noqa: BLE001 (whatever is wrong with it, it does not answer)
            self._box.put(None)

    def within(self, seconds: float) -> Any:
        try:
            return self._box.get(timeout=max(0, self._asked_at + seconds - time.monotonic()))
        except queue.Empty:
            return None


def _kinds_alive() -> set[str]:
    kinds = heartbeat.alive().values_list("kind", flat=True).distinct()
    statement, parameters = kinds.query.sql_with_params()
    with closing(_connection()) as connection, connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return {kind for (kind,) in cursor.fetchall()}


def _connection() -> BaseDatabaseWrapper:
    """Not one of the pool's: requests that wait for those say nothing about the database."""
    own = connections.create_connection(DEFAULT_DB_ALIAS)
    options = {name: value for name, value in own.settings_dict["OPTIONS"].items() if name != "pool"}
    own.settings_dict = {**own.settings_dict, "OPTIONS": options}
    return own


def _layer_answers() -> bool:
    if not settings.REDIS_URL:
        return True
    with redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1, retry=None
    ) as client:
        return bool(client.ping())
