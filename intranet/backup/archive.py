"""A backup: everything that a company has, in one sealed file.

A compressed tar: `rows/<table>.jsonl` first, as the database was at one moment, then `files/…`, then
`manifest.json` with the migrations, the number of rows of each table, and a checksum of each part.
"""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from intranet import clock
from intranet.backup import keys, rows
from intranet.backup.sealed import Broken, Opening, Sealing

MANIFEST = "manifest.json"
Progress = Callable[[str], None]


@dataclass
class Manifest:
    made_at: str
    migrations: list[list[str]]
    rows: dict[str, int] = field(default_factory=dict)
    checksums: dict[str, str] = field(default_factory=dict)


def write(path: Path, progress: Progress) -> Manifest:
    """Database first, files second: no row then names a file that is missing. Whole or not at all."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        with unfinished.open("wb") as target:
            os.chmod(unfinished, 0o600)
            sealing: Any = Sealing(target, keys.ring())
            with tarfile.open(fileobj=sealing, mode="w|gz") as tar:
                manifest = _fill(tar, progress)
            sealing.close()
            target.flush()
            os.fsync(target.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def _fill(tar: tarfile.TarFile, progress: Progress) -> Manifest:
    with rows.snapshot():
        applied = MigrationRecorder(connection).applied_migrations()
        manifest = Manifest(clock.now().isoformat(), sorted(map(list, applied)))
        for model in rows.tables(apps):
            with tempfile.TemporaryFile() as lines:
                count = rows.dump(model, lines)
                _add(tar, manifest, f"rows/{model._meta.label}.jsonl", lines)
            manifest.rows[model._meta.label] = count
    progress(f"{sum(manifest.rows.values())} rows in {len(manifest.rows)} tables")
    progress(f"{_add_files(tar, manifest)} files")
    with tempfile.TemporaryFile() as text:
        text.write(json.dumps(asdict(manifest)).encode())
        _add(tar, manifest, MANIFEST, text)
    return manifest


def _add_files(tar: tarfile.TarFile, manifest: Manifest) -> int:
    root = Path(settings.MEDIA_ROOT)
    count = 0
    for path in sorted(root.rglob("*")) if root.exists() else ():
        try:
            with path.open("rb") as source:
                _add(tar, manifest, f"files/{path.relative_to(root)}", source)
        except (FileNotFoundError, IsADirectoryError):  # taken away meanwhile; a folder
            continue
        count += 1
    return count


def _add(tar: tarfile.TarFile, manifest: Manifest, name: str, source: IO[bytes]) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = source.seek(0, os.SEEK_END)
    source.seek(0)
    manifest.checksums[name] = _digest(source)
    source.seek(0)
    tar.addfile(entry, source)


def _digest(source: IO[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in iter(partial(source.read, 1024 * 1024), b""):
        digest.update(piece)
    return digest.hexdigest()


def check(path: Path) -> Manifest:
    """Read it to the end before anything is made of it."""
    found: dict[str, str] = {}
    manifest: Manifest | None = None
    for name, content in parts(path):
        if name == MANIFEST:
            manifest = Manifest(**json.load(content))
        else:
            found[name] = _digest(content)
    if manifest is None or found != manifest.checksums:
        raise Broken("This backup is incomplete or damaged.")
    return manifest


def parts(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    with _opened(path) as tar:
        for entry in tar:
            if (content := tar.extractfile(entry)) is not None:
                yield entry.name, content


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    try:
        with path.open("rb") as source:
            opening: Any = Opening(source, keys.ring())
            with tarfile.open(fileobj=opening, mode="r|gz") as tar:
                yield tar
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise Broken(f"This backup is damaged ({error}).") from None
