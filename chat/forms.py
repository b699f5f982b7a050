"""The edge: what requests may carry."""

from __future__ import annotations

from django import forms
from django.core.validators import RegexValidator


class PostForm(forms.Form):
    """The body is judged by the action, which every way in shares."""

    body = forms.CharField(required=False, strip=False)
    client_id = forms.CharField(validators=[RegexValidator(r"\A[A-Za-z0-9-]{1,40}\Z")])


class EditForm(forms.Form):
    body = forms.CharField(required=False, strip=False)
    version = forms.IntegerField(min_value=1)


class WindowForm(forms.Form):
    """Which part of a conversation: by message number, before, after or around it."""

    before = forms.IntegerField(required=False, min_value=0, max_value=2**62)
    after = forms.IntegerField(required=False, min_value=0, max_value=2**62)
    around = forms.IntegerField(required=False, min_value=0, max_value=2**62)
    at = forms.IntegerField(required=False, min_value=0, max_value=2**62)
