"""The way in: HTTP to Django, the socket to its consumer."""

from __future__ import annotations

import os
import warnings
from typing import Any

import django
from asgiref.sync import sync_to_async
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import OriginValidator
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings")

django.setup()

# The consumer imports models, which exist only now.
from intranet.realtime.consumers import Socket  # noqa: E402

# What WhiteNoise streams are small files that it has open; reading one whole is as good.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")


class OneThreadHandler(ASGIHandler):
    """All middleware and views are synchronous: a request runs through them in one thread.

    Django's own handler would go to a thread and back for every single middleware.
    """

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        return await sync_to_async(self.get_response, thread_sensitive=True)(request)


_by_protocol = ProtocolTypeRouter(
    {
        "http": OneThreadHandler(),
        "websocket": OriginValidator(URLRouter([path("ws/", Socket.as_asgi())]), settings.ORIGINS),
    }
)


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """The server's own `send` is kept before anything wraps it: the hub writes through it."""
    await _by_protocol({**scope, "server_send": send}, receive, send)
