"""Pictures that people upload, drawn anew by a process that can do no harm."""

from __future__ import annotations

import io
import logging
import secrets
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import puremagic
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

log = logging.getLogger(__name__)
LARGEST = 5 * 1024 * 1024
TYPES = {"image/png", "image/jpeg", "image/webp", "image/gif"}
# Points of the screen times two: for lists, and for cards.
SIZES = (96, 256)
DECODER = Path(__file__).with_name("picture_decoder.py")
PATIENCE = 20
TOO_MANY_POINTS = 3
# What a picture has no reason to contain, and another program would take it for.
SOMETHING_ELSE = (b"<script", b"<html", b"<svg", b"<!doctype", b"<?php", b"%pdf-")

EMPTY = ValidationError(_("The file is empty."), code="empty")
TOO_LARGE = ValidationError(_("A picture may have at most 5 MB."), code="too_large")
NO_PICTURE = ValidationError(
    _("This is not a picture that can be shown. Choose a PNG, JPEG, WebP or GIF."), code="no_picture"
)
TOO_DETAILED = ValidationError(
    _("The picture has too many pixels; 32 million are the most."), code="too_many_pixels"
)


def file_name(key: str, size: int) -> str:
    return f"avatars/{key}-{size}.webp"


def store(content: bytes) -> str:
    """The key of the files that were drawn from it; the upload itself is never kept."""
    drawn, key = squares(content), secrets.token_hex(16)
    for size, picture in drawn.items():
        default_storage.save(file_name(key, size), ContentFile(picture))
    return key


def forget(key: str) -> None:
    for size in SIZES:
        default_storage.delete(file_name(key, size))


def squares(content: bytes) -> dict[int, bytes]:
    """The middle of the picture as WebP, by size."""
    if not content:
        raise EMPTY
    if len(content) > LARGEST:
        raise TOO_LARGE
    if _type_of(content) not in TYPES or _is_something_else_too(content):
        raise NO_PICTURE
    return _decode(content)


def _type_of(content: bytes) -> str:
    """By what is in it; what it is called or said to be counts for nothing."""
    try:
        return puremagic.from_string(content, mime=True)
    except (puremagic.PureError, ValueError):
        return ""


def _is_something_else_too(content: bytes) -> bool:
    lower = content.lower()
    return any(mark in lower for mark in SOMETHING_ELSE) or zipfile.is_zipfile(io.BytesIO(content))


def _decode(content: bytes) -> dict[int, bytes]:
    command = [sys.executable, "-I", str(DECODER), *map(str, SIZES)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        log.warning("a picture took more than %s s to decode", PATIENCE)
        raise NO_PICTURE from None
    if done.returncode == TOO_MANY_POINTS:
        raise TOO_DETAILED
    if done.returncode:
        log.info("a picture could not be decoded: %s", done.stderr.decode(errors="replace")[-200:])
        raise NO_PICTURE
    return dict(zip(SIZES, _unpack(done.stdout), strict=True))


def _unpack(stream: bytes) -> list[bytes]:
    """Each picture after its length."""
    found, at = [], 0
    while at < len(stream):
        (length,) = struct.unpack_from(">I", stream, at)
        found.append(stream[at + 4 : at + 4 + length])
        at += 4 + length
    return found
