from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.people.models import User
from intranet.rooms.forms import RowsField
from intranet.rooms.models import Room, SidebarSection, SidebarSort
from intranet.rooms.sidebar import section_keys

STEPS = {"up": -1, "down": 1}


class PreferencesForm(forms.Form):
    """A part of them may be sent alone."""

    unread_only = forms.TypedChoiceField(
        choices=[("on", ""), ("off", "")], coerce=lambda value: value == "on"
    )
    sort = forms.ChoiceField(choices=SidebarSort)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        for name in self.fields.keys() - data.keys():
            del self.fields[name]


class FoldForm(forms.Form):
    section = forms.ChoiceField()
    folded = forms.BooleanField(required=False)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.fields["section"].choices = [(key, key) for key in section_keys(user)]  # type: ignore[attr-defined]


class RoomsForm(forms.Form):
    """Some of the rooms that one may enter."""

    rooms = RowsField(queryset=Room.objects.none())

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.fields["rooms"].queryset = Room.objects.visible_to(user)  # type: ignore[attr-defined]


class MuteForm(RoomsForm):
    muted = forms.BooleanField(required=False)


class PlaceForm(RoomsForm):
    """`section` is the key of one's own section, “starred”, or empty for where the rooms usually are."""

    section = forms.CharField(required=False, max_length=40)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data, user=user)
        self._own = {section.key: section for section in SidebarSection.objects.filter(user=user)}

    def clean(self) -> dict[str, Any]:
        key = self.cleaned_data.pop("section", "")
        if key not in {"", "starred", *self._own}:
            self.add_error("section", _("There is no such section."))
        return {**self.cleaned_data, "section": self._own.get(key), "starred": key == "starred"}


class SectionForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=40)

    def __init__(self, data: Any, *, user: User, section: SidebarSection | None = None) -> None:
        super().__init__(data, initial={"name": section.name} if section else None)
        others = SidebarSection.objects.filter(user=user)
        self._others = others.exclude(pk=section.pk) if section else others

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if self._others.filter(name=name).exists():
            raise forms.ValidationError(_("You have a section of this name already."))
        return name


class NewSectionForm(SectionForm):
    rooms = RowsField(queryset=Room.objects.none(), required=False)

    def __init__(self, data: Any, *, user: User, chosen: list[str]) -> None:
        super().__init__(data, user=user)
        self.fields["rooms"].queryset = Room.objects.visible_to(user)  # type: ignore[attr-defined]
        self.chosen = chosen


class StepForm(forms.Form):
    step = forms.TypedChoiceField(choices=[(name, "") for name in STEPS], coerce=STEPS.__getitem__)


class UndoForm(forms.Form):
    undo = forms.CharField(max_length=100_000)
