"""What a row holds, for the account of what changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models


def stored(row: models.Model, fields: Iterable[str]) -> dict[str, Any]:
    """As the database has them: the object in hand may carry what is only wanted."""
    return row._meta.model._base_manager.filter(pk=row.pk).values(*fields).first() or {}


def values_of(row: models.Model, fields: Iterable[str]) -> dict[str, Any]:
    """As the object has them, in the form in which the database would keep them."""
    named = [(name, row._meta.get_field(name)) for name in fields]
    return {name: field.get_prep_value(getattr(row, field.attname)) for name, field in named}  # type: ignore[union-attr]
