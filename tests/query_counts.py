"""How many statements each page and action may cost, kept in `query_counts.json`.

`UPDATE_QUERY_COUNTS=1 make test` writes what was counted; the diff then shows what has become dearer.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

BASELINE = Path(__file__).with_name("query_counts.json")
# Transactions cost statements of their own on one database and none on the other.
FRAMES = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET CONSTRAINTS")


@contextlib.contextmanager
def assert_queries(name: str) -> Iterator[None]:
    """What runs inside costs as many statements as the baseline says under this name."""
    with CaptureQueriesContext(connection) as captured:
        yield
    statements = [query["sql"] for query in captured if not query["sql"].startswith(FRAMES)]
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        _write(name, len(statements))
    expected = json.loads(BASELINE.read_text()).get(name)
    listing = "\n".join(statements)
    assert len(statements) == expected, f"{name}: {len(statements)} queries, not {expected}:\n{listing}"


def _write(name: str, count: int) -> None:
    """One test process at a time; the same name counted twice must agree."""
    with BASELINE.open("r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        counts = json.load(file) | {name: count}
        file.seek(0)
        file.truncate()
        json.dump(counts, file, indent=2, sort_keys=True)
        file.write("\n")
