"""The rows of every table as lines of JSON, the same for both databases, and back again."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import IO, Any

from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils.duration import duration_string

AT_ONCE = 500


@contextmanager
def snapshot() -> Iterator[None]:
    """All tables as they were at one moment, while others go on writing."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    # Not by atomic(): here that would keep every writer out.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def tables(apps: Apps) -> list[type[models.Model]]:
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def dump(model: type[models.Model], target: IO[bytes]) -> int:
    """The names of the columns, then a row a line. Returns how many rows."""
    names = [field.attname for field in model._meta.concrete_fields]
    target.write(_line(names))
    count = 0
    for values in model._base_manager.order_by("pk").values_list(*names).iterator(AT_ONCE):
        target.write(_line(values))
        count += 1
    return count


def load(model: type[models.Model], source: IO[bytes]) -> int:
    names = json.loads(source.readline())
    fields = {field.attname: field for field in model._meta.concrete_fields}
    count = 0
    while lines := list(islice(source, AT_ONCE)):
        rows = [_row(model, fields, names, json.loads(line)) for line in lines]
        model._base_manager.bulk_create(rows)
        count += len(rows)
    return count


def clear(wanted: Iterable[type[models.Model]]) -> None:
    """What a migration puts into tables that are new."""
    for model in wanted:
        if model._base_manager.exists():
            model._base_manager.all()._raw_delete(using=connection.alias)


def continue_numbering(wanted: list[type[models.Model]]) -> None:
    """PostgreSQL's sequences do not notice rows that bring their keys along."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), wanted):
            cursor.execute(statement)


def _line(values: Iterable[Any]) -> bytes:
    return json.dumps(list(values), ensure_ascii=False, default=_plain).encode() + b"\n"


def _plain(value: Any) -> str:
    if isinstance(value, dt.timedelta):
        return duration_string(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _row(
    model: type[models.Model], fields: dict[str, models.Field], names: list[str], values: list[Any]
) -> models.Model:
    return model(
        **{
            name: None if value is None else fields[name].to_python(value)
            for name, value in zip(names, values, strict=True)
        }
    )
