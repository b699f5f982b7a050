"""Where allauth's account pages write, they call people's actions, so that sockets hear of it."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy

from intranet.events.publish import publishing
from intranet.people import actions
from intranet.people.models import User

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": gettext_lazy("The user name or the password is not right."),
        "email_password_mismatch": gettext_lazy("The e-mail address or the password is not right."),
        "too_many_login_attempts": gettext_lazy("Too many attempts. Wait five minutes, then try again."),
        "enter_current_password": gettext_lazy("This is not your current password."),
        "incorrect_password": gettext_lazy("This is not your password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """HR makes the accounts."""
        return False

    def set_password(self, user: User, password: str) -> None:
        mine = self.request.user.pk == user.pk
        key = self.request.session.session_key if mine else None
        actions.set_own_password(user=user, password=password, session_key=key)

    def logout(self, request: HttpRequest) -> None:
        """In one transaction, so that the event comes after the session is gone."""
        user, key = cast("User", request.user), request.session.session_key
        with publishing():
            super().logout(request)
            actions.end_sessions(user=user, keys=[key] if key else [])

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("people:settings")

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """In the language of whoever reads it."""
        with translation.override(user.locale):
            super().send_password_reset_mail(user, email, context)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as error:
            log.exception("the mail server did not take a mail")
            sentence = gettext_lazy("The mail could not be sent. Try again later, or ask IT.")
            raise ValidationError(sentence, code="mail_failed") from error


class UserSessionsAdapter(DefaultUserSessionsAdapter):
    def end_sessions(self, sessions: list[UserSession]) -> None:
        """Sessions that a person ends are their own."""
        if sessions:
            keys = [session.session_key for session in sessions]
            actions.end_sessions(user=sessions[0].user, keys=keys)
