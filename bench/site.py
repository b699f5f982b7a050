"""A product of one's own to measure: temporary data, own database and Redis, own processes on free ports."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import cpu
from tools import servers

PATIENCE = 40
# Another database, and compiling every module at every start, would be measured otherwise.
NOT_HANDED_ON = {"DATABASE_URL", "REDIS_URL", "ORIGINS", "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True)
class Process:
    pid: int
    port: int


class Site:
    def __init__(self, folder: Path, urls: dict[str, str]) -> None:
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in NOT_HANDED_ON},
            **urls,
            "DATA_DIR": str(folder),
            "LOG_LEVEL": "WARNING",
        }
        self.log = folder / "log"

    @property
    def is_full(self) -> bool:
        return "DATABASE_URL" in self.environment

    @property
    def engine(self) -> str:
        return "PostgreSQL" if self.is_full else "SQLite"

    def call(self, module: str, *arguments: object) -> Any:
        """What a module of the bench prints when it runs on this site."""
        command = [sys.executable, "-m", module, *map(str, arguments)]
        done = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, check=True)
        return json.loads(done.stdout)

    @contextmanager
    def serve(self, server: str, *, core: int | None = None) -> Iterator[Process]:
        port = free_port()
        command = ["manage.py", "serve", "--server", server, "--port", str(port)]
        with self.start(command, core=core, PORT=str(port)) as process:
            self.wait_for(process, port)
            yield Process(process.pid, port)

    def wait_for(self, process: subprocess.Popen, port: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{process.args!r} did not start:\n{self.log.read_text()[-2000:]}")
            time.sleep(0.05)

    @contextmanager
    def start(
        self, arguments: Sequence[str], *, core: int | None = None, **environment: str
    ) -> Iterator[subprocess.Popen]:
        """A Python process for as long as the block, on one core if so wished."""
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [*pinned(core), sys.executable, *arguments],
                env=self.environment | environment,
                stdout=log,
                stderr=log,
            )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE)

    def helpers(self) -> list[int]:
        """The database's and Redis's processes."""
        return [*cpu.children_named("postgres"), *cpu.children_named("redis-server")]


@contextmanager
def site(*, full: bool) -> Iterator[Site]:
    """`full` is a company's: PostgreSQL and Redis; otherwise embedded, with SQLite."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tongxin-bench-")))
        urls = {}
        if full:
            urls["DATABASE_URL"] = stack.enter_context(servers.postgres(durable=True))
            urls["REDIS_URL"] = stack.enter_context(servers.redis())
        made = Site(folder, urls)
        command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
        subprocess.run(command, env=made.environment, check=True)
        yield made


def pinned(core: int | None) -> list[str]:
    return [] if core is None else ["taskset", "--cpu-list", str(core)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
