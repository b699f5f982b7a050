from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from intranet.people import actions
from intranet.people.action_admin import ActionAdmin
from intranet.people.letters import address_of
from intranet.people.models import Invitation, User
from intranet.people.models.user import UNUSABLE
from intranet.people.permissions import can_administer_people
from intranet.verdicts import Denied


@admin.register(Invitation)
class InvitationAdmin(ActionAdmin):
    """What became of the invitations. New ones are made on the list of people."""

    list_display = ("user", "email", "state", "created_at", "expires_at", "created_by")
    list_filter = ("redeemed_at", "revoked_at")
    list_select_related = ("user", "created_by")
    search_fields = ("user__name", "user__english_name", "user__username", "email")
    fields = (
        "user",
        "email",
        "created_by",
        "created_at",
        "expires_at",
        "mailed_at",
        "redeemed_at",
        "revoked_at",
    )
    ordering = ("-created_at", "-pk")
    actions = ("revoke",)

    @admin.display(description=gettext_lazy("state"))
    def state(self, invitation: Invitation) -> str:
        return str(invitation.state)

    @admin.action(description=gettext_lazy("Take back"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, rows: QuerySet[Invitation]) -> None:
        self.apply(request, rows, lambda actor, row: actions.revoke_invitation(actor=actor, invitation=row))

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return bool(can_administer_people(cast("User", request.user)))


class NewcomersFilter(admin.SimpleListFilter):
    """Whom HR still has to invite."""

    title = gettext_lazy("first sign-in")
    parameter_name = "newcomers"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("uninvited", gettext_lazy("Not invited yet")), ("invited", gettext_lazy("Invited"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        if self.value() is None:
            return queryset
        newcomers = queryset.filter(is_active=True, password__startswith=UNUSABLE)
        invited = Exists(Invitation.objects.unanswered().filter(user=OuterRef("pk")))
        return newcomers.filter(invited if self.value() == "invited" else ~invited)


class Inviting(ActionAdmin):
    """What the list of people offers: invitations by mail, or on paper."""

    def has_invite_permission(self, request: HttpRequest) -> bool:
        return bool(can_administer_people(cast("User", request.user)))

    @admin.action(description=gettext_lazy("Invite by mail"), permissions=["invite"])
    def invite_by_mail(self, request: HttpRequest, rows: QuerySet[User]) -> None:
        invited = sum(self._try(request, row, actions.invite_by_mail) is not None for row in rows)
        if invited:
            done = ngettext(
                "%(count)s invitation is on its way.", "%(count)s invitations are on their way.", invited
            )
            messages.success(request, done % {"count": invited})

    @admin.action(description=gettext_lazy("Print invitations"), permissions=["invite"])
    def print_invitations(self, request: HttpRequest, rows: QuerySet[User]) -> HttpResponse | None:
        """The only page that ever shows these addresses."""
        cards = []
        for row in rows:
            if (made := self._try(request, row, actions.invite_on_paper)) is not None:
                invitation, token = made
                expires_at = invitation.expires_at
                cards.append({"person": row, "address": address_of(token), "expires_at": expires_at})
        return render(request, "people/invitation_sheet.html", {"cards": cards}) if cards else None

    def _try(self, request: HttpRequest, row: User, invite: Any) -> Any:
        try:
            return invite(actor=cast("User", request.user), user=row)
        except (Denied, ValidationError) as error:
            sentence = str(error.verdict.sentence) if isinstance(error, Denied) else " ".join(error.messages)
            messages.error(request, _("{person}: {reason}").format(person=row, reason=sentence))
            return None
