"""HTTP only: how a company comes about, and how people come into it."""

from __future__ import annotations

from typing import cast

from allauth.account.utils import perform_login
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from intranet.people import actions
from intranet.people.entrance import first_run, steps
from intranet.people.entrance.forms import ArrivalForm, NewPasswordForm, SetUpForm
from intranet.people.models import Invitation, User
from intranet.people.permissions import FOR_SOMEBODY_ELSE, enter_by_invitation
from intranet.people.views import too_many
from intranet.verdicts import Denied, Verdict
from intranet.web.refusals import is_page, refusal

FAILURES = {"invitation": "60/m/ip"}


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """The first page of all; as soon as there is a company it does not exist."""
    if not first_run.may_set_up(request):
        raise Http404
    form = SetUpForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        _company, user = actions.set_up_company(
            company=form.company(),
            administrator=form.administrator(),
            password=form.cleaned_data["password"],
        )
        messages.success(request, _("The company is set up. Add departments and people, then invite them."))
        return perform_login(request, user, redirect_url=reverse("admin:index"))
    status = 422 if form.errors else 200
    return render(request, "people/set_up.html", {"form": form}, status=status)


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it uses nothing up: mail servers follow links as well."""
    try:
        found = enter_by_invitation(token)
        if request.user.is_authenticated and request.user != found.user:
            return _of_other(request, found)
        form = NewPasswordForm(request.POST if request.method == "POST" else None, user=found.user)
        if form.is_bound and form.is_valid():
            password = form.cleaned_data["password"]
            user = actions.redeem_invitation(invitation=found, password=password)
            return perform_login(request, user, redirect_url=steps.first())
    except Denied as denied:
        return _refused(request, denied.verdict)
    context = {"form": form, "person": found.user, "steps": steps.steps(current="password")}
    return render(request, "people/invitation.html", context, status=422 if form.errors else 200)


def _of_other(request: HttpRequest, found: Invitation) -> HttpResponse:
    if is_page(request):
        return render(request, "people/invitation_of_other.html", {"invitation": found}, status=403)
    return refusal(request, 403, FOR_SOMEBODY_ELSE.reason, FOR_SOMEBODY_ELSE.sentence)


def _refused(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    """Unknown, used, expired and taken back are one answer; whoever tries many is slowed down."""
    if not ratelimit.consume(request, app="people", action="invitation", config=FAILURES, limit_get=True):
        return too_many(request)
    if is_page(request):
        return render(request, "people/invitation_gone.html", {"sentence": verdict.sentence}, status=404)
    return refusal(request, 404, verdict.reason, verdict.sentence)


@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """Language and time zone."""
    me = cast("User", request.user)
    if not me.is_arriving:
        return redirect("/")
    form = ArrivalForm(request.POST if request.method == "POST" else None, user=me)
    if form.is_bound and form.is_valid():
        actions.change_preferences(user=me, **form.cleaned_data)
        return redirect(steps.after("preferences"))
    context = {"form": form, "steps": steps.steps(current="preferences")}
    return render(request, "people/welcome.html", context, status=422 if form.errors else 200)
