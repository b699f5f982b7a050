from __future__ import annotations

import importlib

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class IntranetConfig(AppConfig):
    name = "intranet"

    def ready(self) -> None:
        """Every app offers what it has under the same file names; nobody lists them anywhere."""
        importlib.import_module("intranet.celery")  # jobs are published from every process
        autodiscover_modules(
            "permissions",
            "hooks",
            "live",
            "changes",
            "presence",
            "hints",
            "notices",
            "panels",
            "jobs",
            "questions",
            "handover",
        )
