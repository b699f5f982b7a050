from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from intranet.people.entrance import steps
from intranet.verdicts import refused
from intranet.web.refusals import is_page, refusal

SIGNED_OUT = refused("signed_out", _("You are signed out. Sign in again to go on."))


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Pages lead to the sign-in; what a script asked for gets an answer that it can read."""

    async_capable = False

    def handle_no_permission(  # type: ignore[override]  # Django's own only ever redirects
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        if is_page(request):
            return super().handle_no_permission(request, view_func)
        return refusal(request, 401, SIGNED_OUT.reason, SIGNED_OUT.sentence)


class PersonalMiddleware:
    """Answers in the person's own language and time zone, and never lets a shared cache keep it."""

    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        language = user.locale if user.is_authenticated else translation.get_language_from_request(request)
        zone = user.time_zone if user.is_authenticated else None
        with translation.override(language), timezone.override(zone):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response


class ArrivalMiddleware:
    """Until a first sign-in is complete, pages lead to its steps; what scripts ask for is answered."""

    async_capable = False
    OPEN = ("/welcome/", "/invitation/", "/accounts/logout/", "/i18n/")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        is_arriving = user.is_authenticated and user.is_arriving
        if is_arriving and request.method == "GET" and is_page(request) and not self._is_open(request):
            return redirect(steps.first())
        return self.get_response(request)

    def _is_open(self, request: HttpRequest) -> bool:
        return request.path.startswith(self.OPEN)
