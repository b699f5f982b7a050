from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from intranet.audit.export import shown, write_csv
from intranet.audit.filters import (
    ActorFilter,
    KindFilter,
    PersonFilter,
    RefusedFilter,
    SinceFilter,
    UntilFilter,
)
from intranet.audit.models import Record
from intranet.audit.words import changes, circumstances, department_names, kind_in_words
from intranet.people.action_admin import ActionAdmin


class Records(ChangeList):
    """Loads for all rows at once what their changes name."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        names = department_names(self.result_list)
        for record in self.result_list:
            record.names = names


@admin.register(Record)
class RecordAdmin(ActionAdmin):
    """To read and to take along, never to write."""

    list_display = ("at", "by", "what", "about", "where", "changed", "reason", "request")
    list_display_links = ("at",)
    list_filter = (
        ActorFilter,
        PersonFilter,
        SinceFilter,
        UntilFilter,
        RefusedFilter,
        KindFilter,
        "department",
    )
    list_select_related = ("actor", "person", "department", "room")
    list_per_page = 50
    search_fields = ("request_id__exact",)
    search_help_text = _("The id of a request, as its answer and the log lines name it")
    show_full_result_count = False
    sortable_by = ("at",)
    fields = ("at", "by", "what", "about", "where", "changed", "reason", "request_id", "address")
    readonly_fields = fields

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Records

    def get_urls(self) -> list[URLPattern]:
        export = path("export/", self.admin_site.admin_view(self.export), name="audit_record_export")
        return [export, *super().get_urls()]

    def export(self, request: HttpRequest) -> HttpResponse:
        """What the list shows as it is filtered now, all pages of it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            rows = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            return HttpResponseRedirect("../?e=1")
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="audit.csv"'
        write_csv(rows, response)
        return response

    def get_queryset(self, request: HttpRequest) -> QuerySet[Record]:
        return Record.objects.select_related(*self.list_select_related)

    # --- Columns --------------------------------------------------------------------------------------

    @admin.display(description=_("by whom"))
    def by(self, record: Record) -> str:
        return shown(record, "actor") or "—"

    @admin.display(description=_("what"))
    def what(self, record: Record) -> str:
        return kind_in_words(record.kind)

    @admin.display(description=_("about whom"))
    def about(self, record: Record) -> str:
        return shown(record, "person") or "—"

    @admin.display(description=_("where"))
    def where(self, record: Record) -> str:
        return " · ".join(filter(None, (shown(record, "department"), shown(record, "room")))) or "—"

    @admin.display(description=_("before and after"))
    def changed(self, record: Record) -> SafeString:
        names = record.names if hasattr(record, "names") else department_names([record])
        rows = [format_html("{}", text) for text in circumstances(record)]
        rows += [format_html("{}: {} → {}", *change) for change in changes(record, names)]
        return format_html_join(SafeString("<br>"), "{}", ((row,) for row in rows)) or SafeString("—")

    @admin.display(description=_("request"))
    def request(self, record: Record) -> SafeString | str:
        if not record.request_id:
            return "—"
        return format_html('<a href="?q={}">{}</a>', record.request_id, record.request_id[:8])
