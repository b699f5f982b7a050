"""Who acts. `None` acts where nobody is signed in: the first start, the demo company, a command."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.people.models import User
from intranet.people.permissions import (
    Office,
    can_administer,
    can_administer_people,
    can_change_calendars,
    can_enter_absences,
    office_group,
)
from intranet.verdicts import refused, require


def require_hr(actor: User | None) -> None:
    if actor is not None:
        require(can_administer_people(actor))


def require_authority(actor: User | None, user: User) -> None:
    if actor is not None:
        require(can_administer(actor, user))


def require_calendars(actor: User | None) -> None:
    if actor is not None:
        require(can_change_calendars(actor))


def require_absences(actor: User | None, person: User) -> None:
    if actor is not None:
        require(can_enter_absences(actor, person))


LAST_HR = refused("last_hr", _("This is the last person in HR. Appoint somebody else first."))
LAST_SUPERUSER = refused("last_superuser", _("This is the last superuser. There has to be one."))


def require_other_hr(user: User) -> None:
    """Two who leave at the same moment wait for each other: the last of them stays."""
    group = type(office_group(Office.HR)).objects.select_for_update().get(name=Office.HR.name)
    holders = set(User.objects.active().filter(groups=group).values_list("pk", flat=True))
    if holders == {user.pk}:
        require(LAST_HR)


def require_other_superuser(user: User) -> None:
    superusers = User.objects.active().filter(is_superuser=True).order_by("pk").select_for_update(no_key=True)
    if set(superusers.values_list("pk", flat=True)) == {user.pk}:
        require(LAST_SUPERUSER)
