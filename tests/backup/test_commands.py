"""A company that is backed up and restored elsewhere, by commands, in databases of their own."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.companies import databases, postgres
from tests.live import OWN, ROOT, Databases

__all__ = ["databases", "postgres"]
pytestmark = pytest.mark.processes
# The history of the tables themselves is written anew where they are made anew.
NOT_OURS = {"django_migrations", "sqlite_sequence"}
COUNT = """
import json
from django.db import connection
with connection.cursor() as cursor:
    counted = {}
    for name in connection.introspection.table_names():
        cursor.execute(f"SELECT count(*) FROM {name}")
        counted[name] = cursor.fetchone()[0]
print(json.dumps(counted))
"""
LATER = "INSERT INTO django_migrations (app, name, applied) VALUES ('chat', '9999_later', CURRENT_TIMESTAMP)"


class Installation:
    def __init__(self, folder: Path, database_url: str) -> None:
        self.folder, self.database_url = folder, database_url
        folder.mkdir(exist_ok=True)

    @property
    def files(self) -> Path:
        return self.folder / "files"

    def run(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        inherited = {name: value for name, value in os.environ.items() if name not in OWN}
        ours = {"DATABASE_URL": self.database_url, "DATA_DIR": str(self.folder)} | environment
        whole = [sys.executable, "manage.py", *command]
        return subprocess.run(
            whole, check=False, cwd=ROOT, env=inherited | ours, capture_output=True, text=True
        )

    def does(self, *command: str) -> str:
        done = self.run(*command)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refuses(self, *command: str, **environment: str) -> str:
        done = self.run(*command, **environment)
        assert done.returncode == 1, done
        assert done.stderr.count("\n") == 1, done.stderr
        return done.stderr.strip()

    def takes_keys_of(self, other: Installation) -> None:
        (self.folder / "encryption_keys").write_text((other.folder / "encryption_keys").read_text())

    def counts(self) -> dict[str, int]:
        counted = json.loads(self.does("shell", "--no-imports", "-c", COUNT))
        return {name: count for name, count in counted.items() if name not in NOT_OURS}


@pytest.fixture
def company(databases: Databases, tmp_path: Path) -> Iterator[Installation]:
    with databases.another() as url:
        company = Installation(tmp_path / "company", url)
        company.does("demo")
        (company.files / "avatars").mkdir(parents=True)
        (company.files / "avatars/李雷.webp").write_bytes(os.urandom(200_000))
        (company.files / "empty").touch()
        yield company


@pytest.fixture
def elsewhere(databases: Databases, tmp_path: Path) -> Iterator[Installation]:
    with databases.another() as url:
        yield Installation(tmp_path / "elsewhere", url)


def test_a_company_is_restored_elsewhere(
    company: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    backup = str(tmp_path / "backup")
    before = company.counts()
    assert "is complete" in company.does("backup", backup)
    assert oct(Path(backup).stat().st_mode & 0o777) == "0o600"
    assert "李雷".encode() not in Path(backup).read_bytes()
    elsewhere.takes_keys_of(company)
    assert "The company is back." in elsewhere.does("restore", backup)
    assert elsewhere.counts() == before
    for name in ("avatars/李雷.webp", "empty"):
        assert (elsewhere.files / name).read_bytes() == (company.files / name).read_bytes()
    # New rows get numbers after the restored ones.
    elsewhere.does("demo", "--size", "3")
    assert elsewhere.counts()["chat_message"] == before["chat_message"] + 3


@pytest.mark.postgres
def test_from_sqlite_to_postgresql_and_back(postgres: Databases, tmp_path: Path) -> None:
    """Whoever tried it on one machine moves to a company's own, also onto a database without tables."""
    tried = Installation(tmp_path / "tried", f"sqlite:///{tmp_path / 'tried.sqlite3'}")
    tried.does("migrate")
    tried.does("demo")
    first, second = str(tmp_path / "first"), str(tmp_path / "second")
    tried.does("backup", first)
    with postgres.another() as url:
        company = Installation(tmp_path / "company", url)
        company.takes_keys_of(tried)
        company.does("restore", first)
        assert company.counts() == tried.counts()
        company.does("backup", second)
    back = Installation(tmp_path / "back", f"sqlite:///{tmp_path / 'back.sqlite3'}")
    back.takes_keys_of(tried)
    back.does("restore", second)
    assert back.counts() == tried.counts()


def test_what_cannot_be_restored_is_told_and_changes_nothing(
    company: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    backup = tmp_path / "backup"
    company.does("backup", str(backup))
    empty = elsewhere.counts()
    whole = backup.read_bytes()
    changed = whole[:900] + (b"B" if whole[900:901] == b"A" else b"A") + whole[901:]
    wrong = {"cut": whole[: len(whole) // 2], "changed": changed, "none": b"hello"}
    for name, data in wrong.items():
        (tmp_path / name).write_bytes(data)
    assert "another key" in elsewhere.refuses("restore", str(backup))
    elsewhere.takes_keys_of(company)
    assert "incomplete or damaged" in elsewhere.refuses("restore", str(tmp_path / "cut"))
    assert "incomplete or damaged" in elsewhere.refuses("restore", str(tmp_path / "changed"))
    assert "not a backup" in elsewhere.refuses("restore", str(tmp_path / "none"))
    assert "cannot be read" in elsewhere.refuses("restore", str(tmp_path / "nowhere"))
    assert "people in this database already" in company.refuses("restore", str(backup))
    (elsewhere.files).mkdir()
    (elsewhere.files / "mine").touch()
    assert "There are files" in elsewhere.refuses("restore", str(backup))
    assert elsewhere.counts() == empty
    assert "cannot be written" in company.refuses("backup", str(tmp_path / "no/such/folder"))


def test_a_newer_backup_is_told(company: Installation, elsewhere: Installation, tmp_path: Path) -> None:
    _execute(company.database_url, LATER)
    backup = str(tmp_path / "backup")
    company.does("backup", backup)
    elsewhere.takes_keys_of(company)
    assert "newer version" in elsewhere.refuses("restore", backup)


def _execute(database_url: str, statement: str) -> None:
    if database_url.startswith("sqlite"):
        with sqlite3.connect(database_url.removeprefix("sqlite:///")) as connection:
            connection.execute(statement)
    else:
        with psycopg.connect(database_url) as postgres_connection:
            postgres_connection.execute(statement)


def test_a_key_that_is_rotated_still_opens(
    company: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    backup = str(tmp_path / "backup")
    company.does("backup", backup)
    company.does("rotate_keys")
    elsewhere.takes_keys_of(company)
    elsewhere.does("restore", backup)
    assert len((company.folder / "encryption_keys").read_text().split()) == 2
    assert "ENCRYPTION_KEYS" in company.refuses("rotate_keys", ENCRYPTION_KEYS="A" * 43 + "=")
    assert "must be Fernet keys" in company.run("check", ENCRYPTION_KEYS="short").stderr
