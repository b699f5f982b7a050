from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from intranet import clock
from intranet.events.publish import publish, publishing
from intranet.people.actions.authority import require_authority
from intranet.people.actions.invitations import revoke_invitations
from intranet.people.models import User
from intranet.people.permissions import can_end_sessions
from intranet.verdicts import require


def set_password(*, actor: User | None, user: User, password: str) -> None:
    """A password set by HR. All sessions end."""
    require_authority(actor, user)
    _set_password(actor, user, password, kept=None)


def set_own_password(*, user: User, password: str, session_key: str | None) -> None:
    """One's own, through the account pages. All sessions end but the one that it was changed in."""
    _set_password(user, user, password, kept=session_key)


def _set_password(actor: User | None, user: User, password: str, *, kept: str | None) -> None:
    user.set_password(password)
    with publishing():
        user.save(update_fields=["password"])
        revoke_invitations(actor=actor, user=user)
        keys = UserSession.objects.filter(user=user).exclude(session_key=kept or "")
        end_sessions(user=user, actor=actor, keys=list(keys.values_list("session_key", flat=True)))
        # The session that stays gets a new key, and with it a new row.
        UserSession.objects.filter(user=user).delete()


def sign_out_user(*, actor: User | None, user: User, keys: list[str] | None = None) -> None:
    """End somebody's sessions, as IT."""
    if actor is not None:
        require(can_end_sessions(actor, user))
    end_sessions(user=user, actor=actor, keys=keys)


def end_sessions(*, user: User, actor: User | None = None, keys: list[str] | None = None) -> None:
    """End these sessions of a person, or all; open sockets close as soon as they hear of it."""
    with publishing():
        ended = UserSession.objects.filter(user=user)
        if keys is not None:
            ended = ended.filter(session_key__in=keys)
        Session.objects.filter(session_key__in=list(ended.values_list("session_key", flat=True))).delete()
        ended.delete()
        publish("people.sessions.ended", stream=user.stream, actor=actor or user, user=user.pk)


def forget_expired_sessions() -> None:
    """Rows that nobody is signed in through any more. No session ends by this, so nothing is published."""
    Session.objects.filter(expire_date__lt=clock.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
