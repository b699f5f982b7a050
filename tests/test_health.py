from __future__ import annotations

import datetime as dt
import json
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.test import Client

from intranet import clock, health
from intranet.realtime import heartbeat
from intranet.realtime.models import Presence, Process
from tests.cast import Cast
from tests.companies import databases, postgres, redis
from tests.live import Databases, RedisServer, Web, company, wait_for

__all__ = ["databases", "postgres", "redis"]
SHOWN_WITHIN = 30  # what operations.md promises


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    yield
    health.reports.forget()


def ask(web: Web, cookie: str = "") -> tuple[int, dict[str, Any]]:
    request = urllib.request.Request(f"http://127.0.0.1:{web.port}/healthz", headers={"Cookie": cookie})
    try:
        with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310 (our own server)
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


@pytest.mark.django_db(transaction=True)
def test_each_part_counts_by_its_own_heartbeat(client: Client) -> None:
    heartbeat.beat(uuid.uuid4(), Process.Kind.WORKER)
    lost = uuid.uuid4()
    heartbeat.beat(lost, Process.Kind.BEAT)
    Process.objects.filter(pk=lost).update(beat_at=clock.now() - dt.timedelta(seconds=21))
    response = client.get("/healthz", headers={"Host": "10.0.0.1"})
    assert response.status_code == 200
    report = response.json()
    assert (report["status"], report["worker"], report["beat"]) == ("degraded", "ok", "down")
    assert (report["database"], report["layer"]) == ("ok", "ok")
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    heartbeat.beat(lost, Process.Kind.BEAT)
    health.reports.forget()
    assert client.get("/healthz").json()["status"] == "ok"


@pytest.mark.django_db
def test_who_was_killed_is_forgotten_with_the_people_it_held(cast: Cast) -> None:
    lost, alive = uuid.uuid4(), uuid.uuid4()
    for process in (lost, alive):
        assert heartbeat.beat(process, Process.Kind.WEB)
        Presence.objects.create(process_id=process, user=cast.member)
    Process.objects.filter(pk=lost).update(beat_at=clock.now() - dt.timedelta(minutes=3))
    assert not heartbeat.beat(alive, Process.Kind.WEB)
    heartbeat.forget_lost()
    assert [each.process_id for each in Presence.objects.all()] == [alive]
    assert heartbeat.beat(lost, Process.Kind.WEB), "it lives after all, and has to say who is there"


@pytest.mark.processes
def test_a_database_that_is_gone_is_503_and_comes_back(tmp_path: Path) -> None:
    """Also for somebody signed in, whose session nobody can look up now."""
    databases = Databases(tmp_path / "databases")
    databases_folder = tmp_path / "databases"
    databases_folder.mkdir()
    with company(databases) as live:
        web = live.web()
        live.ready(web)
        wait_for(lambda: ask(web)[1]["status"] == "ok")
        databases_folder.rename(tmp_path / "away")
        wait_for(lambda: ask(web, cookie="session=abc")[0] == 503)
        assert ask(web)[1]["status"] == "down"
        (tmp_path / "away").rename(databases_folder)
        wait_for(lambda: ask(web)[1]["status"] == "ok")


@pytest.mark.processes
@pytest.mark.postgres
def test_requests_that_wait_for_each_other_are_no_failure_of_the_database(postgres: Databases) -> None:
    """A table that somebody holds keeps every connection of the pool busy."""
    with company(postgres) as live, ThreadPoolExecutor(30) as browsers:
        web = live.web()
        live.ready(web)
        wait_for(lambda: ask(web)[1]["database"] == "ok")
        with psycopg.connect(live.database_url) as holder:
            holder.execute("LOCK TABLE django_session")
            cookie = {"Cookie": f"session={'a' * 32}"}
            address = f"http://127.0.0.1:{web.port}/settings/"
            waiting = [browsers.submit(_get, address, cookie) for _ in range(30)]
            wait_for(lambda: _waiting(live.database_url) >= 12)
            time.sleep(1.1)  # what was remembered is forgotten
            assert (ask(web)[0], ask(web)[1]["database"]) == (200, "ok")
            holder.rollback()
        assert {each.result(30) for each in waiting} == {200}


def _get(address: str, headers: dict[str, str]) -> int:
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as response:  # noqa: S310
        return int(response.status)


def _waiting(database_url: str) -> int:
    waits = "wait_event_type = 'Lock' AND datname = current_database()"
    question = "SELECT count(*) FROM pg_stat_activity WHERE " + waits  # noqa: S608 (our own words)
    with psycopg.connect(database_url) as connection:
        return int(connection.execute(question).fetchall()[0][0])


@pytest.mark.processes
@pytest.mark.redis
def test_killing_a_part_shows_and_so_does_its_return(databases: Databases, redis: RedisServer) -> None:
    with company(databases, redis.url) as live:
        web, worker, beat = live.web(), live.start("worker"), live.start("beat")
        live.ready(web, worker, beat)
        wait_for(lambda: ask(web)[1]["status"] == "ok")
        worker.kill()
        beat.kill()
        wait_for(
            lambda: (ask(web)[1]["worker"], ask(web)[1]["beat"]) == ("down", "down"), within=SHOWN_WITHIN
        )
        status, report = ask(web)
        assert (status, report["status"], report["layer"]) == (200, "degraded", "ok")
        live.ready(live.start("worker"), live.start("beat"))
        wait_for(lambda: ask(web)[1]["status"] == "ok", within=SHOWN_WITHIN)
        redis.freeze()
        wait_for(lambda: ask(web)[1]["layer"] == "down")
        redis.thaw()
        wait_for(lambda: ask(web)[1]["status"] == "ok")
