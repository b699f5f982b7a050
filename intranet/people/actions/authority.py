"""Who acts. `None` acts where nobody is signed in: the first start, the demo company, a command."""

from __future__ import annotations

from intranet.people.models import User
from intranet.people.permissions import (
    can_administer,
    can_administer_people,
    can_change_calendars,
    can_enter_absences,
)
from intranet.verdicts import require


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
