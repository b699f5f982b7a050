from __future__ import annotations

import logging
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from intranet.events.publish import publish, publishing
from intranet.events.values import stored, values_of
from intranet.people import hooks
from intranet.people.actions.authority import (
    require_authority,
    require_hr,
    require_other_hr,
    require_other_superuser,
)
from intranet.people.actions.invitations import revoke_astray
from intranet.people.actions.sessions import end_sessions
from intranet.people.models import Company, Employment, User, UserGroup
from intranet.people.permissions import Office, can_appoint, office_group, offices_of
from intranet.people.pinyin import initials_of, syllables_of
from intranet.verdicts import require

log = logging.getLogger(__name__)


def create_user(
    *, actor: User | None, username: str, name: str, password: str | None = None, **fields: Any
) -> User:
    """`actor` is None where nobody is signed in yet: the first administrator, the demo company."""
    require_hr(actor)
    return make_account(actor=actor, username=username, name=name, password=password, **fields)


def make_account(
    *, actor: User | None, username: str, name: str, password: str | None = None, **fields: Any
) -> User:
    """For actions that have asked a rule of their own."""
    fields = Company.objects.current().preferences | _tidy(fields)
    user = User(username=username.lower(), **_with_reading({"name": name, **fields}, name=name))
    _check_name_is_free(user.username)
    user.set_password(password)
    user.full_clean()
    with publishing():
        user.save()
        after = values_of(user, ("username", "name", *fields))
        publish("people.user.created", stream=user.stream, actor=actor, after=after, user=user.pk)
    return user


def change_user(*, actor: User | None, user: User, **fields: Any) -> User:
    """Changes by HR; one's own preferences go through `change_preferences`."""
    require_authority(actor, user)
    if foreign := fields.keys() & {"password", "is_active", "is_staff", "is_superuser"}:
        raise ValueError(f"has an action of its own: {sorted(foreign)}")
    if "username" in fields:
        _check_name_is_free(fields["username"])
    return _change(actor, user, _tidy(_with_reading(fields, name=user.name)))


def change_preferences(*, user: User, **fields: Any) -> User:
    """What one may change about oneself: language, time zone, theme, phone."""
    if foreign := fields.keys() - {"locale", "time_zone", "theme", "phone"}:
        raise ValueError(f"not a preference: {sorted(foreign)}")
    return _change(user, user, fields)


def _check_name_is_free(username: str) -> None:
    """A name after an @ means one person or one group."""
    if UserGroup.objects.filter(handle__iexact=username).exists():
        raise ValidationError({"username": _("A user group is called so already.")}, code="taken")


def _with_reading(fields: dict[str, Any], *, name: str) -> dict[str, Any]:
    """How a name is read follows from it, unless HR says how this one is."""
    if "pinyin" not in fields and "name" not in fields:
        return fields
    reading = " ".join(fields.get("pinyin", "").lower().split())
    if reading:
        return fields | {"pinyin": reading, "initials": "".join(each[0] for each in reading.split())}
    name = fields.get("name", name)
    return fields | {"pinyin": syllables_of(name), "initials": initials_of(name)}


def _tidy(fields: dict[str, Any]) -> dict[str, Any]:
    """Addresses are compared in lower case, and having none is not the same as having an empty one."""
    return fields | {"email": (fields["email"] or "").lower() or None} if "email" in fields else fields


def _change(actor: User | None, user: User, fields: dict[str, Any]) -> User:
    for name, value in fields.items():
        setattr(user, name, value)
    user.full_clean(exclude=["password"])
    with publishing():
        before = stored(user, fields)
        user.save(update_fields=list(fields))
        if "email" in fields:
            EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
            revoke_astray(actor=actor, user=user)
        publish(
            "people.user.changed",
            stream=user.stream,
            actor=actor,
            before=before,
            after=stored(user, fields),
            user=user.pk,
            fields=sorted(fields),
        )
    return user


def deactivate_user(*, actor: User | None, user: User) -> None:
    """People are never deleted: what they wrote stays theirs."""
    require_authority(actor, user)
    if actor == user:
        raise ValidationError(_("You cannot deactivate yourself."), code="oneself")
    with publishing():
        require_other_hr(user)
        require_other_superuser(user)
        before = _change_account(user, is_active=False, employment=Employment.LEFT)
        end_sessions(user=user, actor=actor)
        for hook in hooks.on_deactivated:
            hook(user)
        publish(
            "people.user.deactivated",
            stream=user.stream,
            actor=actor,
            before=before,
            after=values_of(user, before),
            user=user.pk,
        )
    log.info("user %s deactivated by %s", user.pk, actor.pk if actor else None)


def reactivate_user(*, actor: User | None, user: User) -> None:
    """They are back in the rooms of where they are placed now, which may have changed meanwhile."""
    require_authority(actor, user)
    with publishing():
        before = _change_account(user, is_active=True, employment=Employment.ACTIVE)
        for membership in user.memberships.select_related("user", "department").order_by("pk"):
            for hook in hooks.on_joined:
                hook(membership)
        publish(
            "people.user.reactivated",
            stream=user.stream,
            actor=actor,
            before=before,
            after=values_of(user, before),
            user=user.pk,
        )


def _change_account(user: User, *, is_active: bool, employment: Employment) -> dict[str, Any]:
    """What it was before."""
    before = stored(user, ("is_active", "employment"))
    user.is_active, user.employment = is_active, employment
    user.save(update_fields=list(before))
    return before


def appoint(*, actor: User | None, user: User, office: Office | str) -> None:
    """Give somebody the work of HR or IT, and with it the administration."""
    _change_office(actor, user, Office(office), held=True)


def dismiss(*, actor: User | None, user: User, office: Office | str) -> None:
    _change_office(actor, user, Office(office), held=False)


def _change_office(actor: User | None, user: User, office: Office, *, held: bool) -> None:
    if actor is not None:
        require(can_appoint(actor))
    with publishing():
        if not held and office == Office.HR:
            require_other_hr(user)
        before = office.value in offices_of(user)
        change = user.groups.add if held else user.groups.remove
        change(office_group(office))
        user.is_staff = user.is_superuser or user.groups.filter(name__in=Office.names).exists()
        user.save(update_fields=["is_staff"])
        publish(
            "people.office.changed",
            stream=user.stream,
            actor=actor,
            before={"held": before},
            after={"held": held},
            user=user.pk,
            office=office,
            held=held,
        )
