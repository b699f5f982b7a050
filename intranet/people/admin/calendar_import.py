"""A year's days from a CSV file, in two steps: what it would do, then doing it."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intranet.people import actions
from intranet.people.calendar_csv import LARGEST, Sheet, decode, read
from intranet.people.models import User, WorkCalendar


class ImportForm(forms.Form):
    """First the file, then the text that was read from it and shown."""

    file = forms.FileField(label=_("CSV file"), required=False)
    text = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    sheet: Sheet

    def clean(self) -> dict[str, Any]:
        text = self._text()
        self.sheet = read(text)
        if self.sheet.problems:
            raise ValidationError(self.sheet.problems)
        return {"text": text}

    def _text(self) -> str:
        file = self.cleaned_data.get("file")
        if file is None:
            if text := self.cleaned_data.get("text"):
                return text
            raise ValidationError(_("Choose a CSV file."), code="missing")
        if file.size > LARGEST:
            raise ValidationError(_("This file is too large for a calendar."), code="too_large")
        return decode(file.read())


def import_page(model_admin: admin.ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    calendar = _load(model_admin, request, object_id)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if not form.is_bound or not form.is_valid():
        return _page(model_admin, request, calendar, form=form)
    if "_import" in request.POST:
        return _import(request, calendar, form.sheet)
    again = ImportForm(initial=form.cleaned_data)
    return _page(
        model_admin, request, calendar, form=again, sheet=form.sheet, **_effect(calendar, form.sheet)
    )


def _load(model_admin: admin.ModelAdmin, request: HttpRequest, object_id: str) -> WorkCalendar:
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    calendar = model_admin.get_object(request, unquote(object_id))
    if calendar is None:
        raise Http404
    return cast("WorkCalendar", calendar)


def _effect(calendar: WorkCalendar, sheet: Sheet) -> dict[str, Any]:
    """What importing would add, and what it would take the place of."""
    return {"years": sheet.years, "replaced": calendar.days.filter(date__year__in=sheet.years).count()}


def _import(request: HttpRequest, calendar: WorkCalendar, sheet: Sheet) -> HttpResponse:
    years = actions.import_days(actor=cast("User", request.user), calendar=calendar, days=sheet.days)
    told = {"years": ", ".join(map(str, years)), "days": len(sheet.days)}
    messages.success(request, gettext("Imported: %(days)s days of %(years)s.") % told)
    page = reverse("admin:people_workcalendar_change", args=[calendar.pk])
    return redirect(f"{page}?year={years[0]}")


def _page(
    model_admin: admin.ModelAdmin, request: HttpRequest, calendar: WorkCalendar, **context: Any
) -> HttpResponse:
    context |= {
        **model_admin.admin_site.each_context(request),
        "title": gettext("Import days"),
        "subtitle": str(calendar),
        "opts": model_admin.opts,
        "original": calendar,
        "media": model_admin.media,
    }
    return TemplateResponse(request, "admin/people/workcalendar/import.html", context)
