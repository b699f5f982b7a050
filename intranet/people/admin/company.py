from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin

from intranet.people import actions
from intranet.people.action_admin import ActionAdmin
from intranet.people.forms import time_zones
from intranet.people.models import Company, User


@admin.register(Company)
class CompanyAdmin(ActionAdmin):
    """The one row: what the company is called, and what people get who have chosen nothing."""

    list_display = ("name", "english_name", "locale", "time_zone")
    fields = ("name", "english_name", "locale", "time_zone")

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "time_zone":
            return forms.ChoiceField(label=db_field.verbose_name, choices=time_zones)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def change(self, actor: User, form: forms.ModelForm) -> None:
        if changed := {name: form.cleaned_data[name] for name in form.changed_data}:
            actions.change_company(actor=actor, company=form.instance, **changed)
