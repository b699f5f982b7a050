"""The base of every admin: it reads like Django's own, and writes through actions only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext

from intranet.events.publish import publishing
from intranet.people.models import User
from intranet.verdicts import Denied
from intranet.web.refusals import note_denial


class ActionForm(forms.ModelForm):
    """Shows what an action refused as it shows what it found out itself."""

    refusal: ValidationError | None = None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.refusal is not None:
            raise self.refusal
        return cleaned


class ActionAdmin(admin.ModelAdmin):
    """Subclasses say which action adds, changes and removes; what they leave out is not offered.

    One submitted page is one transaction: an action that refuses undoes the others, and the page comes back
    as it was filled in, with the sentence.
    """

    form = ActionForm
    actions_on_bottom = True

    # --- What subclasses write ----------------------------------------------------------------------

    def add(self, actor: User, form: forms.ModelForm) -> Model:
        raise NotImplementedError

    def change(self, actor: User, form: forms.ModelForm) -> None:
        raise NotImplementedError

    def remove(self, actor: User, row: Any) -> None:
        raise NotImplementedError

    # --- What Django offers --------------------------------------------------------------------------

    def has_add_permission(self, request: HttpRequest) -> bool:
        return type(self).add is not ActionAdmin.add and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return type(self).change is not ActionAdmin.change and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return type(self).remove is not ActionAdmin.remove and super().has_delete_permission(request, obj)

    # --- Where Django writes -------------------------------------------------------------------------

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            with publishing():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except (Denied, ValidationError) as error:
            _note(request, error)
            request.refusal = _for_form(error)  # type: ignore[attr-defined]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", None)  # type: ignore[attr-defined]
        return form

    def save_form(self, request: HttpRequest, form: forms.ModelForm, change: bool) -> Model:
        return form.instance

    def save_model(self, request: HttpRequest, obj: Model, form: forms.ModelForm, change: bool) -> None:
        actor = cast("User", request.user)
        if change:
            self.change(actor, form)
        else:
            added = self.add(actor, form)
            obj.pk, obj._state.adding = added.pk, False

    def save_related(
        self, request: HttpRequest, form: forms.ModelForm, formsets: list[Any], change: bool
    ) -> None:
        for formset in formsets:
            self.save_formset(request, form, formset, change)

    def save_formset(self, request: HttpRequest, form: forms.ModelForm, formset: Any, change: bool) -> None:
        raise NotImplementedError

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        self.remove(cast("User", request.user), obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for row in queryset:
            self.remove(cast("User", request.user), row)

    def apply(self, request: HttpRequest, rows: QuerySet, action: Callable[[User, Any], object]) -> None:
        """Run an action on each selected row, and say what came of it."""
        changed = 0
        for row in rows:
            try:
                action(cast("User", request.user), row)
            except (Denied, ValidationError) as error:
                _note(request, error)
                messages.error(request, f"{row}: {' '.join(_for_form(error).messages)}")
            else:
                changed += 1
        if changed:
            done = ngettext("%(count)s changed.", "%(count)s changed.", changed)
            messages.success(request, done % {"count": changed})


def _note(request: HttpRequest, error: Denied | ValidationError) -> None:
    if isinstance(error, Denied):
        note_denial(request, error.verdict)


def _for_form(error: Denied | ValidationError) -> ValidationError:
    """Without the names of fields, as a page need not have them."""
    if isinstance(error, Denied):
        return ValidationError(str(error.verdict.sentence), code=error.verdict.reason)
    return ValidationError(error.messages)
