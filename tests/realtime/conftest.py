from __future__ import annotations

from tests.companies import databases, postgres, redis, run_company, sqlite, web

__all__ = ["databases", "postgres", "redis", "run_company", "sqlite", "web"]
