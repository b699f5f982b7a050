"""Export of what a list shows, and the way to the import, on the pages of people and of departments."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from intranet import clock
from intranet.people.action_admin import ActionAdmin
from intranet.people.importing import exports
from intranet.people.importing.exports import Exported
from intranet.people.models import User
from intranet.people.permissions import can_administer_people
from intranet.verdicts import require


class TableAdmin(ActionAdmin):
    """Subclasses say what an exported table of their rows is."""

    change_list_template = "admin/people/table_list.html"

    def table_of(self, queryset: QuerySet) -> Exported:
        raise NotImplementedError

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.export)
        exporting = [
            path(f"export.{kind}", view, {"kind": kind}, f"{self._name}_{kind}") for kind in exports.TYPES
        ]
        return [*exporting, *super().get_urls()]

    @property
    def _name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def export(self, request: HttpRequest, kind: str) -> HttpResponse:
        """All pages of the list as it is filtered now. Telephone numbers leave the house with it: HR only."""
        require(can_administer_people(cast("User", request.user)))
        try:
            listed = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return redirect(f"admin:{self._name}_changelist")
        title = str(self.opts.verbose_name_plural)
        content = exports.written(self.table_of(listed), title=title, kind=kind)
        name = f"{self.opts.model_name}-{clock.now():%Y-%m-%d}.{kind}"
        return download(content, name=name, kind=kind)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        tools: dict[str, Any] = {}
        if can_administer_people(cast("User", request.user)):
            tools["exports"] = [
                (kind.upper(), reverse(f"admin:{self._name}_{kind}")) for kind in exports.TYPES
            ]
        return super().changelist_view(request, {**tools, **(extra_context or {})})


def download(content: bytes, *, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=exports.TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
