"""Runs every test that this machine can run, and says which it cannot and why.

Tests find what they need in the environment: CHROMIUM (a path), POSTGRES_URL and REDIS_SERVER_URL (servers
for the tests marked `postgres` and `redis`, whatever DATABASE_URL and REDIS_URL make the rest run on), SOAK=1
for full counts.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tools import servers

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> int:
    servers.stop_on_termination()
    arguments = sys.argv[1:]
    soak = "--soak" in arguments
    if soak:
        arguments.remove("--soak")
    with ExitStack() as stack:
        environment, gaps = stack.enter_context(_machine())
        if gaps and os.environ.get("CI") == "true":
            print("With CI=true every test must run, but here:", *_sentences(gaps), sep="\n", file=sys.stderr)
            return 1
        options = _options(soak, gaps)
        environment |= {"LEFT_OUT": "\n".join(_sentences(gaps)), "SOAK": "1" if soak else ""}
        print(_description(), flush=True)
        command = [sys.executable, "-m", "pytest", *options, *arguments]
        return subprocess.run(command, check=False, env={**os.environ, **environment}).returncode


@contextmanager
def _machine() -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """What the tests are given, and why which marker must be left out."""
    environment: dict[str, str] = {}
    gaps: dict[str, str] = {}
    with ExitStack() as stack:
        # What `make up` keeps in var/ is none of the tests' business.
        environment["DATA_DIR"] = stack.enter_context(tempfile.TemporaryDirectory(prefix="tongxin-tests-"))
        if chromium := os.environ.get("CHROMIUM") or _first_program(CHROMIUM_NAMES):
            environment["CHROMIUM"] = chromium
        else:
            gaps["browser"] = "no Chromium on this machine (Debian: apt-get install chromium)"
        if os.environ.get("DATABASE_URL", "").startswith("postgres"):
            environment["POSTGRES_URL"] = os.environ["DATABASE_URL"]
        elif not (missing := servers.missing_postgres()):
            environment["POSTGRES_URL"] = stack.enter_context(servers.postgres())
        else:
            gaps["postgres"] = missing
        if os.environ.get("REDIS_URL"):
            environment["REDIS_SERVER_URL"] = os.environ["REDIS_URL"]
        elif not (missing := servers.missing_redis()):
            environment["REDIS_SERVER_URL"] = stack.enter_context(servers.redis())
        else:
            gaps["redis"] = missing
        yield environment, gaps


def _first_program(names: tuple[str, ...]) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


def _options(soak: bool, gaps: dict[str, str]) -> list[str]:
    wanted = ["soak"] if soak else []
    wanted += [f"not {marker}" for marker in gaps]
    # Soak tests load the whole machine and show their figures: one at a time, with output.
    options = ["-s"] if soak else ["--numprocesses=auto", "--dist=worksteal"]
    if wanted:
        options += ["-m", " and ".join(wanted)]
    return ["-p", "tools.left_out", *options]


def _sentences(gaps: dict[str, str]) -> list[str]:
    return [f"Left out: tests that need “{marker}”: {reason}." for marker, reason in gaps.items()]


def _description() -> str:
    database = "PostgreSQL" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "SQLite"
    layer = "Redis" if os.environ.get("REDIS_URL") else "the in-memory layer"
    return f"Tests on {database} and {layer}"


if __name__ == "__main__":
    sys.exit(main())
