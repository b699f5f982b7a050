"""Rows that every test begins with: made by the product once per process, then put back as they were."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field

from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import models, transaction

Rows = dict[type[models.Model], list[models.Model]]


@dataclass
class Snapshot:
    """Good for as long as the permissions are those that its rows refer to; a flush makes new ones."""

    make: Callable[[], object]
    _rows: Rows = field(default_factory=dict)
    _permissions: list[int] = field(default_factory=list)

    def restore(self) -> None:
        permissions = _permissions()
        if permissions == self._permissions:
            with transaction.atomic():  # rows refer to rows that come later
                for model, rows in self._rows.items():
                    model._base_manager.bulk_create(map(copy.copy, rows))
            return
        before = {model: {row.pk for row in rows} for model, rows in _all_rows().items()}
        self.make()
        self._rows = {
            model: [row for row in rows if row.pk not in before.get(model, ())]
            for model, rows in _all_rows().items()
        }
        self._permissions = permissions


def _all_rows() -> Rows:
    """In the order in which rows refer to each other, as far as models are declared in it."""
    everything = {
        model: list(model._base_manager.all()) for model in apps.get_models(include_auto_created=True)
    }
    return {model: rows for model, rows in everything.items() if rows}


def _permissions() -> list[int]:
    return list(Permission.objects.order_by("pk").values_list("pk", flat=True))
