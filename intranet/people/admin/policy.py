from __future__ import annotations

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from intranet.people import actions
from intranet.people.action_admin import ActionAdmin
from intranet.people.models import Policy, User


@admin.register(Policy)
class PolicyAdmin(ActionAdmin):
    """There is one, so its list is the page itself."""

    fields = ("phones",)
    radio_fields = {"phones": admin.VERTICAL}

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            return super().changelist_view(request, extra_context)
        return redirect("admin:people_policy_change", Policy.current().pk)

    def change(self, actor: User, form: forms.ModelForm) -> None:
        actions.change_policy(actor=actor, phones=form.cleaned_data["phones"])
