from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from intranet.events import outbox
from intranet.events.models import Pending
from intranet.people.action_admin import ActionAdmin


@admin.register(Pending)
class PendingAdmin(ActionAdmin):
    """What listeners still have to do; given up after ten failures, until IT has it tried again."""

    list_display = ("listener", "kind", "stream", "attempts", "due", "parked")
    list_filter = ("parked", "listener")
    list_select_related = ("event",)
    fields = ("listener", "kind", "stream", "attempts", "due", "parked")
    ordering = ("-parked", "due")
    actions = ("try_again",)

    @admin.display(description=_("event"))
    def kind(self, pending: Pending) -> str:
        return f"{pending.event.kind} ({pending.event_id})"

    @admin.display(description=_("stream"))
    def stream(self, pending: Pending) -> str:
        return pending.event.stream

    @admin.action(description=_("Try again"), permissions=["try_again"])
    def try_again(self, request: HttpRequest, rows: QuerySet[Pending]) -> None:
        count = outbox.try_again(rows)
        done = ngettext(
            "%(count)s piece of work will be tried again.",
            "%(count)s pieces of work will be tried again.",
            count,
        )
        messages.success(request, done % {"count": count})

    def has_try_again_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("events.change_pending")
