"""Before somebody moves on: what it changes, from which day, and what stays open for a while."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.people import actions
from intranet.people.handover import Section, concerns, today
from intranet.people.models import Change, Department, Membership, PlannedChange, Role, State, User
from intranet.people.pages import page
from intranet.people.permissions import can_administer_people
from intranet.verdicts import Denied

LONGEST_ID = 19


class HandOverForm(forms.Form):
    department = forms.ModelChoiceField(Department.objects.none(), label=gettext_lazy("to"))
    role = forms.ChoiceField(label=gettext_lazy("role"), choices=Role.choices)
    on = forms.DateField(label=gettext_lazy("from the day"), widget=AdminDateWidget)
    kept = forms.MultipleChoiceField(
        label=gettext_lazy("stay open for the hand-over"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    kept_until = forms.DateField(
        label=gettext_lazy("kept open until"), required=False, widget=AdminDateWidget
    )

    def __init__(self, data: Any, *, leaving: Membership | None, sections: list[Section]) -> None:
        super().__init__(data, initial={"on": today(), "role": leaving.role if leaving else None})
        if leaving is None:
            for name in ("department", "role", "kept", "kept_until"):
                del self.fields[name]
            return
        self._choose(leaving, sections)

    def _choose(self, leaving: Membership, sections: list[Section]) -> None:
        others = Department.objects.exclude(pk=leaving.department_id)
        self.fields["department"].queryset = others  # type: ignore[attr-defined]
        keepable = [(each.key, each.label) for section in sections for each in section.concerns if each.key]
        self.fields["kept"].choices = keepable  # type: ignore[attr-defined]
        if not keepable:
            del self.fields["kept"], self.fields["kept_until"]


@page(
    "people/user/<path:object_id>/handover/",
    name="people_user_handover",
    label=gettext_lazy("Transfer or leaving"),
    allowed=can_administer_people,
    on_front_page=False,
)
def hand_over(request: HttpRequest, context: dict[str, Any], object_id: str) -> HttpResponse:
    """Without a membership in the address, it is about leaving the company."""
    me, person = cast("User", request.user), _person(object_id)
    leaving = _membership(person, request.GET.get("membership", ""))
    sections = concerns(person, leaving.department if leaving else None)
    form = HandOverForm(request.POST or None, leaving=leaving, sections=sections)
    if request.method == "POST" and form.is_valid() and _carried_out(request, form, me, person, leaving):
        return redirect("admin:people_user_change", person.pk)
    drawn = {"form": form, "person": person, "leaving": leaving, "sections": sections}
    drawn |= {"places": _places(person), "planned": _planned(person), "subtitle": str(person)}
    status = 422 if form.errors else 200
    return render(request, "people/admin/handover.html", context | drawn, status=status)


def _person(object_id: str) -> User:
    is_id = object_id.isascii() and object_id.isdigit() and len(object_id) < LONGEST_ID
    person = User.objects.filter(pk=int(object_id)).first() if is_id else None
    if person is None:
        raise Http404
    return person


def _membership(person: User, key: str) -> Membership | None:
    return next((each for each in _places(person) if str(each.pk) == key), None)


def _places(person: User) -> list[Membership]:
    return list(person.memberships.select_related("department").order_by("-primary", "pk"))


def _planned(person: User) -> list[PlannedChange]:
    planned = person.planned_changes.filter(state=State.PLANNED)
    return list(planned.select_related("source", "target").order_by("effective_on"))


def _carried_out(
    request: HttpRequest, form: HandOverForm, me: User, person: User, leaving: Membership | None
) -> bool:
    """What an action refuses comes back with the page, as it was filled in."""
    try:
        planned = _carry_out(form.cleaned_data, me, person, leaving)
    except Denied as error:
        form.add_error(None, ValidationError(str(error.verdict.sentence), code=error.verdict.reason))
        return False
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
        return False
    done = _("Planned for %(day)s.") % {"day": planned.effective_on} if planned else _("Done.")
    messages.success(request, done)
    return True


def _carry_out(
    fields: dict[str, Any], me: User, person: User, leaving: Membership | None
) -> PlannedChange | None:
    on: dt.date = fields["on"]
    if leaving is None:
        return actions.plan_leaving(actor=me, user=person, on=on)
    return actions.plan_transfer(
        actor=me,
        membership=leaving,
        department=fields["department"],
        role=fields["role"],
        on=on,
        hand_over=actions.HandOver(fields.get("kept", ()), fields.get("kept_until")),
    )


def change_of(planned: PlannedChange) -> str:
    """In one line, for lists."""
    if planned.change == Change.LEAVING:
        return str(planned.get_change_display())
    return f"{planned.source} → {planned.target}"
