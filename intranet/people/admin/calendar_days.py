from __future__ import annotations

from typing import ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from intranet.people import actions
from intranet.people.action_admin import ActionAdmin, ActionForm
from intranet.people.models import CalendarDay, User


class DayForm(ActionForm):
    class Meta:
        model = CalendarDay
        fields = ("calendar", "date", "kind", "name", "english_name")
        widgets: ClassVar = {"date": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}


@admin.register(CalendarDay)
class CalendarDayAdmin(ActionAdmin):
    form = DayForm
    list_display = ("date", "kind", "called", "calendar")
    list_filter = ("calendar", "kind")
    list_select_related = ("calendar",)
    search_fields = ("name", "english_name")
    date_hierarchy = "date"
    ordering = ("-date", "pk")

    def get_readonly_fields(self, request: HttpRequest, obj: CalendarDay | None = None) -> tuple[str, ...]:
        return ("calendar", "date") if obj else ()

    @admin.display(description=_("name"), ordering="name")
    def called(self, day: CalendarDay) -> str:
        return day.display_name

    def add(self, actor: User, form: forms.ModelForm) -> CalendarDay:
        return actions.set_day(actor=actor, **form.cleaned_data)

    def change(self, actor: User, form: forms.ModelForm) -> None:
        day: CalendarDay = form.instance
        actions.set_day(actor=actor, calendar=day.calendar, date=day.date, **form.cleaned_data)

    def remove(self, actor: User, row: CalendarDay) -> None:
        actions.remove_day(actor=actor, day=row)
