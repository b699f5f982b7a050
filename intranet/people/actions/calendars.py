from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from intranet.events.publish import publish, publishing
from intranet.people.actions.authority import require_calendars
from intranet.people.actions.departments import COMPANY
from intranet.people.models import CalendarDay, ImportedYear, User, WorkCalendar


def provision_company_calendar() -> None:
    """Nobody acts: like offices, it comes with the tables. From then on it is HR's."""
    if not WorkCalendar.objects.filter(is_default=True).exists():
        WorkCalendar.objects.create(name="公司工作日历", english_name="Company calendar", is_default=True)


def create_calendar(*, actor: User | None, name: str, **fields: Any) -> WorkCalendar:
    require_calendars(actor)
    calendar = WorkCalendar(name=name, **fields)
    calendar.full_clean()
    with publishing():
        calendar.save()
        _publish("created", actor, calendar)
    return calendar


def change_calendar(*, actor: User | None, calendar: WorkCalendar, **fields: Any) -> WorkCalendar:
    require_calendars(actor)
    if foreign := fields.keys() - {"name", "english_name", "country", "region", "hours"}:
        raise ValueError(f"has an action of its own: {sorted(foreign)}")
    for name, value in fields.items():
        setattr(calendar, name, value)
    calendar.full_clean()
    with publishing():
        calendar.save(update_fields=list(fields))
        _publish("changed", actor, calendar, fields=sorted(fields))
    return calendar


def make_default_calendar(*, actor: User | None, calendar: WorkCalendar) -> None:
    """From now on this is the company's, and the one that was it is one among others."""
    require_calendars(actor)
    with publishing():
        list(WorkCalendar.objects.select_for_update(no_key=True).values_list("pk"))
        WorkCalendar.objects.filter(is_default=True).update(is_default=False)
        calendar.is_default = True
        calendar.save(update_fields=["is_default"])
        _publish("made_default", actor, calendar)


def remove_calendar(*, actor: User | None, calendar: WorkCalendar) -> None:
    require_calendars(actor)
    with publishing():
        current = WorkCalendar.objects.select_for_update().get(pk=calendar.pk)
        if current.is_default:
            raise ValidationError(
                _("The company needs its calendar. Choose another one first."), code="default"
            )
        if current.people.exists() or current.departments.exists():
            raise ValidationError(_("People or departments still use this calendar."), code="in_use")
        _publish("removed", actor, current)
        current.delete()


# --- Days -------------------------------------------------------------------------------------------


def set_day(*, actor: User | None, calendar: WorkCalendar, date: dt.date, **fields: Any) -> CalendarDay:
    """HR's word about a day; a second one takes the place of the first."""
    require_calendars(actor)
    day = CalendarDay.objects.filter(calendar=calendar, date=date).first()
    day = day or CalendarDay(calendar=calendar, date=date)
    for name, value in fields.items():
        setattr(day, name, value)
    day.full_clean(validate_unique=False, validate_constraints=False)
    with publishing():
        kept = {"kind": day.kind, "name": day.name, "english_name": day.english_name}
        day, _created = CalendarDay.objects.update_or_create(calendar=calendar, date=date, defaults=kept)
        _publish("day_changed", actor, calendar, date=str(date), day_kind=day.kind)
    return day


def remove_day(*, actor: User | None, day: CalendarDay) -> None:
    require_calendars(actor)
    with publishing():
        _publish("day_removed", actor, day.calendar, date=str(day.date))
        day.delete()


def import_days(*, actor: User | None, calendar: WorkCalendar, days: Iterable[CalendarDay]) -> list[int]:
    """The years that these days are in are known from now on, and consist of nothing else."""
    require_calendars(actor)
    wanted = list(days)
    for day in wanted:
        day.calendar = calendar
        day.full_clean(validate_unique=False, validate_constraints=False)
    years = sorted({day.date.year for day in wanted})
    with publishing():
        WorkCalendar.objects.select_for_update(no_key=True).get(pk=calendar.pk)
        CalendarDay.objects.filter(calendar=calendar, date__year__in=years).delete()
        CalendarDay.objects.bulk_create(wanted)
        known = [ImportedYear(calendar=calendar, year=year) for year in years]
        ImportedYear.objects.bulk_create(known, ignore_conflicts=True)
        _publish("years_imported", actor, calendar, years=years, days=len(wanted))
    return years


def _publish(what: str, actor: User | None, calendar: WorkCalendar, **data: Any) -> None:
    publish(f"people.calendar.{what}", stream=COMPANY, actor=actor, calendar=calendar.pk, **data)
