"""The way in: HTTP to Django, the socket to its consumer."""

from __future__ import annotations

import os
import warnings
from typing import Any

import django
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import OriginValidator
from django.conf import settings
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings")

django.setup()

# The consumer imports models, which exist only now.
from intranet.realtime.consumers import Socket  # noqa: E402
from intranet.serving.handler import OneThreadHandler  # noqa: E402

# What WhiteNoise streams are small files that it has open; reading one whole is as good.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")


_by_protocol = ProtocolTypeRouter(
    {
        "http": OneThreadHandler(),
        "websocket": OriginValidator(URLRouter([path("ws/", Socket.as_asgi())]), settings.ORIGINS),
    }
)


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """The server's own `send` is kept before anything wraps it: the hub writes through it."""
    await _by_protocol({**scope, "server_send": send}, receive, send)
