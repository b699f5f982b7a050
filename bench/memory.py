"""What a socket on which nothing happens holds in memory: a browser tab that is open, watching its rooms."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import ExitStack

from bench import cpu
from bench.fanout.contenders import opening
from bench.helper import Helper
from bench.site import Site, site
from bench.tables import table

PEOPLE = 100
FIRST, MORE = 100, 400
SERVERS = ("uvicorn", "daphne")


def measure() -> str:
    with ExitStack() as stack:
        here = stack.enter_context(site(full=True))
        seed = here.call("bench.seed", PEOPLE, 1)
        head = ("", "KiB per socket", f"MB at {FIRST + MORE} sockets")
        return table(head, [_row(here, seed["sessions"], seed["rooms"][0], server) for server in SERVERS])


def _row(here: Site, sessions: list[str], room: int, server: str) -> list[object]:
    with ExitStack() as stack:
        process = stack.enter_context(here.serve(server))
        _connect(stack, here, opening(process.port, _some(sessions, FIRST), room))
        before = cpu.resident(process.pid)
        _connect(stack, here, opening(process.port, _some(sessions, MORE), room))
        after = cpu.resident(process.pid)
    return [f"Tongxin, {server}", f"{(after - before) / MORE / 1024:.0f}", f"{after / 1e6:.0f}"]


def _some(sessions: list[str], count: int) -> list[str]:
    """Several tabs each."""
    return [sessions[number % len(sessions)] for number in range(count)]


def _connect(stack: ExitStack, here: Site, readers: dict[str, object]) -> None:
    nobody = os.open(os.devnull, os.O_WRONLY)
    stack.callback(os.close, nobody)
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.fanout.client", json.dumps(readers), str(nobody)],
        env=here.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        pass_fds=[nobody],
    )
    stack.callback(process.wait)
    stack.callback(process.terminate)
    Helper(process)
