"""HTTP only: load through what the person sees, call one action, answer."""

from __future__ import annotations

from typing import cast

from allauth.account import views as account
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.files.storage import default_storage
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import i18n
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from intranet.people import actions
from intranet.people.forms import AvatarForm, PreferencesForm, StatusForm
from intranet.people.models import User
from intranet.people.pictures import SIZES, file_name
from intranet.verdicts import refused
from intranet.web.refusals import is_htmx, is_page, refusal

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
    return _settings(request, form, avatar_form=AvatarForm())


@require_http_methods(["GET", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """What the others see next to one's name, for as long as one says."""
    me = cast("User", request.user)
    form = StatusForm(request.POST if request.method == "POST" else None, user=me)
    if request.method == "POST" and form.is_valid():
        actions.set_status(user=me, **form.chosen())
        return _done(request)
    return render(request, "people/_status.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def avatar(request: HttpRequest) -> HttpResponse:
    """The form comes back with the sentence; the former picture stays meanwhile."""
    me = cast("User", request.user)
    form = AvatarForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.set_avatar(user=me, content=form.cleaned_data["picture"].read())
        except ValidationError as refused:
            form.add_error("picture", refused)
    if form.errors:
        return _settings(request, PreferencesForm(None, user=me), avatar_form=form)
    return _saved(request)


@require_POST
def remove_avatar(request: HttpRequest) -> HttpResponse:
    me = cast("User", request.user)
    actions.remove_avatar(actor=me, user=me)
    return _saved(request)


@require_GET
def picture(request: HttpRequest, key: str, size: int) -> HttpResponseBase:
    """Keys are random and never used twice: a browser that has the picture need not ask again."""
    if size not in SIZES:
        raise Http404
    try:
        file = default_storage.open(file_name(key, size))
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type="image/webp")
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """The menu's own form: it changes nothing but the appearance."""
    return settings(request)


def _settings(request: HttpRequest, form: PreferencesForm, *, avatar_form: AvatarForm) -> HttpResponse:
    status = 422 if form.errors or avatar_form.errors else 200
    context = {"form": form, "avatar_form": avatar_form}
    return render(request, "people/settings.html", context, status=status)


def _done(request: HttpRequest) -> HttpResponse:
    """From a dialog one stays on the page, which shows anew what has changed."""
    return HttpResponseClientRefresh() if is_htmx(request) else _saved(request)


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
