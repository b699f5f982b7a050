"""What stands in a record, in the words of whoever reads it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.audit.actions import DENIED
from intranet.audit.models import Record
from intranet.people.models import Department, Membership, PlannedChange, Role, User
from intranet.people.permissions import Office, declared
from intranet.rooms.models import Room, RoomMembership

KINDS: dict[str, str | Promise] = {
    "people.user.created": gettext_lazy("Account made"),
    "people.user.changed": gettext_lazy("Person changed"),
    "people.user.deactivated": gettext_lazy("Account closed"),
    "people.user.reactivated": gettext_lazy("Account opened again"),
    "people.office.changed": gettext_lazy("Office given or taken"),
    "people.sessions.ended": gettext_lazy("Signed out"),
    "people.department.created": gettext_lazy("Department made"),
    "people.department.changed": gettext_lazy("Department changed"),
    "people.membership.changed": gettext_lazy("Joined a department, or has another role there"),
    "people.membership.ended": gettext_lazy("Left a department"),
    "people.grant.changed": gettext_lazy("Permission given or taken"),
    "people.change.planned": gettext_lazy("Transfer or leaving planned"),
    "people.change.cancelled": gettext_lazy("Planned change cancelled"),
    "people.change.applied": gettext_lazy("Planned change carried out"),
    "people.change.refused": gettext_lazy("Planned change not possible"),
    "rooms.room.created": gettext_lazy("Room made"),
    "rooms.room.archived": gettext_lazy("Room archived"),
    "rooms.room.restored": gettext_lazy("Room restored"),
    "rooms.member.joined": gettext_lazy("Joined a room"),
    "rooms.member.left": gettext_lazy("Left a room"),
    "rooms.member.changed": gettext_lazy("Another role in a room"),
    "people.user.arrived": gettext_lazy("First sign-in"),
    "people.avatar.changed": gettext_lazy("Picture changed"),
    "people.invitation.created": gettext_lazy("Invited"),
    "people.invitation.revoked": gettext_lazy("Invitation taken back"),
    "people.invitation.redeemed": gettext_lazy("Invitation used"),
    "people.company.founded": gettext_lazy("Company set up"),
    "people.company.changed": gettext_lazy("Company changed"),
    "people.policy.changed": gettext_lazy("Policy changed"),
    "people.group.created": gettext_lazy("User group made"),
    "people.group.changed": gettext_lazy("User group changed"),
    "people.group.joined": gettext_lazy("Joined a user group"),
    "people.group.left": gettext_lazy("Left a user group"),
    "people.group.removed": gettext_lazy("User group removed"),
    "people.calendar.created": gettext_lazy("Work calendar made"),
    "people.calendar.changed": gettext_lazy("Work calendar changed"),
    "people.calendar.made_default": gettext_lazy("Work calendar of the company chosen"),
    "people.calendar.removed": gettext_lazy("Work calendar removed"),
    "people.calendar.day_changed": gettext_lazy("Day of a work calendar changed"),
    "people.calendar.day_removed": gettext_lazy("Day of a work calendar removed"),
    "people.calendar.years_imported": gettext_lazy("Holidays imported"),
    "people.absence.entered": gettext_lazy("Absence entered"),
    "people.absence.changed": gettext_lazy("Absence changed"),
    "people.absence.removed": gettext_lazy("Absence removed"),
    "people.import.confirmed": gettext_lazy("Import started"),
    "people.import.discarded": gettext_lazy("Import discarded"),
    "people.import.done": gettext_lazy("Import finished"),
    "people.import.failed": gettext_lazy("Import failed and undone"),
    "rooms.room.changed": gettext_lazy("Room changed"),
    "rooms.room.unmade": gettext_lazy("Room of an undone import removed"),
    DENIED: gettext_lazy("Refused"),
}
MODELS: dict[str, type[models.Model]] = {
    "people.user": User,
    "people.department": Department,
    "people.membership": Membership,
    "people.change": PlannedChange,
    "rooms.room": Room,
    "rooms.member": RoomMembership,
}
PLAIN: dict[str, str | Promise] = {
    "granted": gettext_lazy("allowed"),
    "held": gettext_lazy("holds the office"),
}
Names = dict[int, str]


def kind_in_words(kind: str) -> str:
    """A kind that nobody has found words for is still told apart by its own name."""
    return str(KINDS.get(kind, kind))


def department_names(records: Iterable[Record]) -> Names:
    """Of the departments that a field changed from or to: one query for all."""
    values = [each for record in records for each in _values(record)]
    found = {each[name] for each in values for name in ("parent", "source", "target") if each.get(name)}
    return {department.pk: str(department) for department in Department.objects.filter(pk__in=found)}


def changes(record: Record, names: Names) -> Iterator[tuple[str, str, str]]:
    """The field, what was there, and what is there since."""
    before, after = _values(record)
    model = MODELS.get(record.kind.rpartition(".")[0])
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if old != new:
            field = _field(model, name)
            yield _label(field, name), _in_words(field, old, names), _in_words(field, new, names)


def circumstances(record: Record) -> Iterator[str]:
    """What else the change was about: a role, a permission, an office, the address that was refused."""
    data = record.data
    if (role := data.get("role")) in Role.values and "granted" in data:
        yield str(Role(role).label)
    if codename := data.get("codename"):
        yield next((str(each.label) for each in declared() if each.codename == codename), codename)
    if (office := data.get("office")) in Office.values:
        yield str(Office(office).label)
    if "path" in data:
        yield f"{data['method']} {data['path']}"


def _values(record: Record) -> tuple[dict[str, Any], dict[str, Any]]:
    return record.before or {}, record.after or {}


def _field(model: type[models.Model] | None, name: str) -> Any:
    known = {field.name: field for field in model._meta.get_fields()} if model else {}
    return known.get(name)


def _label(field: Any, name: str) -> str:
    return str(field.verbose_name if field is not None else PLAIN.get(name, name))


def _in_words(field: Any, value: Any, names: Names) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field is not None and field.is_relation:
        return names.get(value, f"#{value}")
    if isinstance(field, models.DateField):
        return _day_in_words(field, value)
    return str(dict(getattr(field, "flatchoices", ())).get(value, value))


def _day_in_words(field: models.DateField, value: str) -> str:
    if isinstance(field, models.DateTimeField):
        at = dt.datetime.fromisoformat(value).astimezone(get_current_timezone())
        return date_format(at, "SHORT_DATETIME_FORMAT")
    return date_format(dt.date.fromisoformat(value), "SHORT_DATE_FORMAT")
