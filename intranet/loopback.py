"""What is this machine only, and what others can reach."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit


def beyond_this_machine(origins: Iterable[str]) -> list[str]:
    return [each for each in origins if not is_loopback(urlsplit(each).hostname or "")]


def is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
