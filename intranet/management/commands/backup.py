from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from intranet.backup import archive, keys


class Command(BaseCommand):
    help = "Writes everything that the company has, rows and files, into one sealed file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *, path: Path, **_options: Any) -> None:
        try:
            archive.write(path, lambda line: self.stdout.write(f"  {line}"))
        except OSError as error:
            raise SystemExit(f"{path} cannot be written ({error.strerror}).") from None
        size = path.stat().st_size / 1e6
        self.stdout.write(f"{path} is complete ({size:.1f} MB). Only the keys in {self._keys()} open it.")

    def _keys(self) -> str:
        return str(keys.path()) if keys.path().exists() else "ENCRYPTION_KEYS"
