"""Who takes part: each a server with its readers connected and its poster waiting."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from bench import cpu
from bench.helper import Helper
from bench.seed import Seed
from bench.site import Process, Site, free_port, pinned

DELIVERING_CORE = 0
OTHER_CORE = 1


@dataclass
class Contender:
    name: str
    server: Process
    readers: Helper
    poster: Helper
    people: int
    runs: list[dict[str, float]] = field(default_factory=list)
    paced: list[dict[str, float]] = field(default_factory=list)

    def saturate(self, seconds: float, window: int) -> None:
        self.runs.append(self._measure("clear", f"saturate {seconds} {window}"))

    def pace(self, seconds: float, per_second: int) -> None:
        self.paced.append(self._measure("clear timed", f"pace {seconds} {per_second}"))

    def _measure(self, clear: str, order: str) -> dict[str, float]:
        before = self.readers.ask(clear)["cpu"]
        spent, started = cpu.spent([self.server.pid]), time.monotonic()
        posted = self.poster.ask(order)
        result = self._wait(posted * self.people)
        spent, elapsed = cpu.spent([self.server.pid]) - spent, time.monotonic() - started
        return result | {
            "posted": posted,
            "lost": posted * self.people - result["count"],
            "per_second": result["count"] / elapsed,
            "cost": spent / max(1, result["count"]) * 1e6,
            "core": spent / elapsed,
            "readers_core": (result["cpu"] - before) / elapsed,
        }

    def _wait(self, wanted: int) -> dict[str, float]:
        deadline = time.monotonic() + 30
        while (result := self.readers.ask("look"))["count"] < wanted and time.monotonic() < deadline:
            time.sleep(0.01)
        return result


def opening(port: int, sessions: list[str], room: int) -> dict[str, Any]:
    """What a page does: it watches all of its rooms and opens one."""
    frames = [{"do": "watch"}, {"do": "open", "stream": f"room.{room}", "since": 0}]
    return {
        "port": port,
        "path": "/ws/",
        "cookies": sessions,
        "frames": list(map(json.dumps, frames)),
        "ready": f'"opened","stream":"room.{room}"',
    }


@contextmanager
def product(site: Site, seed: Seed, room: int, server: str) -> Iterator[Contender]:
    with ExitStack() as stack:
        process = stack.enter_context(site.serve(server, core=DELIVERING_CORE))
        readers = opening(process.port, seed["sessions"], room)
        poster = {"actor": seed["people"][0], "room": room}
        name = f"Tongxin, {server}"
        yield _ready(stack, site, name, process, readers, "product", poster)


@contextmanager
def floor(site: Site, kind: str, server: str, people: int, frame: str) -> Iterator[Contender]:
    with ExitStack() as stack:
        port, redis_url = free_port(), site.environment["REDIS_URL"]
        command = ["-m", "bench.fanout.floors", kind, server, str(port), redis_url]
        started = stack.enter_context(site.start(command, core=DELIVERING_CORE))
        site.wait_for(started, port)
        process = Process(started.pid, port)
        readers = {"port": port, "path": "/", "cookies": [""] * people, "frames": [], "ready": ""}
        poster = {"port": port, "redis": redis_url, "server": server, "frame": frame}
        yield _ready(stack, site, f"{kind}, {server}", process, readers, kind, poster)


def _ready(
    stack: ExitStack,
    site: Site,
    name: str,
    server: Process,
    readers: dict[str, Any],
    kind: str,
    poster: dict[str, Any],
) -> Contender:
    taken, given = os.pipe()
    reading = _helper(stack, site, "bench.fanout.client", [json.dumps(readers), str(given)], given)
    posting = _helper(stack, site, "bench.fanout.poster", [kind, str(taken), json.dumps(poster)], taken)
    os.close(taken)
    os.close(given)
    return Contender(name, server, reading, posting, len(readers["cookies"]))


def _helper(stack: ExitStack, site: Site, module: str, arguments: list[str], descriptor: int) -> Helper:
    process = subprocess.Popen(
        [*pinned(OTHER_CORE), sys.executable, "-m", module, *arguments],
        env=site.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        pass_fds=[descriptor],
    )
    stack.callback(process.wait)
    stack.callback(process.terminate)
    return Helper(process)
