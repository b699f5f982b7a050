"""The keys that seal what leaves the database: the first one seals, each of them opens.

They stand in ENCRYPTION_KEYS, or in a file of the installation's own, the newest first.
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


class NoKey(Exception):
    """Why nothing can be sealed or opened, as a sentence."""


def ring() -> MultiFernet:
    """The keys of this installation; its first call makes one."""
    return MultiFernet([Fernet(key) for key in _given() or _own()])


def rotate() -> str:
    """A new key seals from now on, and the former ones still open. Returns the new key."""
    if _given():
        raise NoKey("The keys come from ENCRYPTION_KEYS: put a new one in front there, and keep the others.")
    key = Fernet.generate_key().decode()
    _write([key, *_own()])
    return key


def path() -> Path:
    return Path(settings.DATA_DIR) / "encryption_keys"


def _given() -> list[str]:
    return list(settings.ENCRYPTION_KEYS)


def _own() -> list[str]:
    if not path().exists():
        _write([Fernet.generate_key().decode()])
    return path().read_text().split()


def _write(keys: list[str]) -> None:
    """Whole or not at all: a key that is lost opens nothing any more."""
    written = path().with_suffix(f".{os.getpid()}")
    written.touch(mode=0o600)
    written.write_text("\n".join(keys) + "\n")
    written.replace(path())
