"""HTTP only: load through what the person sees, call one action, answer."""

from __future__ import annotations

from typing import Any, cast

from allauth.account import views as account
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import i18n
from django.views.decorators.http import require_http_methods, require_POST

from intranet.people import actions
from intranet.people.entrance import first_run
from intranet.people.forms import PreferencesForm
from intranet.people.models import User
from intranet.verdicts import refused
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
    return render(request, "people/settings.html", {"form": form}, status=status)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """The menu's own form: it changes nothing but the appearance."""
    return settings(request)


def _saved(request: HttpRequest) -> HttpResponse:
    if not is_page(request):
        return HttpResponse(status=204)
    messages.success(request, _("Saved."))
    return redirect("people:settings")


@login_not_required
def set_language(request: HttpRequest) -> HttpResponse:
    """On the sign-in page for this browser, and for a signed-in person everywhere."""
    if request.method == "POST" and request.user.is_authenticated:
        form = PreferencesForm({"locale": request.POST.get("language", "")}, user=request.user)
        if form.is_valid():
            actions.change_preferences(user=request.user, **form.cleaned_data)
    return i18n.set_language(request)


# --- Sign-in ----------------------------------------------------------------------------------------


class SignIn(account.LoginView):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Where nobody can sign in yet, whoever sits at the machine sets the company up."""
        if first_run.may_set_up(request):
            return redirect("people:set_up")
        return super().get(request, *args, **kwargs)

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
