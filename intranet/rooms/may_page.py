"""The page of the administration that answers “may X do Y on Z, and why?”"""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.contrib.admin import site
from django.contrib.admin.widgets import AutocompleteSelect
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from intranet.people.models import Department, Membership, User
from intranet.people.pages import page
from intranet.people.permissions import can_open_administration
from intranet.people.questions import About, Answer, answer, questions
from intranet.rooms.models import Kind, Room, RoomDepartment

LONGEST_ID = 19


def _is_id(value: Any) -> bool:
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) < LONGEST_ID


class Search(AutocompleteSelect):
    """Searches as it is typed, however many there are; an address can name what is no choice at all."""

    def __init__(self, model: Any, field: str) -> None:
        super().__init__(model._meta.get_field(field), site)

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        return super().optgroups(name, [each for each in value if _is_id(each)], attrs)


class Chosen(forms.ModelChoiceField):
    def to_python(self, value: Any) -> Any:
        if value and not _is_id(value):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


def _choices() -> list[tuple[Any, Any]]:
    order = list(About)
    every = sorted(questions().items(), key=lambda each: order.index(each[1].about))
    return [
        (about.label, [(key, question.label) for key, question in group])
        for about, group in groupby(every, key=lambda each: each[1].about)
    ]


class QuestionForm(forms.Form):
    who = Chosen(User.objects.all(), label=_("May"), widget=Search(Membership, "user"))
    what = forms.ChoiceField(label=_("do this"), choices=_choices)
    room = Chosen(
        Room.objects.exclude(kind=Kind.DIRECT),
        label=_("in the room"),
        required=False,
        widget=Search(RoomDepartment, "room"),
    )
    department = Chosen(
        Department.objects.all(),
        label=_("in the department"),
        required=False,
        widget=Search(Membership, "department"),
    )
    person = Chosen(
        User.objects.all(), label=_("to the person"), required=False, widget=Search(Membership, "user")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        about = questions()[cleaned["what"]].about if "what" in cleaned else About.COMPANY
        if about != About.COMPANY and not cleaned.get(about) and about not in self.errors:
            self.add_error(about, _("Choose what the question is about."))
        return cleaned

    def answer(self) -> Answer:
        question = questions()[self.cleaned_data["what"]]
        about = self.cleaned_data.get(question.about)
        return answer(question, self.cleaned_data["who"], about)


@page(
    "may/",
    name="may",
    label=_("May somebody do something, and why?"),
    hint=_("The answer, and what it rests on"),
    allowed=can_open_administration,
)
def may(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    form = QuestionForm(request.GET or None)
    found = form.answer() if form.is_valid() else None
    status = 422 if form.errors else 200
    return render(request, "rooms/admin/may.html", context | {"form": form, "answer": found}, status=status)
