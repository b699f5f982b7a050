from __future__ import annotations

import os

import psycopg
import pytest
import redis as redis_client

from tools import servers


@pytest.mark.postgres
def test_a_postgres_is_there_and_then_is_not() -> None:
    with servers.postgres() as url:
        with psycopg.connect(url) as connection:
            row = connection.execute("show server_encoding").fetchone()
        assert row == ("UTF8",)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


@pytest.mark.redis
def test_a_redis_is_there_and_then_is_not() -> None:
    with servers.redis() as url, redis_client.Redis.from_url(url) as client:
        assert client.ping()
    with pytest.raises(redis_client.ConnectionError):
        redis_client.Redis.from_url(url).ping()


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "_postgres_folder", lambda: None)
    monkeypatch.setitem(os.environ, "PATH", "")
    assert "no PostgreSQL" in servers.missing_postgres()
    assert "no redis-server" in servers.missing_redis()
