"""From a backup to a company: onto a database without people, all of it or nothing."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import IO

from django.apps.registry import Apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from intranet.backup import archive, rows
from intranet.backup.archive import Manifest, Progress
from intranet.people.models import User

Migrations = set[tuple[str, str]]


class NotHere(Exception):
    """Why this backup cannot be restored here, as a sentence."""


def restore(path: Path, progress: Progress) -> Manifest:
    manifest = archive.check(path)
    progress(f"a backup of {manifest.made_at[:16].replace('T', ' ')} UTC, complete")
    apps = _prepare({(app, name) for app, name in manifest.migrations})
    root = Path(settings.MEDIA_ROOT)
    if root.exists() and any(root.iterdir()):
        raise NotHere(f"There are files in {root} already; a backup is restored onto nothing.")
    unpacked = root.with_name(f"{root.name}.restoring")
    shutil.rmtree(unpacked, ignore_errors=True)
    try:
        with transaction.atomic():
            _unpack(path, manifest, apps, unpacked)
            _put_in_place(unpacked, root)
    finally:
        shutil.rmtree(unpacked, ignore_errors=True)
    call_command("migrate", verbosity=0)
    progress(f"{sum(manifest.rows.values())} rows and {_files(manifest)} files are back")
    return manifest


def _prepare(wanted: Migrations) -> Apps:
    """Tables as they were when the backup was made."""
    executor = MigrationExecutor(connection)
    known, applied = set(executor.loader.graph.nodes), set(executor.loader.applied_migrations)
    if wanted - known:
        raise NotHere("This backup was made by a newer version; update this installation first.")
    if not applied:
        executor.migrate(_last(executor, wanted))
    elif applied != wanted:
        raise NotHere("This backup comes from an earlier version; restore it onto a database without tables.")
    elif User.objects.exists():
        raise NotHere("There are people in this database already; a backup is restored onto an empty one.")
    return MigrationExecutor(connection).loader.project_state(_last(executor, wanted)).apps


def _last(executor: MigrationExecutor, wanted: Migrations) -> list[tuple[str, str]]:
    """Of each app the migration that no other one of them builds on."""
    nodes = executor.loader.graph.node_map
    before = {parent.key for key in wanted for parent in nodes[key].parents if parent.key[0] == key[0]}
    return sorted(wanted - before)


def _unpack(path: Path, manifest: Manifest, apps: Apps, files: Path) -> None:
    tables = {model._meta.label: model for model in rows.tables(apps)}
    rows.clear(tables.values())
    loaded: dict[str, int] = {}
    for name, content in archive.parts(path):
        kind, _slash, rest = name.partition("/")
        if kind == "rows":
            label = rest.removesuffix(".jsonl")
            loaded[label] = rows.load(tables[label], content)
        elif kind == "files":
            _save(files, rest, content)
    if loaded != manifest.rows:
        raise NotHere("Not every row came back; nothing was changed.")
    rows.continue_numbering(list(tables.values()))


def _save(root: Path, name: str, content: IO[bytes]) -> None:
    path = (root / name).resolve()
    if not path.is_relative_to(root.resolve()):
        raise NotHere("This backup names a file outside its folder.")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        shutil.copyfileobj(content, target)


def _put_in_place(unpacked: Path, root: Path) -> None:
    if unpacked.exists():
        if root.exists():
            root.rmdir()
        unpacked.rename(root)


def _files(manifest: Manifest) -> int:
    return len(manifest.checksums) - len(manifest.rows)
