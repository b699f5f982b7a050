from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from intranet.people.models import Absence, Theme, User, time_zone_names
from intranet.people.permissions import possible_stand_ins

_DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
_TIME = forms.TimeInput({"type": "time"}, format="%H:%M")
NATIVE = {"first_day": _DAY, "first_time": _TIME, "last_day": _DAY, "last_time": _TIME}


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


class AbsenceForm(forms.ModelForm):
    """One's own absence; the instance only lends its rules, an action writes."""

    class Meta:
        model = Absence
        fields = ("kind", "first_day", "first_time", "last_day", "last_time", "stand_in", "message")
        widgets = NATIVE

    def __init__(self, data: Any, *, absence: Absence) -> None:
        super().__init__(data, instance=absence)
        for name in ("first_time", "last_time"):
            self.fields[name].widget.attrs["aria-label"] = self.fields[name].label
        if (people := possible_stand_ins(absence.user)).exists():
            stand_ins = cast("forms.ModelChoiceField", self.fields["stand_in"])
            stand_ins.queryset = people.order_by("name")
            stand_ins.empty_label = pgettext("stand-in", "Nobody")
        else:
            del self.fields["stand_in"]
