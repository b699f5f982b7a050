from __future__ import annotations

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from intranet.people import actions
from intranet.people.action_admin import ActionAdmin, ActionForm
from intranet.people.models import Membership, User


class MembershipForm(ActionForm):
    """The action moves the mark of the primary department; the form must not call that a conflict."""

    class Meta:
        model = Membership
        fields = ("user", "department", "role", "primary", "until")

    def validate_constraints(self) -> None:
        return


def save_membership(actor: User, form: forms.ModelForm) -> Membership:
    """A new membership, another role, or a transfer to another department."""
    wanted = form.instance
    if "department" in form.changed_data and wanted.pk is not None:
        current = Membership.objects.get(pk=wanted.pk)
        return actions.transfer(
            actor=actor,
            membership=current,
            department=wanted.department,
            role=wanted.role,
            primary=wanted.primary,
            until=wanted.until,
        )
    return actions.join_department(
        actor=actor,
        user=wanted.user,
        department=wanted.department,
        role=wanted.role,
        primary=wanted.primary,
        until=wanted.until,
    )


class MembershipInline(admin.TabularInline):
    model = Membership
    fk_name = "user"
    form = MembershipForm
    fields = ("department", "role", "primary", "until")
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).select_related("department", "user").order_by("-primary", "pk")


@admin.register(Membership)
class MembershipAdmin(ActionAdmin):
    form = MembershipForm
    list_display = ("user", "department", "role", "primary", "until")
    list_filter = ("department", "role", "primary", ("until", admin.EmptyFieldListFilter))
    list_select_related = ("user", "department")
    search_fields = ("user__name", "user__english_name", "user__username", "department__name")
    autocomplete_fields = ("user", "department")
    ordering = ("department", "user")

    def get_readonly_fields(self, request: HttpRequest, obj: Membership | None = None) -> tuple[str, ...]:
        return ("user",) if obj else ()

    def add(self, actor: User, form: forms.ModelForm) -> Membership:
        return save_membership(actor, form)

    def change(self, actor: User, form: forms.ModelForm) -> None:
        save_membership(actor, form)

    def remove(self, actor: User, row: Membership) -> None:
        actions.leave_department(actor=actor, membership=row)
