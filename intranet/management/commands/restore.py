from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from intranet.backup.restore import NotHere, restore
from intranet.backup.sealed import Broken


class Command(BaseCommand):
    help = "Brings a backup back, onto a database without people: all of it or nothing."
    requires_migrations_checks = False
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *, path: Path, **_options: Any) -> None:
        try:
            restore(path, lambda line: self.stdout.write(f"  {line}"))
        except (NotHere, Broken) as reason:
            raise SystemExit(str(reason)) from None
        except OSError as error:
            raise SystemExit(f"{path} cannot be read ({error.strerror}).") from None
        self.stdout.write("The company is back.")
