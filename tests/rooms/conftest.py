from __future__ import annotations

from tests.companies import databases, run_company, web

__all__ = ["databases", "run_company", "web"]
