"""The cache: for what may be forgotten, such as how often somebody tried to sign in."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

log = logging.getLogger(__name__)

PATIENCE = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5, "retry": Retry(NoBackoff(), 0)}
REST = 5.0


def _while_it_answers(name: str) -> Callable[..., Any]:
    def operation(self: ForgivingCache, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() < ForgivingCache.resting_until:
            return getattr(self.local, name)(*args, **kwargs)
        try:
            return getattr(RedisCache, name)(self, *args, **kwargs)
        except (RedisError, OSError) as error:
            log.warning("the cache is left alone for %s s: %s", REST, error)
            ForgivingCache.resting_until = time.monotonic() + REST
            return getattr(self.local, name)(*args, **kwargs)

    return operation


class ForgivingCache(RedisCache):
    """Redis while it answers, this process's own memory while it does not.

    Nobody waits for a Redis that is gone or frozen more than once in a while, and attempts to sign in stay
    limited all the same.
    """

    resting_until = 0.0

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params | {"OPTIONS": PATIENCE})
        self.local = LocMemCache("while-redis-is-away", {})

    add = _while_it_answers("add")
    get = _while_it_answers("get")
    set = _while_it_answers("set")
    touch = _while_it_answers("touch")
    delete = _while_it_answers("delete")
    incr = _while_it_answers("incr")
    has_key = _while_it_answers("has_key")
    get_many = _while_it_answers("get_many")
    set_many = _while_it_answers("set_many")
    delete_many = _while_it_answers("delete_many")
