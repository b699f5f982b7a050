from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from intranet.people import actions
from intranet.people.action_admin import ActionAdmin, ActionForm
from intranet.people.admin.tables import download
from intranet.people.importing import exports, files
from intranet.people.models import Import, ImportState, User
from intranet.people.permissions import can_administer_people
from intranet.verdicts import require

SHOWN = 500  # lines of a report; more than that nobody reads


class UploadForm(ActionForm):
    file = forms.FileField(label=_("File"), widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}))

    class Meta:
        model = Import
        fields = ()

    def clean_file(self) -> Any:
        """What is wrong with the file as a whole is said here; what is wrong in a line, in the report."""
        file = self.cleaned_data["file"]
        if file.size > files.MAX_BYTES:
            raise files.too_large()
        self.tables = files.read(file.read())
        return file


class ConfirmForm(ActionForm):
    """Nothing but the button."""

    class Meta:
        model = Import
        fields = ()


@admin.register(Import)
class ImportAdmin(ActionAdmin):
    list_display = ("file_name", "actor", "made_at", "state")
    list_select_related = ("actor",)
    change_list_template = "admin/people/import/change_list.html"
    add_form_template = "admin/people/import/upload.html"
    change_form_template = "admin/people/import/report.html"

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        own = [
            path("template.xlsx", view(self.template), name="people_import_template"),
            path("<int:import_id>/progress/", view(self.progress), name="people_import_progress"),
        ]
        return [*own, *super().get_urls()]

    def template(self, request: HttpRequest) -> HttpResponse:
        require(can_administer_people(cast("User", request.user)))
        return download(exports.template(), name="tongxin-import.xlsx", kind=exports.XLSX)

    def progress(self, request: HttpRequest, import_id: int) -> HttpResponse:
        """What the page asks for until it is over."""
        require(can_administer_people(cast("User", request.user)))
        running = get_object_or_404(Import, pk=import_id)
        return render(request, "admin/people/import/_progress.html", _progress_of(running))

    # --- The pages ----------------------------------------------------------------------------------------

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        return super().get_form(request, obj, change, form=ConfirmForm if obj else UploadForm, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Import | None = None) -> Any:
        return [(None, {"fields": [] if obj else ["file"]})]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What has begun goes by itself."""
        return super().has_change_permission(request, obj) and (
            obj is None or obj.state == ImportState.CHECKED
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Each one by its own page: what has begun cannot be discarded."""
        is_staged = obj is not None and obj.state == ImportState.CHECKED
        return is_staged and super().has_delete_permission(request, obj)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        staged: Import | None = context["original"]
        context["title"] = _("What the file would do") if staged else _("Import people and departments")
        context["limits"] = {"rows": files.MAX_ROWS, "megabytes": files.MAX_BYTES // 1_000_000}
        if staged is not None and staged.state == ImportState.CHECKED:
            report = actions.report_of(staged)
            shown = report.worth_showing()
            context |= {"report": report, "lines": shown[:SHOWN], "hidden": max(len(shown) - SHOWN, 0)}
        elif staged is not None:
            context["title"] = _("Import")
            context |= _progress_of(staged)
        return super().render_change_form(request, context, *args, **kwargs)

    # --- Writing -------------------------------------------------------------------------------------------

    def add(self, actor: User, form: forms.ModelForm) -> Import:
        name = form.cleaned_data["file"].name
        return actions.stage_import(actor=actor, file_name=name, tables=cast("UploadForm", form).tables)

    def change(self, actor: User, form: forms.ModelForm) -> None:
        if actions.report_of(form.instance).has_errors:
            raise ValidationError(_("Some lines are wrong. Correct the file and upload it again."))
        actions.confirm_import(actor=actor, staged=form.instance)

    def remove(self, actor: User, row: Import) -> None:
        actions.discard_import(actor=actor, staged=row)

    def response_add(self, request: HttpRequest, obj: Import, post_url_continue: str | None = None) -> Any:
        return redirect("admin:people_import_change", obj.pk)

    def response_change(self, request: HttpRequest, obj: Import) -> Any:
        return redirect("admin:people_import_change", obj.pk)


def _progress_of(running: Import) -> dict[str, Any]:
    if running.state != ImportState.DONE:
        return {"running": running}
    people = running.people_made.count()
    return {"running": running, "people": people, "others": running.steps.count() - people}


class ImportFilter(admin.SimpleListFilter):
    """Whom an import has brought; only its own page leads here."""

    title = _("import")
    parameter_name = "imported"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        wanted = request.GET.get(self.parameter_name, "")
        found = Import.objects.filter(pk=wanted) if wanted.isdecimal() and len(wanted) < 19 else ()
        return [(str(each.pk), each.file_name) for each in found]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        wanted = self.value()
        found = Import.objects.filter(pk=wanted).first() if wanted else None
        return queryset.filter(pk__in=found.people_made.values("made")) if found else queryset
