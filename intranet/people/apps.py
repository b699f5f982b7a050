from __future__ import annotations

from typing import Any

import django.contrib.admin.apps
from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "intranet.people"
    verbose_name = _("People")
    default = True

    def ready(self) -> None:
        post_migrate.connect(provision, sender=self)


class AdministrationConfig(django.contrib.admin.apps.AdminConfig):
    default = False
    default_site = "intranet.people.administration.Administration"


def provision(**_: Any) -> None:
    """Permissions that apps declare, the offices and the policy exist as rows only once the tables do."""
    from intranet.people.actions import provision_policy  # noqa: PLC0415 - needs models
    from intranet.people.permissions import (  # noqa: PLC0415 - needs models
        provision_offices,
        provision_permissions,
    )

    provision_permissions()
    provision_offices()
    provision_policy()
