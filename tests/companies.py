"""Fixtures around `tests.live`, for the folders whose tests start processes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.live import Company, Databases, RedisServer, Web, company, redis_server
from tools import servers

__all__ = ["databases", "postgres", "redis", "run_company", "web"]


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Of the kind that the run is on."""
    url = os.environ.get("DATABASE_URL", "")
    with _databases(tmp_path_factory.mktemp("databases"), url if url.startswith("postgres") else "") as found:
        yield found


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """PostgreSQL, whatever the run is on."""
    with ExitStack() as stack:
        url = os.environ.get("POSTGRES_URL") or stack.enter_context(servers.postgres())
        yield stack.enter_context(_databases(tmp_path_factory.mktemp("postgres"), url))


@contextmanager
def _databases(folder: Path, postgres_url: str) -> Iterator[Databases]:
    found = Databases(folder, postgres_url)
    try:
        yield found
    finally:
        found.drop_template()


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    with redis_server(tmp_path) as server:
        yield server


@pytest.fixture(scope="module")
def run_company(databases: Databases) -> Iterator[Company]:
    """As the run says: everything in one process, or with Redis and a worker of its own."""
    with company(databases, os.environ.get("REDIS_URL", "")) as live:
        yield live


@pytest.fixture(scope="module")
def web(run_company: Company) -> Web:
    web = run_company.web()
    others = [run_company.start("worker")] if run_company.redis_url else []
    run_company.ready(web, *others)
    return web
