"""Who may set the company up: whoever sits at this machine, or has the code that `serve` prints."""

from __future__ import annotations

import base64

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import urlencode

from intranet.loopback import is_loopback
from intranet.people.models import Company, User

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


def is_ahead() -> bool:
    """Neither a company nor anybody in it."""
    return not Company.objects.is_here() and not User.objects.exists()


def may_set_up(request: HttpRequest) -> bool:
    if not is_ahead():
        return False
    return _sits_here(request) or constant_time_compare(request.GET.get("code", ""), code())


def code() -> str:
    """The same in every process of the installation; worth nothing once somebody is here."""
    digest = salted_hmac("people.entrance.first_run", "set up", algorithm="sha256").digest()
    return base64.b32encode(digest[:16]).decode().rstrip("=").lower()


def address() -> str:
    return f"{settings.ORIGINS[0]}{reverse('people:set_up')}?{urlencode({'code': code()})}"


def _sits_here(request: HttpRequest) -> bool:
    """Behind a proxy on this machine everybody would come from here."""
    forwarded = settings.BEHIND_PROXY or any(name in request.META for name in FORWARDED)
    host = request.get_host().rsplit(":", 1)[0].strip("[]")
    return not forwarded and is_loopback(request.META.get("REMOTE_ADDR", "")) and is_loopback(host)
