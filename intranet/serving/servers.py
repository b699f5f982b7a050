"""The two ASGI servers, set up alike. Each returns after SIGINT or SIGTERM."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from typing import Any

import daphne.server
import uvicorn
from twisted.internet import reactor

from intranet.serving.address import Address

FRAME = 128 * 1024  # twice what the protocol allows, so that a frame that is too large gets an answer
PING_EVERY = 20
GRACE = 1
STOPPED_WITHIN = 6

_reactor: Any = reactor  # daphne has chosen which

Ready = Callable[[], None]
Run = Callable[[Any, Address, bool, Ready], None]


def run_uvicorn(application: Any, address: Address, behind_proxy: bool, ready: Ready) -> None:
    class Server(uvicorn.Server):
        async def startup(self, sockets: Any = None) -> None:
            await super().startup(sockets)
            ready()

    config = uvicorn.Config(
        application,
        host=address.host,
        port=address.port,
        ssl_certfile=address.certificate,
        ssl_keyfile=address.key,
        ws="websockets-sansio",
        ws_max_size=FRAME,
        ws_per_message_deflate=False,
        ws_ping_interval=PING_EVERY,
        ws_ping_timeout=PING_EVERY,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=behind_proxy,
        timeout_graceful_shutdown=GRACE,
    )
    # After its own handler, uvicorn raises the signal again for whoever was there before.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    Server(config).run()


def run_daphne(application: Any, address: Address, behind_proxy: bool, ready: Ready) -> None:
    # Twisted leaves Ctrl-C alone where whoever started this process had it ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # Once told to stop it must not wait for ever for a connection that does not close.
    _reactor.addSystemEventTrigger("before", "shutdown", _leave_within, STOPPED_WITHIN)
    daphne.server.Server(
        application,
        endpoints=[_endpoint(address)],
        signal_handlers=True,
        websocket_max_message_size=FRAME,
        websocket_max_frame_size=FRAME,
        ping_interval=PING_EVERY,
        ping_timeout=PING_EVERY,
        application_close_timeout=GRACE,
        proxy_forwarded_address_header="X-Forwarded-For" if behind_proxy else None,
        proxy_forwarded_proto_header="X-Forwarded-Proto" if behind_proxy else None,
        server_name="",
        verbosity=0,
        ready_callable=ready,
    ).run()


def _leave_within(seconds: float) -> None:
    leaving = threading.Timer(seconds, os._exit, [0])
    leaving.daemon = True
    leaving.start()


def _endpoint(address: Address) -> str:
    """Twisted's description of where to listen."""
    place = f"{address.port}:interface={_quoted(address.host)}"
    if address.certificate is None:
        return f"tcp:{place}"
    certificate, key = _quoted(str(address.certificate)), _quoted(str(address.key))
    # Intermediate certificates stand in the same file.
    return f"ssl:{place}:privateKey={key}:certKey={certificate}:extraCertChain={certificate}"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace(":", "\\:").replace("=", "\\=")


SERVERS: dict[str, Run] = {"uvicorn": run_uvicorn, "daphne": run_daphne}
