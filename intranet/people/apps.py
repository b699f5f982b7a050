from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    name = "intranet.people"

    def ready(self) -> None:
        post_migrate.connect(provision, sender=self)


def provision(**_: Any) -> None:
    """Permissions that apps declare exist as rows only once the tables do."""
    from intranet.people.permissions import provision_permissions

    provision_permissions()
