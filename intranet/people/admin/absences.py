from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet import clock
from intranet.people import actions
from intranet.people.action_admin import ActionAdmin, ActionForm
from intranet.people.forms import NATIVE
from intranet.people.models import Absence, User


class AbsenceForm(ActionForm):
    class Meta:
        model = Absence
        fields = ("user", "kind", "first_day", "first_time", "last_day", "last_time", "stand_in", "message")
        # Django's own would speak of the server's time, and an absence is in that of the person.
        widgets = NATIVE


class WhenFilter(admin.SimpleListFilter):
    title = _("when")
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("now", _("Now")), ("coming", _("Later")), ("over", _("Over"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Absence]) -> QuerySet[Absence]:
        today = clock.now().astimezone(timezone.get_current_timezone()).date()
        if self.value() == "now":
            return queryset.filter(first_day__lte=today, last_day__gte=today)
        if self.value() == "coming":
            return queryset.filter(first_day__gt=today)
        return queryset.filter(last_day__lt=today) if self.value() == "over" else queryset


@admin.register(Absence)
class AbsenceAdmin(ActionAdmin):
    form = AbsenceForm
    list_display = ("user", "kind", "begins", "ends", "stand_in")
    list_filter = (WhenFilter, "kind", "user__memberships__department")
    list_select_related = ("user", "stand_in")
    search_fields = ("user__name", "user__english_name", "user__username")
    autocomplete_fields = ("user", "stand_in")
    date_hierarchy = "first_day"
    ordering = ("-first_day", "-pk")
    fields = ("user", "kind", ("first_day", "first_time"), ("last_day", "last_time"), "stand_in", "message")

    def get_readonly_fields(self, request: HttpRequest, obj: Absence | None = None) -> tuple[str, ...]:
        return ("user",) if obj else ()

    @admin.display(description=_("from"), ordering="first_day")
    def begins(self, absence: Absence) -> str:
        return _moment(absence.first_day, absence.first_time)

    @admin.display(description=_("to"), ordering="last_day")
    def ends(self, absence: Absence) -> str:
        return _moment(absence.last_day, absence.last_time)

    def add(self, actor: User, form: forms.ModelForm) -> Absence:
        return actions.enter_absence(actor=actor, **form.cleaned_data)

    def change(self, actor: User, form: forms.ModelForm) -> None:
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        actions.change_absence(actor=actor, absence=form.instance, **changed)

    def remove(self, actor: User, row: Absence) -> None:
        actions.remove_absence(actor=actor, absence=row)


def _moment(day: Any, time: Any) -> str:
    return f"{day:%Y-%m-%d} {time:%H:%M}" if time else f"{day:%Y-%m-%d}"
