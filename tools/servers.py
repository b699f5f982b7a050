"""A PostgreSQL and a Redis of one's own: free ports, a temporary folder, gone at the end.

`python -m tools.servers make test` runs a command with DATABASE_URL and REDIS_URL set to them.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

PATIENCE = 30
STARTED_AS_ROOT = os.geteuid() == 0


def missing_postgres() -> str:
    """Why no PostgreSQL can be started here; empty when one can."""
    if _postgres_folder() is None:
        return "no PostgreSQL server on this machine (Debian: apt-get install postgresql)"
    if STARTED_AS_ROOT and not _has_postgres_user():
        return "PostgreSQL does not run as root, and there is no user named postgres"
    return ""


def missing_redis() -> str:
    """Why no Redis can be started here; empty when one can."""
    return "" if shutil.which("redis-server") else "no redis-server (Debian: apt-get install redis-server)"


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[str]:
    """The URL of an empty database in a server that is gone afterwards; `durable`: it writes in earnest."""
    programs = _postgres_folder()
    if programs is None:
        raise RuntimeError(missing_postgres())
    owner = "postgres" if STARTED_AS_ROOT else None
    with _folder("postgres", owner) as folder:
        port = _free_port()
        data = folder / "data"
        initialise = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync"]
        subprocess.run(
            [programs / "initdb", "--pgdata", data, *initialise],
            check=True,
            cwd=folder,
            user=owner,
            stdout=subprocess.DEVNULL,
        )
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(folder),
            "port": str(port),
            "max_connections": "300",
        }
        if not durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command: list[str | Path] = [programs / "postgres", "-D", data, *options]
        with _server(
            "PostgreSQL",
            command,
            folder,
            owner,
            stop=signal.SIGINT,
            ready=lambda: _takes_queries(programs, port),
        ):
            yield f"postgres://postgres@127.0.0.1:{port}/postgres"


@contextmanager
def redis() -> Iterator[str]:
    """The URL of a Redis that keeps nothing."""
    with _folder("redis", None) as folder:
        port = _free_port()
        options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
        with _server("Redis", ["redis-server", *options], folder, None, ready=lambda: _accepts(port)):
            yield f"redis://127.0.0.1:{port}/0"


def _postgres_folder() -> Path | None:
    """Where initdb is: the newest of Debian's folders, or the PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def _has_postgres_user() -> bool:
    return any(account.pw_name == "postgres" for account in pwd.getpwall())


@contextmanager
def _folder(name: str, owner: str | None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=f"tongxin-{name}-") as name_of_folder:
        folder = Path(name_of_folder)
        if owner:
            shutil.chown(folder, owner)
        yield folder


@contextmanager
def _server(
    name: str,
    command: list[str | Path],
    folder: Path,
    owner: str | None,
    *,
    ready: Callable[[], bool],
    stop: signal.Signals = signal.SIGTERM,
) -> Iterator[None]:
    log = folder / "log"
    with log.open("wb") as output:
        # A group of its own: Ctrl-C on the terminal stops the tests first and then, through us, the server.
        process = subprocess.Popen(
            command, cwd=folder, user=owner, stdout=output, stderr=output, process_group=0
        )
    try:
        deadline = time.monotonic() + PATIENCE
        while not ready():
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{name} did not start:\n{log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.05)
        yield
    finally:
        process.send_signal(stop)
        process.wait(PATIENCE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _takes_queries(programs: Path, port: int) -> bool:
    """It listens before it is ready."""
    asking: list[str | Path] = [programs / "pg_isready", "--quiet", "--host=127.0.0.1", f"--port={port}"]
    return subprocess.run(asking, check=False).returncode == 0


def _accepts(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def stop_on_termination() -> None:
    """Being told to stop unwinds the stack, so that no server outlives us."""

    def leave(number: int, _frame: object) -> None:
        sys.exit(128 + number)

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGHUP, leave)


def main() -> int:
    stop_on_termination()
    with ExitStack() as servers:
        urls = {
            "DATABASE_URL": servers.enter_context(postgres()),
            "REDIS_URL": servers.enter_context(redis()),
        }
        return subprocess.run(sys.argv[1:], check=False, env={**os.environ, **urls}).returncode


if __name__ == "__main__":
    sys.exit(main())
