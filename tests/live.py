"""The product as it really runs: processes of its own, on a database and a Redis of its own."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Client
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import psycopg
from psycopg import sql

P = ParamSpec("P")
T = TypeVar("T")
ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0  # of a test for what must come; on a busy machine everything takes longer
SOAK = bool(os.environ.get("SOAK"))
KILLED = "killed; it starts again"
# What the processes must not inherit from whoever runs the tests.
OWN = ("DATABASE_URL", "REDIS_URL", "REDIS_PREFIX", "DATA_DIR", "PORT", "ORIGINS", "DEBUG")

Number = TypeVar("Number", int, float)


def sized(*, full: Number, reduced: Number) -> Number:
    """The counts that the product promises, with `make soak`; fewer of them in every run."""
    return full if SOAK else reduced


def figure(name: str, **values: object) -> None:
    print(
        f"\nFIGURE {name}: " + ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in values.items())
    )


def wait_for(condition: Callable[[], T], *, within: float = PATIENCE) -> T:
    """The condition's first true value."""
    deadline = time.monotonic() + within
    while not (value := condition()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
    return value


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _accepts(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


# --- Databases --------------------------------------------------------------------------------------


class Databases:
    """Migrated once, then copied for whoever wants one."""

    def __init__(self, folder: Path, postgres_url: str = "") -> None:
        """Several processes may share the folder."""
        self._folder = folder
        self._postgres_url = postgres_url
        self._template = ""

    @contextmanager
    def another(self) -> Iterator[str]:
        """The URL of a database with tables and nothing in them."""
        with self._another_postgres() if self._postgres_url else self._another_sqlite() as url:
            yield url

    @contextmanager
    def _another_sqlite(self) -> Iterator[str]:
        template = self._folder / "template.sqlite3"
        with (self._folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not template.exists():
                self._migrate(f"sqlite:///{template}")
        copy = self._folder / f"{uuid.uuid4().hex}.sqlite3"
        shutil.copy(template, copy)
        yield f"sqlite:///{copy}"

    @contextmanager
    def _another_postgres(self) -> Iterator[str]:
        if not self._template:
            self._template = f"tongxin_template_{uuid.uuid4().hex[:12]}"
            self._command("CREATE DATABASE {}", self._template)
            self._migrate(self._url(self._template))
        name = f"tongxin_live_{uuid.uuid4().hex[:12]}"
        self._command("CREATE DATABASE {} TEMPLATE {}", name, self._template)
        try:
            yield self._url(name)
        finally:
            self._command("DROP DATABASE {} WITH (FORCE)", name)

    def drop_template(self) -> None:
        if self._postgres_url and self._template:
            self._command("DROP DATABASE {} WITH (FORCE)", self._template)

    def _url(self, name: str) -> str:
        return f"{self._postgres_url.rsplit('/', 1)[0]}/{name}"

    def _command(self, statement: str, *names: str) -> None:
        with psycopg.connect(self._postgres_url, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _migrate(self, url: str) -> None:
        command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
        subprocess.run(command, check=True, cwd=ROOT, env=_environment(self._folder, DATABASE_URL=url))


def _environment(folder: Path, **ours: str) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in OWN}
    return inherited | {"DATA_DIR": str(folder), "LOG_LEVEL": "WARNING"} | ours


# --- Processes --------------------------------------------------------------------------------------


class Process:
    def __init__(self, command: list[str], folder: Path, environment: dict[str, str], name: str) -> None:
        self.log = folder / f"{name}.log"
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=output, stderr=output, process_group=0
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait_until(self, ready: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not ready():
            said = self.log.read_text(errors="replace")[-3000:]
            assert self._process.poll() is None, f"it ended:\n{said}"
            assert time.monotonic() < deadline, f"it is not ready:\n{said}"
            time.sleep(0.05)

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        if self._process.poll() is None:
            os.killpg(self.pid, number)

    def end(self) -> None:
        self.kill(signal.SIGTERM)
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self.kill()
            self._process.wait(5)


class Stage(Process):
    """A process of the product, and whoever calls functions in it."""

    def __init__(
        self, what: str, *options: str, folder: Path, environment: dict[str, str], name: str, preparation: str
    ) -> None:
        self._address = str(folder / f"{name}.sock")
        flags = preparation.split() if preparation else []
        command = [sys.executable, "-m", "tests.stage", self._address, *flags, what, *options]
        super().__init__(command, folder, environment, name)

    def is_ready(self) -> bool:
        """The address is there a moment before somebody listens at it."""
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(self._address) == 0

    def kills(self) -> int:
        """How often it died by kill -9 and was started again."""
        return self.log.read_text(errors="replace").count(KILLED)

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        with Client(self._address, "AF_UNIX") as connection:
            connection.send((function, args, kwargs))
            value, error = connection.recv()
        if error:
            raise RuntimeError(error)
        return value


class Web(Stage):
    def __init__(self, port: int, **options: Any) -> None:
        super().__init__("serve", "--port", str(port), name=f"web-{port}", **options)
        self.port = port

    def is_ready(self) -> bool:
        return super().is_ready() and _accepts(self.port)


class RedisServer:
    """One that can be killed, frozen and brought back."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = folder
        self.start()

    def start(self) -> None:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self._folder)]
        self._process = Process(["redis-server", *options], self._folder, dict(os.environ), "redis")
        self._process.wait_until(lambda: _accepts(self.port))

    def kill(self) -> None:
        self._process.kill()

    def freeze(self) -> None:
        self._process.kill(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process.kill(signal.SIGCONT)

    def end(self) -> None:
        self.thaw()
        self._process.end()


@contextmanager
def redis_server(folder: Path) -> Iterator[RedisServer]:
    server = RedisServer(folder)
    try:
        yield server
    finally:
        server.end()


class Company:
    """Any number of processes that share a database and, unless everything is in one of them, a Redis."""

    def __init__(self, folder: Path, database_url: str, redis_url: str = "") -> None:
        self.folder = folder
        self.redis_url = redis_url
        self.database_url = database_url
        self._processes: list[Process] = []

    def web(self, preparation: str = "") -> Web:
        port = free_port()
        web = Web(port, **self._options(preparation, PORT=str(port)))
        self._processes.append(web)
        return web

    def start(self, what: str, *options: str, preparation: str = "") -> Stage:
        """`worker`, `beat`, or `nothing`: a process that only takes calls."""
        if what == "worker":
            options = ("--pool=threads", "--concurrency=2", "--without-mingle", "--without-gossip", *options)
        stage = Stage(what, *options, name=f"{what}-{len(self._processes)}", **self._options(preparation))
        self._processes.append(stage)
        return stage

    def ready(self, *stages: Stage) -> None:
        for stage in stages:
            stage.wait_until(stage.is_ready)

    def tell(self) -> None:
        """What they said, for whoever reads of a failure."""
        for process in self._processes:
            print(f"--- {process.log.name}\n{process.log.read_text(errors='replace')[-3000:]}")

    def end(self) -> None:
        for process in self._processes:
            process.kill(signal.SIGTERM)
        for process in self._processes:
            process.end()

    def _options(self, preparation: str, **environment: str) -> dict[str, Any]:
        ours = {"DATABASE_URL": self.database_url} | environment
        if self.redis_url:
            ours |= {"REDIS_URL": self.redis_url, "REDIS_PREFIX": f"t{os.getpid()}-{id(self)}"}
        return {
            "folder": self.folder,
            "environment": _environment(self.folder, **ours),
            "preparation": preparation,
        }


@contextmanager
def company(databases: Databases, redis_url: str = "") -> Iterator[Company]:
    with tempfile.TemporaryDirectory(prefix="tongxin-live-") as folder, databases.another() as url:
        live = Company(Path(folder), url, redis_url)
        try:
            yield live
        except BaseException:
            live.tell()
            raise
        finally:
            live.end()
