from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from intranet.events.publish import publish, publishing
from intranet.people.actions.authority import require_absences
from intranet.people.models import Absence, User


def enter_absence(*, actor: User | None, user: User, **fields: Any) -> Absence:
    require_absences(actor, user)
    absence = Absence(user=user, **fields)
    with publishing():
        _save(absence)
        publish("people.absence.entered", stream=user.stream, actor=actor, absence=absence.pk)
    return absence


def change_absence(*, actor: User | None, absence: Absence, **fields: Any) -> Absence:
    require_absences(actor, absence.user)
    if "user" in fields:
        raise ValueError("an absence stays that of its person")
    for name, value in fields.items():
        setattr(absence, name, value)
    with publishing():
        _save(absence)
        publish(
            "people.absence.changed",
            stream=absence.user.stream,
            actor=actor,
            absence=absence.pk,
            fields=sorted(fields),
        )
    return absence


def remove_absence(*, actor: User | None, absence: Absence) -> None:
    require_absences(actor, absence.user)
    with publishing():
        publish("people.absence.removed", stream=absence.user.stream, actor=actor, absence=absence.pk)
        absence.delete()


def _save(absence: Absence) -> None:
    """Of a person who is locked: a form that is sent twice leaves one absence."""
    absence.full_clean()
    User.objects.select_for_update(no_key=True).get(pk=absence.user_id)
    others = Absence.objects.of(absence.user).exclude(pk=absence.pk)
    for other in others.touching(absence.first_day, absence.last_day):
        if other.begins < absence.ends and absence.begins < other.ends:
            taken = {"first": f"{other.first_day:%Y-%m-%d}", "last": f"{other.last_day:%Y-%m-%d}"}
            sentence = _("There is an absence from %(first)s to %(last)s already.")
            raise ValidationError(sentence, code="overlap", params=taken)
    absence.save()
