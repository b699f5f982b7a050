from __future__ import annotations

from typing import Any

from daphne.management.commands.runserver import Command as Runserver
from django.db import DatabaseError

from demo import company


class Command(Runserver):
    """For development; the demo company is as private here as in `serve`."""

    def run(self, **options: Any) -> None:
        try:
            company.check_private(host=self.addr)
        except company.NotPossible as refusal:
            raise SystemExit(str(refusal)) from None
        except DatabaseError:
            pass  # without its tables there is no demo company either
        super().run(**options)
