from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from intranet.backup import keys


class Command(BaseCommand):
    help = "Makes a new key, which seals from now on; the former ones still open what they sealed."
    requires_system_checks: list[str] = []

    def handle(self, **_options: Any) -> None:
        try:
            keys.rotate()
        except keys.NoKey as reason:
            raise SystemExit(str(reason)) from None
        self.stdout.write(f"A new key seals from now on. Keep a copy of {keys.path()} apart from backups.")
