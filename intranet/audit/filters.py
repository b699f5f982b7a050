"""What narrows the list of records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from intranet.audit.models import Record
from intranet.audit.words import KINDS
from intranet.people.models import Company


class Typed(admin.SimpleListFilter):
    """A filter that one types into; the other ones stay as they are."""

    template = "audit/typed_filter.html"
    input_type: ClassVar[str] = "search"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("", "")]

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:  # type: ignore[override]
        kept = [(key, value) for key, value in changelist.params.items() if key != self.parameter_name]
        yield {"kept": kept, "type": self.input_type, "value": self.value() or ""}


class ActorFilter(Typed):
    title = _("by whom")
    parameter_name = "by"
    path: ClassVar[str] = "actor"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Record]) -> QuerySet[Record]:
        if not (wanted := (self.value() or "").strip()):
            return queryset
        paths = (f"{self.path}__{name}__icontains" for name in ("name", "english_name", "username"))
        anyone = Q()
        for path in paths:
            anyone |= Q(**{path: wanted})
        return queryset.filter(anyone)


class PersonFilter(ActorFilter):
    title = _("about whom")
    parameter_name = "about"
    path = "person"


class SinceFilter(Typed):
    title = _("from day")
    parameter_name = "since"
    input_type = "date"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Record]) -> QuerySet[Record]:
        day = _day(self.value())
        return queryset if day is None else queryset.filter(at__gte=day)


class UntilFilter(Typed):
    title = _("to day")
    parameter_name = "until"
    input_type = "date"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Record]) -> QuerySet[Record]:
        day = _day(self.value())
        return queryset if day is None else queryset.filter(at__lt=day + dt.timedelta(days=1))


def _day(text: str | None) -> dt.datetime | None:
    """Where the day begins in the company."""
    if not text:
        return None
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as error:
        raise IncorrectLookupParameters from error
    return dt.datetime.combine(day, dt.time(), ZoneInfo(Company.objects.current().time_zone))


class KindFilter(admin.SimpleListFilter):
    title = _("what")
    parameter_name = "what"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(kind, str(words)) for kind, words in KINDS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Record]) -> QuerySet[Record]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class RefusedFilter(admin.SimpleListFilter):
    title = _("outcome")
    parameter_name = "refused"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("Carried out")), ("yes", _("Refused"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Record]) -> QuerySet[Record]:
        if self.value() == "yes":
            return queryset.exclude(reason="")
        return queryset.filter(reason="") if self.value() == "no" else queryset
