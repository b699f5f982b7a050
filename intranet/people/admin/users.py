from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from intranet.people import actions
from intranet.people.action_admin import ActionForm
from intranet.people.admin.imports import ImportFilter
from intranet.people.admin.invitations import Inviting, NewcomersFilter
from intranet.people.admin.memberships import MembershipInline, save_membership
from intranet.people.admin.tables import TableAdmin
from intranet.people.handover import concerns
from intranet.people.importing import exports
from intranet.people.importing.exports import Exported
from intranet.people.models import Company, Employment, User
from intranet.people.permissions import Office, can_appoint, offices_of

NAMES = ("username", "name", "pinyin", "english_name", "title", "english_title")
REACH = ("email", "phone", "locale", "time_zone", "calendar", "employment")


class UserForm(ActionForm):
    new_password = forms.CharField(
        label=_("New password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Ends all sessions of this person. Leave empty to change nothing."),
    )

    class Meta:
        model = User
        fields = (*NAMES, *REACH)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "employment" in self.fields:
            present = [choice for choice in Employment.choices if choice[0] != Employment.LEFT]
            self.fields["employment"].choices = present  # type: ignore[attr-defined]
        if "offices" in self.fields and self.instance.pk:
            self.fields["offices"].initial = sorted(offices_of(self.instance))

    def clean_new_password(self) -> str:
        if password := self.cleaned_data["new_password"]:
            validate_password(password, self.instance)
        return password


class SuperuserForm(UserForm):
    """Whoever appoints sees the offices as well."""

    offices = forms.MultipleChoiceField(
        label=_("Offices"),
        choices=Office.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


@admin.register(User)
class UserAdmin(TableAdmin, Inviting):
    list_display = ("name", "english_name", "username", "title", "department", "employment", "is_active")
    list_filter = (NewcomersFilter, "memberships__department", "is_active", "employment", ImportFilter)
    search_fields = ("name", "english_name", "username", "email", "pinyin", "initials")
    ordering = ("name", "pk")
    actions = (
        "invite_by_mail",
        "print_invitations",
        "deactivate",
        "reactivate",
        "sign_out",
        "remove_avatar",
    )
    inlines = (MembershipInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return User.objects.with_primary_department().order_by(*self.ordering)

    def table_of(self, queryset: QuerySet) -> Exported:
        return exports.people(queryset)

    @admin.display(description=_("department"))
    def department(self, user: User) -> str:
        return ", ".join(str(membership.department) for membership in user.primary_memberships)  # type: ignore[attr-defined]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form = SuperuserForm if can_appoint(cast("User", request.user)) else UserForm
        return super().get_form(request, obj, change, form=form, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        access = ["new_password"] if self.has_change_permission(request, obj) else []
        if can_appoint(cast("User", request.user)):
            access.append("offices")
        sections = [(None, {"fields": NAMES}), (_("Reach and language"), {"fields": REACH})]
        return [*sections, (_("Access"), {"fields": access})] if access else sections

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return Company.objects.current().preferences | super().get_changeform_initial_data(request)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """To leave and to come back are actions of their own."""
        return ("employment",) if obj is not None and obj.employment == Employment.LEFT else ()

    # --- Writing --------------------------------------------------------------------------------------

    def add(self, actor: User, form: forms.ModelForm) -> User:
        fields = dict(form.cleaned_data)
        offices, password = fields.pop("offices", []), fields.pop("new_password") or None
        user = actions.create_user(actor=actor, password=password, **fields)
        self._appoint(actor, user, set(offices))
        return user

    def change(self, actor: User, form: forms.ModelForm) -> None:
        user: User = form.instance
        fields = {name: form.cleaned_data[name] for name in form.changed_data if name in UserForm.Meta.fields}
        if fields:
            actions.change_user(actor=actor, user=user, **fields)
        if password := form.cleaned_data["new_password"]:
            actions.set_password(actor=actor, user=user, password=password)
        if "offices" in form.changed_data:
            self._appoint(actor, user, set(form.cleaned_data["offices"]))

    def _appoint(self, actor: User, user: User, wanted: set[str]) -> None:
        held = offices_of(user)
        for office in sorted(wanted - held):
            actions.appoint(actor=actor, user=user, office=office)
        for office in sorted(held - wanted):
            actions.dismiss(actor=actor, user=user, office=office)

    def save_formset(self, request: HttpRequest, form: forms.ModelForm, formset: Any, change: bool) -> None:
        actor = cast("User", request.user)
        for row in formset.initial_forms:
            if row in formset.deleted_forms:
                actions.leave_department(actor=actor, membership=row.instance)
            elif row.has_changed():
                save_membership(actor, row)
        for row in formset.extra_forms:
            if row.has_changed() and row not in formset.deleted_forms:
                row.instance.user = form.instance
                save_membership(actor, row)
        formset.new_objects = formset.changed_objects = formset.deleted_objects = []

    # --- Actions on the list ----------------------------------------------------------------------------

    @admin.action(description=_("Deactivate: they left the company"), permissions=["change"])
    def deactivate(self, request: HttpRequest, rows: QuerySet[User]) -> HttpResponse | None:
        """First shows what closes and what loses its owner."""
        if "confirmed" not in request.POST:
            people = [(row, concerns(row, None)) for row in rows]
            context = {
                **self.admin_site.each_context(request),
                "title": _("Close accounts"),
                "people": people,
            }
            return render(request, "people/admin/deactivate.html", context)
        self.apply(request, rows, lambda actor, row: actions.deactivate_user(actor=actor, user=row))
        return None

    @admin.action(description=_("Reactivate: they came back"), permissions=["change"])
    def reactivate(self, request: HttpRequest, rows: QuerySet[User]) -> None:
        self.apply(request, rows, lambda actor, row: actions.reactivate_user(actor=actor, user=row))

    @admin.action(description=_("Sign out everywhere"), permissions=["sign_out"])
    def sign_out(self, request: HttpRequest, rows: QuerySet[User]) -> None:
        self.apply(request, rows, lambda actor, row: actions.sign_out_user(actor=actor, user=row))

    def has_sign_out_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("usersessions.delete_usersession")

    @admin.action(description=_("Remove the avatar"), permissions=["change"])
    def remove_avatar(self, request: HttpRequest, rows: QuerySet[User]) -> None:
        self.apply(request, rows, lambda actor, row: actions.remove_avatar(actor=actor, user=row))
