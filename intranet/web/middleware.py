from __future__ import annotations

import ipaddress
import logging
import uuid
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from intranet.origin import Origin, coming_from
from intranet.verdicts import Denied, refused
from intranet.web.refusals import note_denial, refusal, wants_json

log = logging.getLogger(__name__)

NOT_PERMITTED = refused("not_permitted", _("You may not do this."))
# What Django itself refuses; the views' own refusals say more.
PLAIN = {
    400: ("malformed", _("The request was not understood.")),
    403: (NOT_PERMITTED.reason, NOT_PERMITTED.sentence),
    404: ("not_found", _("This does not exist, or it is not yours to see.")),
    405: ("method_not_allowed", _("This address does not answer such a request.")),
}


class OriginMiddleware:
    """Gives every request an id of its own: in its answer, in log lines, and beside what it changes."""

    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = Origin(uuid.uuid4().hex, _address(request))
        with coming_from(found):
            response = self.get_response(request)
        response["X-Request-Id"] = found.request_id
        return response


def _address(request: HttpRequest) -> str | None:
    """Behind a proxy, what the proxy saw; never what a browser says of itself."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    address = forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return None


class RefusalMiddleware:
    """Turns what rules and forms refuse into one sentence, and a reason for programs. Never a 500."""

    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_html = response.get("Content-Type", "").startswith("text/html")
        if response.status_code in PLAIN and is_html and wants_json(request):
            return refusal(request, response.status_code, *PLAIN[response.status_code])
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Denied):
            return self._denied(request, exception)
        if isinstance(exception, ValidationError):
            return self._invalid(request, exception)
        if isinstance(exception, PermissionDenied):
            note_denial(request, NOT_PERMITTED)
            return refusal(request, HTTPStatus.FORBIDDEN, *PLAIN[403])
        return None

    def _denied(self, request: HttpRequest, denied: Denied) -> HttpResponse:
        """The log names ids, never what people wrote."""
        reason = denied.verdict.reason
        note_denial(request, denied.verdict)
        log.info("user %s was refused %s %s: %s", request.user.pk, request.method, request.path, reason)
        status = HTTPStatus.NOT_FOUND if reason == "not_found" else denied.status
        return refusal(request, status, reason, denied.verdict.sentence)

    def _invalid(self, request: HttpRequest, error: ValidationError) -> HttpResponse:
        reason = getattr(error, "code", None) or "malformed"
        return refusal(request, HTTPStatus.BAD_REQUEST, reason, " ".join(error.messages))
