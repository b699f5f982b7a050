from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from intranet.people import actions
from intranet.people.action_admin import ActionAdmin
from intranet.people.models import User

# The library gives its table no name that could be translated.
UserSession._meta.verbose_name, UserSession._meta.verbose_name_plural = _("session"), _("sessions")


@admin.register(UserSession)
class SessionAdmin(ActionAdmin):
    """Where people are signed in. To delete a session is to sign that browser out."""

    list_display = ("user", "ip", "user_agent", "created_at")
    list_select_related = ("user",)
    search_fields = ("user__name", "user__english_name", "user__username", "ip")
    fields = ("user", "ip", "user_agent", "created_at")
    ordering = ("-created_at",)

    def remove(self, actor: User, row: UserSession) -> None:
        actions.sign_out_user(actor=actor, user=row.user, keys=[row.session_key])
