"""HTTP only: load through what the person sees, call one action, answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from allauth.account import views as account
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.files.storage import default_storage
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import i18n
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from intranet.people import actions
from intranet.people.entrance import first_run
from intranet.people.forms import AbsenceForm, AvatarForm, GuestForm, PreferencesForm, StatusForm, StayForm
from intranet.people.models import Absence, Membership, User
from intranet.people.page import absences_shown, working_time
from intranet.people.permissions import can_invite_guests_somewhere, extendable
from intranet.people.pictures import SIZES, file_name
from intranet.verdicts import refused, require
from intranet.web.edge import valid
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
    me = cast("User", request.user)
    context = {
        "form": form,
        "avatar_form": avatar_form,
        "invites_guests": can_invite_guests_somewhere(me),
        **working_time(me),
    }
    return render(request, "people/settings.html", context, status=status)


def _done(request: HttpRequest) -> HttpResponse:
    """From a dialog one stays on the page, which shows anew what has changed."""
    return HttpResponseClientRefresh() if is_htmx(request) else _saved(request)


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


# --- One's own absences -----------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def absences(request: HttpRequest) -> HttpResponse:
    me = cast("User", request.user)
    form = AbsenceForm(request.POST if request.method == "POST" else None, absence=Absence(user=me))
    if request.method == "POST" and _has_written(
        form, lambda: actions.enter_absence(actor=me, user=me, **form.cleaned_data)
    ):
        return _kept(request)
    context = {"form": form, **absences_shown(me)}
    return render(request, "people/absences.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def absence(request: HttpRequest, absence_id: int) -> HttpResponse:
    me = cast("User", request.user)
    mine = get_object_or_404(Absence.objects.of(me), pk=absence_id)
    form = AbsenceForm(request.POST if request.method == "POST" else None, absence=mine)
    if request.method == "POST" and _has_written(
        form, lambda: actions.change_absence(actor=me, absence=mine, **form.cleaned_data)
    ):
        return _kept(request)
    context = {"form": form, "absence": mine}
    return render(request, "people/absence.html", context, status=422 if form.errors else 200)


@require_POST
def remove_absence(request: HttpRequest, absence_id: int) -> HttpResponse:
    me = cast("User", request.user)
    actions.remove_absence(actor=me, absence=get_object_or_404(Absence.objects.of(me), pk=absence_id))
    messages.success(request, _("Removed."))
    return redirect("people:absences")


def _has_written(form: AbsenceForm, write: Callable[[], object]) -> bool:
    """What only the action finds out is shown like what the form did."""
    if not form.is_valid():
        return False
    try:
        write()
    except ValidationError as refused_by_action:
        form.add_error(None, refused_by_action)
    return not form.errors


def _kept(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("people:absences")


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
