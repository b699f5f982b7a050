from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from intranet.people.models import Department, Theme, User, time_zone_names
from intranet.people.permissions import departments_inviting_guests


def time_zones() -> list[tuple[str, str]]:
    """Zones named after places; the others are aliases."""
    names = sorted(name for name in time_zone_names() if "/" in name and not name.startswith("Etc/"))
    return [(name, name.replace("_", " ")) for name in [*names, "UTC"]]


class PreferencesForm(forms.Form):
    """One's own settings; a part of them may be sent alone."""

    locale = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)
    theme = forms.ChoiceField(label=_("Appearance"), choices=Theme.choices)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data, initial={name: getattr(user, name) for name in self.base_fields})
        if data is not None:
            for name in self.fields.keys() - data.keys():
                del self.fields[name]


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class GuestForm(forms.Form):
    """An outside person, and until when."""

    name = forms.CharField(label=_("Full name"), max_length=60)
    email = forms.EmailField(label=_("e-mail"))
    department = forms.ModelChoiceField(Department.objects.none(), label=_("department"), empty_label=None)
    until = forms.DateField(label=_("until"), widget=Day)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        departments = departments_inviting_guests(user).without_tree_fields().order_by("name")  # type: ignore[attr-defined]
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]


class StayForm(forms.Form):
    until = forms.DateField(widget=Day)
