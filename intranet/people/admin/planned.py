from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from intranet.people import actions
from intranet.people.action_admin import ActionAdmin
from intranet.people.admin.handover import change_of
from intranet.people.models import PlannedChange


@admin.register(PlannedChange)
class PlannedChangeAdmin(ActionAdmin):
    """What waits for its day, and what has become of it."""

    list_display = ("user", "what", "effective_on", "kept_until", "state", "outcome", "planned_by")
    list_filter = ("state", "change", "effective_on")
    list_select_related = ("user", "source", "target", "planned_by")
    search_fields = ("user__name", "user__english_name", "user__username")
    fields = (
        *("user", "change", "source", "target", "role", "effective_on"),
        *("kept_until", "state", "outcome", "planned_by", "planned_at"),
    )
    readonly_fields = fields
    ordering = ("-effective_on", "-pk")
    actions = ("cancel",)

    @admin.display(description=_("change"))
    def what(self, planned: PlannedChange) -> str:
        return change_of(planned)

    @admin.action(description=_("Cancel: it will not happen"), permissions=["cancel"])
    def cancel(self, request: HttpRequest, rows: QuerySet[PlannedChange]) -> None:
        self.apply(request, rows, lambda actor, row: actions.cancel_planned(actor=actor, planned=row))

    def has_cancel_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("people.change_user")
