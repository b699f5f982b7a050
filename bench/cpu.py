"""What processes cost, as the kernel counts it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def spent(pids: Iterable[int]) -> float:
    """CPU seconds of these processes, of all their threads and of all that they started."""
    return sum(_own(pid) for pid in _with_descendants(pids)) / TICKS


def children_named(name: str) -> list[int]:
    """The programs of this name that were started from here, such as a database server."""
    return [pid for pid in _children(os.getpid()) if _name(pid) == name]


def resident(pid: int) -> int:
    """Bytes in memory."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE


def _own(pid: int) -> int:
    """User and system time, and that of children which have ended."""
    return sum(map(int, _fields(pid)[11:15]))


def _fields(pid: int) -> list[str]:
    """Of /proc/<pid>/stat, from the state on: the name before it may hold anything."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except FileNotFoundError:
        return ["0"] * 50


def _with_descendants(pids: Iterable[int]) -> set[int]:
    found: set[int] = set()
    waiting = list(pids)
    while waiting:
        pid = waiting.pop()
        if pid not in found:
            found.add(pid)
            waiting += _children(pid)
    return found


def _children(pid: int) -> list[int]:
    children: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        children += map(int, task.read_text().split())
    return children


def _name(pid: int) -> str:
    return Path(f"/proc/{pid}/comm").read_text().strip()
