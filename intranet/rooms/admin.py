from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from intranet.people.action_admin import ActionAdmin
from intranet.people.models import User
from intranet.people.pages import Notice, watches
from intranet.rooms import actions, may_page
from intranet.rooms.models import Kind, Room


class Ownerless(admin.SimpleListFilter):
    title = pgettext_lazy("of a room", "owner")
    parameter_name = "owner"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("none", _("has no owner"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Room]) -> QuerySet[Room]:
        if self.value() != "none":
            return queryset
        return queryset.filter(pk__in=Room.objects.ownerless().values("pk"))


@watches
def ownerless(user: User) -> Iterator[Notice]:
    """Whoever can see rooms; a manager of the department inherits them as soon as there is one."""
    if user.has_perm("rooms.view_room") and (count := Room.objects.ownerless().count()):
        sentence = ngettext("%(count)s room has no owner.", "%(count)s rooms have no owner.", count)
        yield Notice(sentence % {"count": count}, f"{reverse('admin:rooms_room_changelist')}?owner=none")


@admin.register(Room)
class RoomAdmin(ActionAdmin):
    """What rooms there are, for HR and IT; who writes to whom directly is nobody's business."""

    list_display = ("called", "english_name", "kind", "of_departments", "people", "archived_at")
    list_filter = (Ownerless, "kind", ("archived_at", admin.EmptyFieldListFilter), "departments")
    search_fields = ("name", "english_name", "topic")
    fields = ("name", "english_name", "kind", "topic", "of_departments", "people", "archived_at")
    ordering = ("kind", "name", "pk")
    actions = ("archive", "restore")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Room]:
        rooms = Room.objects.exclude(kind=Kind.DIRECT).with_departments().order_by(*self.ordering)
        return rooms.annotate(people=Count("memberships", distinct=True))

    @admin.display(description=_("name"), ordering="name")
    def called(self, room: Room) -> str:
        return room.display_name

    @admin.display(description=_("departments"))
    def of_departments(self, room: Room) -> str:
        return ", ".join(str(link.department) for link in room.department_links.all())

    @admin.display(description=_("people"), ordering="people")
    def people(self, room: Room) -> int:
        return room.people  # type: ignore[attr-defined]

    @admin.action(description=_("Archive: readable for good, writable no more"), permissions=["archive"])
    def archive(self, request: HttpRequest, rows: QuerySet[Room]) -> None:
        self.apply(request, rows, lambda actor, row: actions.archive_room(actor=actor, room=row))

    @admin.action(description=_("Restore"), permissions=["archive"])
    def restore(self, request: HttpRequest, rows: QuerySet[Room]) -> None:
        self.apply(request, rows, lambda actor, row: actions.restore_room(actor=actor, room=row))

    def has_archive_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("rooms.change_room")


__all__ = ["RoomAdmin", "may_page"]
