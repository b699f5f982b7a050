from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation


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
