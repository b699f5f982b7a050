from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import Any, cast

from django import forms
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from intranet import clock
from intranet.people.models import Absence, Department, Sign, Theme, User, time_zone_names
from intranet.people.permissions import departments_inviting_guests, possible_stand_ins
from intranet.people.pictures import LARGEST, TOO_LARGE

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


class Lasting(models.TextChoices):
    """For how long a status holds."""

    ALWAYS = "", _("Until I take it back")
    KEPT = "kept", _("As long as it was going to")
    HALF_HOUR = "30", _("30 minutes")
    HOUR = "60", _("One hour")
    HALF_DAY = "240", _("Four hours")
    TODAY = "today", _("Today")
    WEEK = "week", _("This week")


class StatusForm(forms.Form):
    sign = forms.ChoiceField(label=_("Sign"), choices=Sign, required=False, widget=forms.RadioSelect)
    text = forms.CharField(label=_("Status"), max_length=60, required=False)
    lasting = forms.ChoiceField(label=_("Until"), choices=Lasting, required=False)

    def __init__(self, data: Any, *, user: User) -> None:
        self._user = user
        holds = bool(user.status)
        ends = holds and user.status_until is not None
        initial = {"sign": user.status_sign, "text": user.status_text} if holds else {}
        super().__init__(data, initial=initial | {"lasting": Lasting.KEPT if ends else Lasting.ALWAYS})
        if not ends:
            choices = [choice for choice in Lasting.choices if choice[0] != Lasting.KEPT]
            self.fields["lasting"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """What the action takes; the button that clears sends `clear`."""
        if "clear" in self.data:
            return {"sign": "", "text": "", "until": None}
        fields = self.cleaned_data
        return {"sign": fields["sign"], "text": fields["text"], "until": self._until(fields["lasting"])}

    def _until(self, lasting: str) -> dt.datetime | None:
        """Days and weeks end where the person is."""
        if lasting == Lasting.KEPT:
            return self._user.status_until
        if lasting in (Lasting.TODAY, Lasting.WEEK):
            here = clock.now().astimezone(zoneinfo.ZoneInfo(self._user.time_zone))
            days = 1 if lasting == Lasting.TODAY else 7 - here.weekday()
            return dt.datetime.combine(here.date() + dt.timedelta(days=days), dt.time(), here.tzinfo)
        return clock.now() + dt.timedelta(minutes=int(lasting)) if lasting else None


class AvatarForm(forms.Form):
    picture = forms.FileField(
        label=_("Picture"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
        error_messages={"required": _("Choose a picture first.")},
    )

    def clean_picture(self) -> Any:
        """Before anything of it is read."""
        picture = self.cleaned_data["picture"]
        if picture.size > LARGEST:
            raise TOO_LARGE
        return picture


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
