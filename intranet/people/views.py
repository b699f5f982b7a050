"""HTTP only: load through what the person sees, call one action, answer."""

from __future__ import annotations

from typing import cast

from allauth.account import views as account
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import i18n
from django.views.decorators.http import require_http_methods, require_POST

from intranet.people import actions
from intranet.people.forms import GuestForm, PreferencesForm, StayForm
from intranet.people.models import Membership, User
from intranet.people.permissions import can_invite_guests_somewhere, extendable
from intranet.verdicts import refused, require
from intranet.web.edge import valid
from intranet.web.refusals import is_page, refusal

CSRF = refused("csrf", gettext_lazy("The page was open for too long. Reload it; what you wrote is kept."))
TOO_MANY = refused("rate_limited", gettext_lazy("Too many attempts. Wait a minute, then try again."))

# --- One's own settings -----------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    me = cast("User", request.user)
    form = PreferencesForm(request.POST if request.method == "POST" else None, user=me)
    if request.method == "POST" and form.is_valid():
        actions.change_preferences(user=me, **form.cleaned_data)
        return _saved(request)
    status = 422 if form.errors else 200
    context = {"form": form, "invites_guests": can_invite_guests_somewhere(me)}
    return render(request, "people/settings.html", context, status=status)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """The menu's own form: it changes nothing but the appearance."""
    return settings(request)


def _saved(request: HttpRequest, where: str = "people:settings") -> HttpResponse:
    if not is_page(request):
        return HttpResponse(status=204)
    messages.success(request, _("Saved."))
    return redirect(where)


@login_not_required
def set_language(request: HttpRequest) -> HttpResponse:
    """On the sign-in page for this browser, and for a signed-in person everywhere."""
    if request.method == "POST" and request.user.is_authenticated:
        form = PreferencesForm({"locale": request.POST.get("language", "")}, user=request.user)
        if form.is_valid():
            actions.change_preferences(user=request.user, **form.cleaned_data)
    return i18n.set_language(request)


# --- Guests -----------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def guests(request: HttpRequest) -> HttpResponse:
    """Outside people of the departments in which one may invite them."""
    me = cast("User", request.user)
    require(can_invite_guests_somewhere(me))
    form = GuestForm(request.POST if request.method == "POST" else None, user=me)
    if request.method == "POST" and form.is_valid() and _invited(form, me):
        messages.success(request, _("Invited. The way in is “Forgotten password?” on the sign-in page."))
        return redirect("people:guests")
    present = list(Membership.objects.guests_of(me))
    context = {"form": form, "guests": present, "extendable": extendable(me, present)}
    return render(request, "people/guests.html", context, status=422 if form.errors else 200)


def _invited(form: GuestForm, me: User) -> bool:
    """What the action refuses stands beside what was typed."""
    try:
        actions.invite_guest(actor=me, **form.cleaned_data)
    except ValidationError as error:
        for field, sentences in _by_field(error, form).items():
            form.add_error(field, sentences)
        return False
    return True


def _by_field(error: ValidationError, form: Form) -> dict[str | None, list[str]]:
    if not hasattr(error, "error_dict"):
        return {"until": error.messages}
    return {name if name in form.fields else None: text for name, text in error.message_dict.items()}


@require_POST
def extend_guest(request: HttpRequest, membership_id: int) -> HttpResponse:
    me = cast("User", request.user)
    guest = get_object_or_404(Membership.objects.guests_of(me), pk=membership_id)
    actions.extend_guest(
        actor=me, membership=guest, until=valid(StayForm(request.POST)).cleaned_data["until"]
    )
    return _saved(request, "people:guests")


# --- Sign-in ----------------------------------------------------------------------------------------


class SignIn(account.LoginView):
    def form_invalid(self, form: Form) -> HttpResponse:
        response = super().form_invalid(form)
        if form.has_error(NON_FIELD_ERRORS, "too_many_login_attempts"):
            response.status_code = 429
        return response


sign_in = SignIn.as_view()


@login_not_required
def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    response = refusal(request, 429, TOO_MANY.reason, TOO_MANY.sentence)
    response["Retry-After"] = "60"
    return response


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    if is_page(request):
        return render(request, "403_csrf.html", status=403)
    return refusal(request, 403, CSRF.reason, CSRF.sentence)
