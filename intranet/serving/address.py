"""Where the server listens, and under which origins browsers then reach it."""

from __future__ import annotations

import errno
import os
import socket
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from intranet.loopback import beyond_this_machine


class CannotServe(Exception):
    """Why not, as one sentence for whoever typed the command."""


@dataclass(frozen=True)
class Address:
    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None

    @property
    def url(self) -> str:
        return origin(self.scheme, self.host, self.port)

    @property
    def scheme(self) -> str:
        return "https" if self.certificate else "http"

    @property
    def is_wildcard(self) -> bool:
        return self.host in {"", "0.0.0.0", "::"}  # noqa: S104 (it is asked about, not bound)

    def check(self) -> None:
        if not 0 < self.port < 65536:
            raise CannotServe(f"A port is a number from 1 to 65535, not {self.port}.")
        self._check_certificate()
        self._check_free()

    def origins(self) -> list[str]:
        """What ORIGINS must hold for this address, when nobody has said it."""
        if self.is_wildcard:
            example = origin(self.scheme, socket.gethostname(), self.port)
            raise CannotServe(
                f"{self.host} is every address of this machine; say under which one browsers come,"
                f" for example ORIGINS={example}."
            )
        names = ["127.0.0.1", "localhost"]
        if self.host not in names:
            names.insert(0, self.host)
        return [origin(self.scheme, name, self.port) for name in names]

    def _check_certificate(self) -> None:
        if (self.certificate is None) != (self.key is None):
            raise CannotServe("A certificate and its key belong together: give both --certificate and --key.")
        if self.certificate is None or self.key is None:
            return
        for path in (self.certificate, self.key):
            if not os.access(path, os.R_OK) or not path.is_file():
                raise CannotServe(f"{path} cannot be read.")
        try:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.certificate, self.key, password="")  # never asks on the terminal
        except (ssl.SSLError, ValueError) as error:
            raise CannotServe(
                f"{self.certificate} and {self.key} are not a certificate and its unencrypted key"
                f" in PEM format ({error})."
            ) from None

    def _check_free(self) -> None:
        """A try beforehand, so that the answer is a sentence, whichever server it is."""
        try:
            family, kind, protocol, _name, place = socket.getaddrinfo(
                self.host or None, self.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
            )[0]
            with socket.socket(family, kind, protocol) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(place)
                probe.listen()
        except socket.gaierror:
            raise CannotServe(f"{self.host} is not an address.") from None
        except OSError as error:
            raise CannotServe(self._why_not(error)) from None

    def _why_not(self, error: OSError) -> str:
        if error.errno == errno.EADDRINUSE:
            other = self.port + 1 if self.port < 65535 else 8000
            return f"Port {self.port} is in use already; choose another one, for example PORT={other}."
        if error.errno == errno.EACCES:
            return f"Port {self.port} needs special rights; choose one above 1023, for example PORT=8000."
        if error.errno == errno.EADDRNOTAVAIL:
            return f"{self.host} is not an address of this machine."
        return f"{self.host}:{self.port} cannot be served ({error.strerror})."


def origin(scheme: str, host: str, port: int) -> str:
    """As browsers write it: without the port that the scheme implies."""
    name = f"[{host}]" if ":" in host else host
    implied = {"http": 80, "https": 443}[scheme]
    return f"{scheme}://{name}" if port == implied else f"{scheme}://{name}:{port}"


def insecure(origins: Iterable[str]) -> list[str]:
    """The origins at which browsers refuse microphone, camera and notifications."""
    return [each for each in beyond_this_machine(origins) if each.startswith("http://")]
