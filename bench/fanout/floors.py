"""What the product is compared with: `python -m bench.fanout.floors KIND SERVER PORT REDIS_URL`.

`bare` does nothing but send, without Django; `textbook` is the consumer of Channels' tutorial.
"""

from __future__ import annotations

import sys
from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings

from intranet.serving.address import Address
from intranet.serving.servers import SERVERS

GROUP = "room"


class Bare:
    """Sends every line that is posted to it to every socket."""

    def __init__(self) -> None:
        self._sends: set[Any] = set()

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await self._broadcast((await receive())["body"].decode())
            await send({"type": "http.response.start", "status": 204})
            await send({"type": "http.response.body"})
        else:
            await self._hold(receive, send)

    async def _broadcast(self, lines: str) -> None:
        for text in lines.splitlines():
            for each in self._sends:
                await each({"type": "websocket.send", "text": text})

    async def _hold(self, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        self._sends.add(send)
        while (await receive())["type"] != "websocket.disconnect":
            pass
        self._sends.discard(send)


class Textbook(AsyncJsonWebsocketConsumer):
    async def connect(self) -> None:
        await self.channel_layer.group_add(GROUP, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(GROUP, self.channel_name)

    async def message_posted(self, event: dict[str, Any]) -> None:
        await self.send_json(event["content"])


def layer(redis_url: str, server: str) -> dict[str, Any]:
    """The product's kind of layer, one for each server."""
    backend = "channels_redis.pubsub.RedisPubSubChannelLayer"
    return {"BACKEND": backend, "CONFIG": {"hosts": [redis_url], "prefix": f"textbook-{server}"}}


def main(kind: str, server: str, port: int, redis_url: str) -> None:
    settings.configure(CHANNEL_LAYERS={"default": layer(redis_url, server)})
    application = Bare() if kind == "bare" else Textbook.as_asgi()
    SERVERS[server](application, Address("127.0.0.1", port), False, lambda: None)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
