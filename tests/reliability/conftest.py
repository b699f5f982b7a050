from __future__ import annotations

import pytest

from tests.companies import databases, postgres, redis, run_company, sqlite, web
from tests.live import SOAK

__all__ = ["databases", "postgres", "redis", "run_company", "sqlite", "web"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Full counts take their time."""
    if SOAK:
        for item in items:
            item.add_marker(pytest.mark.timeout(1200))
