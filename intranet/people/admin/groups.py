from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from intranet.people import actions
from intranet.people.action_admin import ActionAdmin
from intranet.people.models import User, UserGroup


class OwnerFilter(admin.SimpleListFilter):
    """Groups whose owners have all left need somebody."""

    title = _("owner")
    parameter_name = "owned"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("Without owner"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.without_owner() if self.value() == "no" else queryset  # type: ignore[attr-defined]


@admin.register(UserGroup)
class UserGroupAdmin(ActionAdmin):
    list_display = ("handle", "name", "english_name", "owned_by", "size")
    list_filter = (OwnerFilter,)
    search_fields = ("handle", "name", "english_name", "description")
    fields = ("handle", "name", "english_name", "description", "owners", "members")
    autocomplete_fields = ("owners", "members")
    ordering = ("handle",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[UserGroup]:
        return UserGroup.objects.with_sizes().prefetch_related("owners").order_by(*self.ordering)

    @admin.display(description=_("owners"))
    def owned_by(self, group: UserGroup) -> str:
        return ", ".join(str(owner) for owner in group.owners.all() if owner.is_active)

    @admin.display(description=_("people"), ordering="size")
    def size(self, group: UserGroup) -> int:
        return group.size  # type: ignore[attr-defined]

    def add(self, actor: User, form: forms.ModelForm) -> UserGroup:
        return actions.create_group(actor=actor, **form.cleaned_data)

    def change(self, actor: User, form: forms.ModelForm) -> None:
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        actions.change_group(actor=actor, group=form.instance, **changed)

    def remove(self, actor: User, row: UserGroup) -> None:
        actions.remove_group(actor=actor, group=row)
