"""Validation at the edge: a request that is not of the right form goes no further."""

from __future__ import annotations

from typing import TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

AnyForm = TypeVar("AnyForm", bound=forms.Form)


def valid(form: AnyForm) -> AnyForm:
    """The form, if it holds; a person never sees these sentences unless a page and its server disagree."""
    if not form.is_valid():
        fields = ", ".join(form.errors)
        raise ValidationError(
            _("The request was not understood (%(fields)s)."), code="malformed", params={"fields": fields}
        )
    return form
