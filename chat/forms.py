"""The edge: what requests may carry."""

from __future__ import annotations

from django import forms
from django.core.validators import RegexValidator


class BodyField(forms.Field):
    """Any text. The action judges it, which every way in shares, and says what is wrong with it."""

    def to_python(self, value: str | None) -> str:
        return value or ""


class PostForm(forms.Form):
    body = BodyField(required=False)
    client_id = forms.CharField(validators=[RegexValidator(r"\A[A-Za-z0-9-]{1,40}\Z")])


class EditForm(forms.Form):
    body = BodyField(required=False)
    version = forms.IntegerField(min_value=1)


class WindowForm(forms.Form):
    """Which part of a conversation: by message number, before, after or around it."""

    before = forms.IntegerField(required=False, min_value=0, max_value=2**62)
    after = forms.IntegerField(required=False, min_value=0, max_value=2**62)
    around = forms.IntegerField(required=False, min_value=0, max_value=2**62)
    at = forms.IntegerField(required=False, min_value=0, max_value=2**62)
