"""Who acts. `None` acts where nobody is signed in: the first start, the demo company, a command."""

from __future__ import annotations

from intranet.people.models import User
from intranet.people.permissions import can_administer, can_administer_people
from intranet.verdicts import require


def require_hr(actor: User | None) -> None:
    if actor is not None:
        require(can_administer_people(actor))


def require_authority(actor: User | None, user: User) -> None:
    if actor is not None:
        require(can_administer(actor, user))
