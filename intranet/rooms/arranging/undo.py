"""What “mark all as read” hands to the browser to take it back: signed, for one person, for a while."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from intranet import clock
from intranet.people.models import User

POSSIBLE_FOR = dt.timedelta(minutes=5)
SALT = "intranet.rooms.arranging.undo"


class Moved(NamedTuple):
    """One read pointer, by its membership: who left the room and came back has another one."""

    membership: int
    before: int
    after: int


def pack(user: User, moved: Iterable[Moved]) -> str:
    content = [user.pk, clock.now().timestamp(), list(moved)]
    return signing.dumps(content, salt=SALT, compress=True)


def unpack(user: User, token: str) -> list[Moved]:
    try:
        owner, at, moved = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        owner, at, moved = None, 0, []
    if owner != user.pk or clock.now().timestamp() - at > POSSIBLE_FOR.total_seconds():
        raise ValidationError(_("This can be undone no longer."), code="too_late")
    return [Moved(*each) for each in moved]
