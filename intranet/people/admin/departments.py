from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, QuerySet
from django.db.models.expressions import Combinable
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from intranet.people import actions
from intranet.people.action_admin import ActionForm
from intranet.people.admin.tables import TableAdmin
from intranet.people.importing import exports
from intranet.people.importing.exports import Exported
from intranet.people.models import Department, Membership, Role, User
from intranet.people.permissions import declared, grants_of

INDENT = "\u3000"  # a full-width space: the policy refuses inline styles


class DepartmentForm(ActionForm):
    """The department, and what each of its roles may do there."""

    class Meta:
        model = Department
        fields = ("name", "english_name", "parent", "hue", "calendar")
        labels: ClassVar = {"parent": _("Part of")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = grants_of(self.instance) if self.instance.pk else {}
        for role in Role:
            if (name := f"grants_{role}") in self.fields:
                self.fields[name].initial = sorted(held.get(role, ()))


def _grants(role: Role) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=role.label,
        choices=lambda: [(each.codename, each.label) for each in declared()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class GrantsForm(DepartmentForm):
    grants_manager = _grants(Role.MANAGER)
    grants_member = _grants(Role.MEMBER)
    grants_guest = _grants(Role.GUEST)


class DepthFirst(ChangeList):
    """Departments below the one that they belong to, whatever else would be the order."""

    def get_ordering(self, request: HttpRequest, queryset: QuerySet) -> list[str | Combinable]:
        return ["tree_ordering"]


class WithoutManager(admin.SimpleListFilter):
    title = _("manager")
    parameter_name = "manager"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("none", _("has no manager"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Department]) -> QuerySet[Department]:
        if self.value() != "none":
            return queryset
        managers = Membership.objects.filter(role=Role.MANAGER, user__is_active=True)
        return queryset.exclude(pk__in=managers.values("department"))


@admin.register(Department)
class DepartmentAdmin(TableAdmin):
    list_display = ("indented", "english_name", "hue", "people")
    list_display_links = ("indented",)
    list_filter = (WithoutManager,)
    search_fields = ("name", "english_name")
    sortable_by = ()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DepthFirst

    def get_queryset(self, request: HttpRequest) -> QuerySet[Department]:
        tree = Department.objects.order_siblings_by("name")
        return tree.annotate(people=Count("memberships"))

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        return super().get_form(request, obj, change, form=GrantsForm if obj else DepartmentForm, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Department | None = None) -> Any:
        own = (None, {"fields": DepartmentForm.Meta.fields})
        grants = (_("What each role may do"), {"fields": [f"grants_{role}" for role in reversed(Role)]})
        return [own, grants] if obj and self.has_change_permission(request, obj) else [own]

    def table_of(self, queryset: QuerySet) -> Exported:
        return exports.departments(queryset)

    @admin.display(description=_("name"))
    def indented(self, department: Department) -> str:
        return format_html("{}{}", INDENT * 2 * department.tree_depth, department.display_name)

    @admin.display(description=_("people"))
    def people(self, department: Department) -> int:
        return department.people

    def add(self, actor: User, form: forms.ModelForm) -> Department:
        return actions.create_department(actor=actor, **form.cleaned_data)

    def change(self, actor: User, form: forms.ModelForm) -> None:
        changed = set(DepartmentForm.Meta.fields) & set(form.changed_data)
        if own := {name: form.cleaned_data[name] for name in changed}:
            actions.change_department(actor=actor, department=form.instance, **own)
        for role in form.instance.roles.all():
            self._change_grants(actor, role, form)

    def _change_grants(self, actor: User, role: Any, form: forms.ModelForm) -> None:
        name = f"grants_{role.role}"
        before, after = set(form.fields[name].initial), set(form.cleaned_data[name])
        for codename in sorted(before ^ after):
            actions.change_grant(actor=actor, role=role, codename=codename, granted=codename in after)
