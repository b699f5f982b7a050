"""`manage.py serve` as people start it: a process, its output, its exit code."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from intranet.serving.address import Address, CannotServe, insecure
from tests.companies import databases
from tests.live import ROOT, Databases, free_port, wait_for

__all__ = ["databases"]
pytestmark = pytest.mark.processes
OURS = ("DATABASE_URL", "REDIS_URL", "DATA_DIR", "PORT", "ORIGINS")


@pytest.fixture
def home(databases: Databases, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of an embedded company that is new."""
    with databases.another() as url:
        inherited = {name: value for name, value in os.environ.items() if name not in OURS}
        yield inherited | {"DATABASE_URL": url, "DATA_DIR": str(tmp_path), "PYTHONUNBUFFERED": "1"}


def manage(home: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    whole = [sys.executable, "manage.py", *command]
    return subprocess.run(whole, check=False, cwd=ROOT, env=home, capture_output=True, text=True)


class Served:
    def __init__(self, home: dict[str, str], log: Path, *options: str) -> None:
        self.log = log
        with log.open("w") as output:
            command = [sys.executable, "manage.py", "serve", *options]
            self.process = subprocess.Popen(command, cwd=ROOT, env=home, stdout=output, stderr=output)

    def says(self) -> str:
        return self.log.read_text()

    def until_it_says(self, words: str) -> None:
        wait_for(lambda: words in self.says() or self.process.poll() is not None)
        assert words in self.says(), self.says()

    def stop(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(20)


@contextmanager
def serving(home: dict[str, str], tmp_path: Path, *options: str) -> Iterator[Served]:
    served = Served(home, tmp_path / "log", *options)
    try:
        yield served
    finally:
        served.process.kill()
        served.process.wait()


def test_it_tells_where_it_is_and_stops_when_told(home: dict[str, str], tmp_path: Path) -> None:
    manage(home, "demo")
    port = free_port()
    with serving(home | {"PORT": str(port)}, tmp_path) as served:
        served.until_it_says("tongxin-demo")
        assert f"http://127.0.0.1:{port}/" in served.says()
        assert re.findall(r"^  (\w+)", served.says(), re.MULTILINE) == ["lilei", "hanmeimei", "emma"]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as response:
            assert response.status == 200
        assert served.stop(signal.SIGTERM) == 0
        assert "Traceback" not in served.says()


def test_what_a_crash_left_of_the_queue_is_repaired(home: dict[str, str], tmp_path: Path) -> None:
    """A command that ended while it made the queue's table leaves it empty, and the worker fails on that."""
    table = tmp_path / "queue" / "tongxin.exchange"
    table.parent.mkdir()
    table.touch()
    port = free_port()
    with serving(home | {"PORT": str(port)}, tmp_path) as served:
        served.until_it_says(f"http://127.0.0.1:{port}/")
        wait_for(lambda: health(port)["worker"] == "ok")
        assert table.stat().st_size
        assert served.stop(signal.SIGTERM) == 0
        assert "Traceback" not in served.says()


def health(port: int) -> dict[str, str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as response:
        report: dict[str, str] = json.load(response)
        return report


@pytest.mark.parametrize("server", ["daphne", "uvicorn"])
def test_over_https_under_the_address_of_the_command(
    home: dict[str, str], tmp_path: Path, server: str
) -> None:
    """The origin that sockets are accepted from follows the options, whatever PORT says."""
    manage(home, "demo")
    certificate, key = make_certificate(tmp_path)
    port = free_port()
    options = ("--server", server, "--port", str(port), "--certificate", certificate, "--key", key)
    with serving(home | {"PORT": "1"}, tmp_path, *options) as served:
        served.until_it_says(f"https://127.0.0.1:{port}/")
        trust = ssl.create_default_context(cafile=certificate)
        with urllib.request.urlopen(f"https://127.0.0.1:{port}/healthz", context=trust) as response:
            assert response.status == 200
        url = f"wss://127.0.0.1:{port}/ws/"
        cookie = {"Cookie": sign_in(f"https://127.0.0.1:{port}", trust)}
        origin = Origin(f"https://127.0.0.1:{port}")
        with connect(url, ssl=trust, origin=origin, additional_headers=cookie) as socket_:
            assert json.loads(socket_.recv(5))["kind"] == "hello"
            socket_.send('{"do": "ping"}')
            kinds = (json.loads(socket_.recv(5))["kind"] for _ in range(5))
            assert "pong" in kinds
        with pytest.raises(InvalidStatus, match="403"):
            connect(url, ssl=trust, origin=Origin(f"http://127.0.0.1:{port}"))
        assert served.stop(signal.SIGINT) == 0
        assert "Traceback" not in served.says()


def sign_in(site: str, trust: ssl.SSLContext) -> str:
    """The cookies of 李雷, as a browser gets them from the form."""
    cookies = CookieJar()
    handlers = (urllib.request.HTTPSHandler(context=trust), urllib.request.HTTPCookieProcessor(cookies))
    browser = urllib.request.build_opener(*handlers)
    browser.open(f"{site}/accounts/login/").close()
    token = next(cookie.value for cookie in cookies if cookie.name == "__Host-csrf")
    fields = {"login": "lilei", "password": "tongxin-demo", "csrfmiddlewaretoken": token}
    browser.addheaders = [("Referer", site)]
    browser.open(f"{site}/accounts/login/", urlencode(fields).encode()).close()
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in cookies)


def make_certificate(folder: Path) -> tuple[str, str]:
    certificate, key = str(folder / "certificate.pem"), str(folder / "key.pem")
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    subprocess.run([*command, "-out", certificate, "-keyout", key], check=True, capture_output=True)
    return certificate, key


def refusal(home: dict[str, str], *options: str) -> str:
    """What it says when it cannot: one line, exit code 1."""
    done = manage(home, "serve", *options)
    assert done.returncode == 1, done
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr.strip()


def test_an_occupied_port_is_told(home: dict[str, str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert f"Port {port} is in use already" in refusal(home | {"PORT": str(port)})


def test_a_database_without_its_tables_is_told(home: dict[str, str], tmp_path: Path) -> None:
    empty = home | {"DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}", "PORT": str(free_port())}
    assert "manage.py migrate" in refusal(empty)


def test_a_database_that_is_away_is_told(home: dict[str, str], tmp_path: Path) -> None:
    away = home | {"DATABASE_URL": f"sqlite:///{tmp_path / 'nowhere/db.sqlite3'}", "PORT": str(free_port())}
    assert "The database does not answer" in refusal(away)


def test_the_demo_company_is_for_this_machine_only(home: dict[str, str]) -> None:
    private = home | {"PORT": str(free_port())}
    public = private | {"ORIGINS": "http://localhost,http://tongxin.example"}
    not_here = manage(public, "demo")
    assert (not_here.returncode, not_here.stdout) == (1, "")
    assert "http://tongxin.example" in not_here.stderr
    assert manage(private, "demo").returncode == 0
    assert "not at http://tongxin.example;" in refusal(public)
    everywhere = private | {"ORIGINS": "http://localhost"}
    assert "not at 0.0.0.0;" in refusal(everywhere, "--host", "0.0.0.0")  # noqa: S104
    developing = manage(private, "runserver", "--noreload", f"0.0.0.0:{free_port()}")
    assert (developing.returncode, developing.stderr.count("\n")) == (1, 1)
    assert "not at 0.0.0.0;" in developing.stderr
    assert manage(public, "demo", "--remove").returncode == 0


def test_an_insecure_origin_is_told_at_start(home: dict[str, str], tmp_path: Path) -> None:
    origins = "http://tongxin.example:8000,http://localhost:8000"
    with serving(home | {"ORIGINS": origins, "PORT": str(free_port())}, tmp_path) as served:
        served.until_it_says("http://tongxin.example:8000 is not secure")
        assert "http://localhost:8000 is not secure" not in served.says()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (Address("127.0.0.1", 70000), "from 1 to 65535"),
        (Address("127.0.0.1", 8000, certificate=Path("c.pem")), "both --certificate and --key"),
        (
            Address("127.0.0.1", 8000, Path("/nowhere.pem"), Path("/nowhere.pem")),
            "/nowhere.pem cannot be read",
        ),
        (Address("127.0.0.1", 8000, Path(__file__), Path(__file__)), "not a certificate"),
        (Address("192.0.2.1", free_port()), "not an address of this machine"),
        (Address("tongxin.invalid", 8000), "tongxin.invalid is not an address"),
    ],
)
def test_what_cannot_be_served_is_told(address: Address, sentence: str) -> None:
    with pytest.raises(CannotServe, match=re.escape(sentence)):
        address.check()


def test_the_wildcard_address_has_no_origin_of_its_own() -> None:
    with pytest.raises(CannotServe, match="ORIGINS=http"):
        Address("0.0.0.0", 8000).origins()  # noqa: S104


def test_origins_are_written_as_browsers_write_them() -> None:
    assert Address("::1", 80).origins() == ["http://[::1]", "http://127.0.0.1", "http://localhost"]
    assert Address("10.0.0.5", 8000).origins()[0] == "http://10.0.0.5:8000"


def test_only_plain_http_beyond_this_machine_is_insecure() -> None:
    secure = ["http://localhost:8000", "http://127.0.0.2", "http://[::1]:8000", "https://tongxin.example"]
    assert insecure([*secure, "http://10.0.0.5:8000"]) == ["http://10.0.0.5:8000"]
