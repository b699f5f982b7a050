"""One-time invitations: the way in for people who have no password yet."""

from __future__ import annotations

import datetime as dt
import logging
from smtplib import SMTPException

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from intranet import clock
from intranet.events.publish import publish, publishing
from intranet.people.actions.authority import require_authority
from intranet.people.letters import send_invitation
from intranet.people.models import Invitation, User
from intranet.people.models.invitation import hash_of, new_token
from intranet.people.permissions import NO_INVITATION
from intranet.verdicts import Denied

log = logging.getLogger(__name__)

VALID_FOR = dt.timedelta(days=14)
GIVE_UP_AFTER = 8


# --- Inviting -----------------------------------------------------------------------------------------


def invite_by_mail(*, actor: User | None, user: User) -> Invitation:
    """The mail follows within seconds; whoever asked for it does not wait for the mail server."""
    if not user.email:
        raise ValidationError(_("There is no e-mail address; print a sheet instead."), code="no_address")
    return _invite(actor, user, email=user.email, mail_due=clock.now())


def invite_on_paper(*, actor: User | None, user: User) -> tuple[Invitation, str]:
    """The invitation and its token, which nobody can look up later."""
    token = new_token()
    return _invite(actor, user, token_hash=hash_of(token)), token


def _invite(actor: User | None, user: User, **fields: object) -> Invitation:
    """A new invitation takes the place of those before it."""
    require_authority(actor, user)
    with publishing():
        person = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        _check_needs_one(person)
        revoke_invitations(actor=actor, user=person)
        invitation = Invitation.objects.create(
            user=person, created_by=actor, expires_at=clock.now() + VALID_FOR, **fields
        )
        _publish("created", invitation, actor)
    return invitation


def _check_needs_one(user: User) -> None:
    if not user.is_active:
        raise ValidationError(_("They left the company."), code="inactive")
    if user.has_usable_password():
        raise ValidationError(_("They have a password already."), code="has_password")


def revoke_invitation(*, actor: User | None, invitation: Invitation) -> None:
    require_authority(actor, invitation.user)
    with publishing():
        if not _revoke(actor, invitation):
            raise ValidationError(_("It was used or taken back before."), code="answered")


def revoke_invitations(*, actor: User | None, user: User) -> None:
    """Whatever opened this account before; part of other actions, which have asked who may."""
    with publishing():
        for invitation in Invitation.objects.unanswered().filter(user=user):
            _revoke(actor, invitation)


def revoke_astray(*, actor: User | None, user: User) -> None:
    """Those that went, or were about to go, to an address that is not theirs any more."""
    with publishing():
        mailed = Invitation.objects.unanswered().filter(user=user).exclude(email="")
        for invitation in mailed.exclude(email=user.email or ""):
            _revoke(actor, invitation)


def _revoke(actor: User | None, invitation: Invitation) -> bool:
    open_ones = Invitation.objects.unanswered().filter(pk=invitation.pk)
    if not open_ones.update(revoked_at=clock.now(), mail_due=None):
        return False
    _publish("revoked", invitation, actor)
    return True


# --- Redeeming ----------------------------------------------------------------------------------------


def redeem_invitation(*, invitation: Invitation, password: str) -> User:
    """Of many who try at once one succeeds: the row's own condition decides, not what was read before.

    The person is locked before the invitation, as inviting anew does it: neither waits for the other.
    """
    user = invitation.user
    validate_password(password, user)
    # Slow on purpose, and so before the transaction.
    user.password = make_password(password)
    with publishing():
        _check_still_theirs(invitation)
        now = clock.now()
        answered = Invitation.objects.unanswered().filter(pk=invitation.pk, expires_at__gt=now)
        if not answered.update(redeemed_at=now):
            raise Denied(NO_INVITATION)
        user.is_arriving = True
        user.save(update_fields=["password", "is_arriving"])
        _publish("redeemed", invitation, user)
    return user


def _check_still_theirs(invitation: Invitation) -> None:
    """What could have changed since it was looked up, on a row that now nobody else changes."""
    user = User.objects.select_for_update(no_key=True).get(pk=invitation.user_id)
    if not user.is_active or user.has_usable_password() or invitation.email not in ("", user.email):
        raise Denied(NO_INVITATION)


def arrive(*, user: User) -> None:
    """The first sign-in is complete."""
    with publishing():
        user.is_arriving = False
        user.save(update_fields=["is_arriving"])
        publish("people.user.arrived", stream=user.stream, actor=user, user=user.pk)


# --- Mail ---------------------------------------------------------------------------------------------


def send_due_invitations() -> None:
    """Each is claimed by one worker, and sent while no transaction is open: mail servers take their time."""
    while (invitation := Invitation.objects.due().select_related("user").first()) is not None:
        if token := _claim(invitation):
            _send(invitation, token)


def _claim(invitation: Invitation) -> str:
    """The token that goes into the mail, or nothing if another worker was first.

    Until it is known that the mail went out it is due again, with another token.
    """
    token, attempts = new_token(), invitation.mail_attempts + 1
    again = clock.now() + dt.timedelta(seconds=15 * 2**attempts)
    due = Invitation.objects.due().filter(pk=invitation.pk, mail_attempts=invitation.mail_attempts)
    claimed = due.order_by().update(
        token_hash=hash_of(token),
        mail_attempts=attempts,
        mail_due=again if attempts < GIVE_UP_AFTER else None,
    )
    return token if claimed else ""


def _send(invitation: Invitation, token: str) -> None:
    try:
        send_invitation(invitation, token)
    except (OSError, SMTPException):
        log.exception("the mail server did not take invitation %s", invitation.pk)
        return
    Invitation.objects.filter(pk=invitation.pk).update(mail_due=None, mailed_at=clock.now())


def _publish(what: str, invitation: Invitation, actor: User | None) -> None:
    user = invitation.user
    publish(f"people.invitation.{what}", stream=user.stream, actor=actor, invitation=invitation.pk)
