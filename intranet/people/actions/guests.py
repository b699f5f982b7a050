"""Outside people: invited for a while by those who may, and gone when it is over."""

from __future__ import annotations

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from intranet.events.publish import publishing
from intranet.people.actions.memberships import give_place, leave_department
from intranet.people.actions.people import deactivate_user, make_account
from intranet.people.handover import today
from intranet.people.models import Department, Membership, Role, User
from intranet.people.permissions import can_extend_guest, can_invite_guests
from intranet.verdicts import require

LONGEST_STAY = dt.timedelta(days=366)


def invite_guest(
    *, actor: User, department: Department, name: str, email: str, until: dt.date, locale: str = ""
) -> Membership:
    """An account without a password: the way in is the mail that sets one."""
    require(can_invite_guests(actor, department))
    _check_stay(until)
    with publishing():
        fields = {"email": email, "locale": locale or actor.locale, "time_zone": actor.time_zone}
        user = make_account(actor=actor, username=_free_username(email), name=name, **fields)
        return give_place(
            actor=actor, user=user, department=department, role=Role.GUEST, until=until, invited_by=actor
        )


def _free_username(email: str) -> str:
    """From the address: as one knows it, and not somebody else's."""
    wanted = re.sub(r"[^\w.-]+", "", email.partition("@")[0].lower())[:30] or "guest"
    taken = set(User.objects.filter(username__startswith=wanted).values_list("username", flat=True))
    candidates = (wanted, *(f"{wanted}{number}" for number in range(2, len(taken) + 3)))
    return next(each for each in candidates if each not in taken)


def extend_guest(*, actor: User, membership: Membership, until: dt.date) -> None:
    require(can_extend_guest(actor, membership))
    _check_stay(until)
    give_place(
        actor=actor,
        user=membership.user,
        department=membership.department,
        role=Role.GUEST,
        primary=membership.primary,
        until=until,
    )


def _check_stay(until: dt.date) -> None:
    if until < today():
        raise ValidationError(_("This day is over. Choose today or a later one."), code="past")
    if until > today() + LONGEST_STAY:
        raise ValidationError(
            _("A guest stays for a year at most; it can be extended then."), code="too_long"
        )


def end_expired_memberships() -> None:
    """Each in a transaction of its own. A guest who is nowhere any more has no account either."""
    over = Membership.objects.filter(until__lt=today())
    for membership in over.select_related("user", "department").order_by("pk"):
        with publishing():
            leave_department(actor=None, membership=membership)
            user = membership.user
            if membership.role == Role.GUEST and user.is_active and not user.memberships.exists():
                deactivate_user(actor=None, user=user)
