from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from intranet import clock
from intranet.people.models.user import UNUSABLE, User

TOKEN_BYTES = 16
# People type what stands on paper: these do not occur in base 32.
MISREAD = str.maketrans({"0": "o", "1": "l", "8": "b", "-": None, " ": None})


def new_token() -> str:
    """128 bits as 26 letters and digits, in groups that one can read from a sheet of paper."""
    text = base64.b32encode(secrets.token_bytes(TOKEN_BYTES)).decode().rstrip("=").lower()
    return "-".join(text[at : at + 5] for at in range(0, len(text), 5))


def hash_of(token: str) -> str:
    return hashlib.sha256(token.lower().translate(MISREAD).encode()).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def unanswered(self) -> Self:
        """Neither used nor taken back, in time or not."""
        return self.filter(redeemed_at=None, revoked_at=None)

    def redeemable(self) -> Self:
        """It opens an account that nobody has a password to yet, at the address that it was sent to."""
        return self.unanswered().filter(
            Q(email="") | Q(email=F("user__email")),
            expires_at__gt=clock.now(),
            user__is_active=True,
            user__password__startswith=UNUSABLE,
        )

    def with_token(self, token: str) -> Self:
        return self.filter(token_hash=hash_of(token))

    def due(self) -> Self:
        return self.unanswered().filter(mail_due__lte=clock.now()).order_by("mail_due", "pk")


class Invitation(models.Model):
    """A person's one way to choose their first password. Only the hash of its token is kept.

    One that goes by mail is a due row: whoever sends it makes the token at that moment.
    """

    user = models.ForeignKey(User, models.CASCADE, verbose_name=_("person"), related_name="invitations")
    email = models.EmailField(_("sent to"), blank=True)
    token_hash = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    created_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name=_("invited by"), null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("invited at"), default=clock.now)
    expires_at = models.DateTimeField(_("valid until"))
    redeemed_at = models.DateTimeField(_("used at"), null=True)
    revoked_at = models.DateTimeField(_("taken back at"), null=True)
    mail_due = models.DateTimeField(null=True, editable=False)
    mail_attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    mailed_at = models.DateTimeField(_("sent at"), null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        indexes = (
            models.Index(fields=["mail_due"], name="invitation_due", condition=Q(mail_due__isnull=False)),
        )

    def __str__(self) -> str:
        return str(self.user)

    @property
    def state(self) -> str | Promise:
        if self.redeemed_at:
            return _("Used")
        if self.revoked_at:
            return _("Taken back")
        if self.expires_at <= clock.now():
            return _("Expired")
        if self.email and not self.mailed_at:
            return _("Waits to be sent") if self.mail_due else _("Could not be sent")
        return pgettext("an invitation", "Open")
