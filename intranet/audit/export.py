"""Records as a table for a spreadsheet, which must not take what people typed for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from intranet.audit.models import Record
from intranet.audit.words import Names, changes, circumstances, department_names, kind_in_words

FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Writable(Protocol):
    def write(self, text: str, /) -> object: ...


def write_csv(records: Iterable[Record], file: Writable) -> None:
    file.write("\ufeff")  # Excel takes a table without it for one in another encoding
    rows = csv.writer(file)
    rows.writerow(_heading())
    every = list(records)
    names = department_names(every)
    rows.writerows([safe(cell) for cell in _row(record, names)] for record in every)


def _heading() -> list[str]:
    return [
        _("when"),
        _("by whom"),
        _("what"),
        _("about whom"),
        _("department"),
        _("room"),
        _("details"),
        _("before"),
        _("after"),
        _("refused because"),
        _("request"),
        _("address"),
    ]


def _row(record: Record, names: Names) -> Iterator[Any]:
    changed = list(changes(record, names))
    yield record.at.astimezone(get_current_timezone()).isoformat(sep=" ", timespec="seconds")
    yield shown(record, "actor")
    yield kind_in_words(record.kind)
    yield from (shown(record, name) for name in ("person", "department", "room"))
    yield "; ".join(circumstances(record))
    yield "; ".join(f"{field}: {before}" for field, before, _after in changed)
    yield "; ".join(f"{field}: {after}" for field, _before, after in changed)
    yield from (record.reason, record.request_id, record.address or "")


def shown(record: Record, name: str) -> str:
    """Of what is gone, at least the number is known."""
    key = getattr(record, f"{name}_id")
    if key is None:
        return ""
    found = getattr(record, name)
    return str(found) if found is not None else f"#{key}"


def safe(cell: Any) -> str:
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
