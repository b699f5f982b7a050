from __future__ import annotations

import datetime as dt

from demo.calendar import SHANGHAI
from demo.content import ABSENCES, CALENDARS
from intranet.people import actions as people
from intranet.people.models import User


def give_working_times(staff: dict[str, User], *, now: dt.datetime) -> None:
    """Offices abroad their holidays, and some people an absence now or later."""
    for spec in CALENDARS:
        calendar = people.create_calendar(
            actor=None,
            name=spec.name,
            english_name=spec.english_name,
            country=spec.country,
            region=spec.region,
        )
        for username in spec.people:
            people.change_user(actor=None, user=staff[username], calendar=calendar)
    today = now.astimezone(SHANGHAI).date()
    for away in ABSENCES:
        people.enter_absence(
            actor=None,
            user=staff[away.username],
            kind=away.kind,
            first_day=today + dt.timedelta(days=away.first),
            last_day=today + dt.timedelta(days=away.last),
            stand_in=staff[away.stand_in],
            message=away.message,
        )
