"""Runs as a process of its own, without the product: a picture comes in, squares of WebP go out.

What it may use is limited before the first byte is looked at; whatever a broken picture does to the decoder
ends with this process.
"""

from __future__ import annotations

import io
import struct
import sys

from PIL import Image, ImageOps

MEMORY = 768 * 1024 * 1024
SECONDS = 15
MOST_POINTS = 32_000_000
TOO_MANY_POINTS = 3
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


def limit() -> None:
    """Where the system knows such limits; the parent's patience is there anyway."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main(sizes: list[int]) -> int:
    limit()
    with Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=FORMATS) as picture:
        if picture.width * picture.height > MOST_POINTS:
            return TOO_MANY_POINTS
        picture.draft("RGB", (max(sizes) * 2, max(sizes) * 2))
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    for size in sizes:
        thumbnail = ImageOps.fit(upright, (size, size))
        out = io.BytesIO()
        thumbnail.save(out, "WEBP", quality=84, method=4)
        sys.stdout.buffer.write(struct.pack(">I", out.tell()) + out.getvalue())
    return 0


if __name__ == "__main__":
    Image.MAX_IMAGE_PIXELS = None  # the limit above is the stricter one
    sys.exit(main([int(size) for size in sys.argv[1:]]))
