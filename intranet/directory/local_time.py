"""What time it is where somebody is, as told to somebody else."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet import clock
from intranet.people.models import User

HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True)
class LocalTime:
    zone: str
    time: str
    difference: str


def local_time(person: User, *, seen_by: User) -> LocalTime:
    now = clock.now()
    theirs = now.astimezone(zoneinfo.ZoneInfo(person.time_zone))
    mine = now.astimezone(zoneinfo.ZoneInfo(seen_by.time_zone))
    ahead = (theirs.utcoffset() or dt.timedelta()) - (mine.utcoffset() or dt.timedelta())
    return LocalTime(person.time_zone, f"{theirs:%H:%M}", _difference(ahead))


def _difference(ahead: dt.timedelta) -> str:
    """“1 hour behind you”, “5.5 hours ahead of you”."""
    hours = abs(ahead / HOUR)
    number = f"{hours:g}"
    if not hours:
        return _("the same as yours")
    if ahead > dt.timedelta():
        return ngettext("%(number)s hour ahead of you", "%(number)s hours ahead of you", _plural(hours)) % {
            "number": number
        }
    return ngettext("%(number)s hour behind you", "%(number)s hours behind you", _plural(hours)) % {
        "number": number
    }


def _plural(hours: float) -> int:
    return 1 if hours == 1 else 2
