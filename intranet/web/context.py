"""What every page of the shell shows. Nothing here asks the database unless the page draws it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from intranet.loopback import is_loopback


def shell(request: HttpRequest) -> dict[str, Any]:
    return {
        "company": settings.COMPANY_NAME,
        "insecure_origin": _is_insecure(request),
        "build": build(),
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "me": SimpleLazyObject(lambda: with_department(request.user)),
    }


@cache
def build() -> str:
    """Names the front end that this process serves, so that an open page can tell when it is outdated."""
    manifest = Path(str(settings.DJANGO_VITE["default"]["manifest_path"]))
    return hashlib.sha256(manifest.read_bytes()).hexdigest()[:12] if manifest.exists() else ""


def _is_insecure(request: HttpRequest) -> bool:
    """Browsers keep microphone, camera and notifications from plain http, but for the machine itself."""
    if request.is_secure():
        return False
    return not is_loopback(urlsplit(f"//{request.META.get('HTTP_HOST', '')}").hostname or "")


def with_department(user: Any) -> Any:
    """The signed-in person's own avatar has a ring as well: one query, on full pages only."""
    if user.is_authenticated and not hasattr(user, "primary_memberships"):
        own = user.memberships.filter(primary=True).select_related("department")
        user.primary_memberships = list(own)
    return user
