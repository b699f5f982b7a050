"""Redis may be gone or frozen: nobody is kept from signing in, and nobody may guess more often."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from redis import Redis

from intranet.cache import ForgivingCache
from tests.cast import PASSWORD, Cast
from tests.conftest import Browser
from tools import servers

pytestmark = pytest.mark.redis
SIGN_IN = "/accounts/login/"


@pytest.fixture
def server(settings: LazySettings) -> Iterator[Redis]:
    """A server of the test's own, as it is going to be frozen."""
    with servers.redis() as address:
        settings.CACHES = {"default": {"BACKEND": "intranet.cache.ForgivingCache", "LOCATION": address}}
        ForgivingCache.resting_until = 0.0
        ForgivingCache(address, {}).local.clear()
        client = Redis.from_url(address)
        pid = client.info()["process_id"]
        yield client
        os.kill(pid, signal.SIGCONT)
        ForgivingCache.resting_until = 0.0


def freeze(server: Redis) -> None:
    os.kill(server.info()["process_id"], signal.SIGSTOP)


def end(server: Redis) -> None:
    server.shutdown(nosave=True)


def test_it_is_shared_while_redis_answers(server: Redis) -> None:
    cache.set("lamp", "warm", 60)
    assert cache.get("lamp") == "warm"
    assert server.dbsize() == 1


@pytest.mark.parametrize("trouble", [freeze, end])
def test_trouble_is_forgetting(server: Redis, trouble: Callable[[Redis], None]) -> None:
    cache.set("lamp", "warm", 60)
    trouble(server)
    assert cache.get("lamp") is None
    assert cache.add("lock", "1", 60)
    assert not cache.add("lock", "2", 60), "what was put away meanwhile is found again"
    assert cache.get_many(["lamp", "lock"]) == {"lock": "1"}


def test_signing_in_works_and_stays_limited_with_redis_frozen(
    server: Redis, cast: Cast, browser: Browser, other_browser: Browser
) -> None:
    freeze(server)
    browser.sign_in("owner")
    assert browser.is_signed_in()
    for _attempt in range(5):
        assert other_browser.post(SIGN_IN, {"login": "member", "password": "wrong"}).status_code == 200
    assert other_browser.post(SIGN_IN, {"login": "member", "password": PASSWORD}).status_code == 429


def test_guesses_are_counted_across_processes(server: Redis, cast: Cast, browser: Browser) -> None:
    """The count is in Redis, where every process finds it."""
    for _attempt in range(5):
        browser.post(SIGN_IN, {"login": "owner", "password": "wrong"})
    assert [key for key in server.scan_iter() if b"login_failed" in key]
    assert browser.post(SIGN_IN, {"login": "owner", "password": PASSWORD}).status_code == 429
