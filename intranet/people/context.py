"""Whose pages these are. The template that asks gets the name, and only then is the database asked."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import lazy

from intranet.people.models import Company


def company(request: HttpRequest) -> dict[str, Any]:
    return {"company": _name()}


def _current_name() -> str:
    return Company.objects.current().display_name


_name = lazy(_current_name, str)
