from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import Any

from django import forms
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from intranet import clock
from intranet.people.models import Sign, Theme, User, time_zone_names
from intranet.people.pictures import LARGEST, TOO_LARGE


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
