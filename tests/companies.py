"""Fixtures around `tests.live`, for the folders whose tests start processes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.live import Company, Databases, RedisServer, Web, company, redis_server
from tools import servers

__all__ = ["databases", "postgres", "redis", "run_company", "sqlite", "web"]


RUN_URL = os.environ.get("DATABASE_URL", "")
ON_POSTGRES = RUN_URL.startswith("postgres")


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Of the kind that the run is on."""
    if ON_POSTGRES:
        with _postgres(tmp_path_factory, RUN_URL) as found:
            yield found
    else:
        yield _sqlite(tmp_path_factory)


@pytest.fixture(scope="session")
def sqlite(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """SQLite, whatever the run is on."""
    return _sqlite(tmp_path_factory) if ON_POSTGRES else databases


@pytest.fixture(scope="session")
def postgres(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """PostgreSQL, whatever the run is on."""
    if ON_POSTGRES:
        yield databases
        return
    with ExitStack() as stack:
        url = os.environ.get("POSTGRES_URL") or stack.enter_context(servers.postgres())
        yield stack.enter_context(_postgres(tmp_path_factory, url))


def _sqlite(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """One for all test processes."""
    ours = tmp_path_factory.getbasetemp()
    folder = (ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours) / "live-sqlite"
    folder.mkdir(exist_ok=True)
    return Databases(folder)


@contextmanager
def _postgres(tmp_path_factory: pytest.TempPathFactory, url: str) -> Iterator[Databases]:
    found = Databases(tmp_path_factory.mktemp("live-postgres"), url)
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
    others = [run_company.start("worker"), run_company.start("beat")] if run_company.redis_url else []
    run_company.ready(web, *others)
    return web
