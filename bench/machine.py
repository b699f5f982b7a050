"""What was measured on, as far as it matters to the figures."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from datetime import date
from importlib.metadata import version

PACKAGES = (
    "Django",
    "channels",
    "channels-redis",
    "uvicorn",
    "uvloop",
    "websockets",
    "daphne",
    "Twisted",
    "psycopg",
)
PROGRAMS = {"Redis": "redis-server --version", "PostgreSQL": "/usr/lib/postgresql/*/bin/postgres --version"}


def description() -> str:
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    packages = [f"{name} {version(name)}" for name in PACKAGES]
    programs = [f"{name} {_version(command)}" for name, command in PROGRAMS.items()]
    return (
        f"{date.today()}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()};"  # noqa: DTZ011
        f" Python {platform.python_version()}, {', '.join(packages + programs)}."
        f" Load before the start: {os.getloadavg()[0]:.1f}."
    )


def _version(command: str) -> str:
    output = subprocess.run(command, shell=True, capture_output=True, text=True, check=False).stdout  # noqa: S602
    found = re.search(r"\d+\.\d+(\.\d+)?", output)
    return found.group() if found else "?"
