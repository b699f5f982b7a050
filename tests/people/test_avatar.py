from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from PIL import Image

from intranet.people import actions
from tests.cast import Cast
from tests.commits import committed
from tests.conftest import Browser


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> Iterator[Path]:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield tmp_path


@pytest.fixture
def signed_in(cast: Cast, browser: Browser) -> Browser:
    actions.change_preferences(user=cast.owner, locale="en")
    browser.force_login(cast.owner)
    return browser


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 200)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind)
    return out.getvalue()


def upload(browser: Browser, content: bytes, name: str = "me.png") -> Any:
    return browser.post("/settings/avatar/", {"picture": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_is_drawn_anew_in_two_sizes(cast: Cast, signed_in: Browser, files: Path, kind: str) -> None:
    assert upload(signed_in, picture(kind), "any.name").status_code == 302
    key = cast.again("owner").avatar
    for size in (96, 256):
        served = signed_in.get(f"/avatars/{key}-{size}.webp")
        content = b"".join(served)
        with Image.open(io.BytesIO(content)) as shown:
            assert (shown.format, shown.size) == ("WEBP", (size, size))
        assert served["Content-Type"] == "image/webp"
        assert served["X-Content-Type-Options"] == "nosniff"
        assert served["Cache-Control"] == "private, max-age=31536000, immutable"
    assert len(list(files.rglob("*.webp"))) == 2


def test_it_is_shown_where_people_are(cast: Cast, signed_in: Browser) -> None:
    upload(signed_in, picture())
    key = cast.again("owner").avatar
    for page in ("/settings/", "/people/", "/people/owner/", f"/rooms/{cast.launch.pk}/about/"):
        text = signed_in.get(page).content.decode()
        assert f'<img src="/avatars/{key}-96.webp" width="34" height="34" alt="">' in text, page
        assert 'aria-label="Lei Li, Marketing"' in text, page


def test_it_is_nothing_for_whoever_is_not_signed_in(
    cast: Cast, signed_in: Browser, other_browser: Browser
) -> None:
    upload(signed_in, picture())
    address = f"/avatars/{cast.again('owner').avatar}-96.webp"
    assert other_browser.get(address).status_code == 302
    assert signed_in.get(address.replace("-96", "-97")).status_code == 404
    assert signed_in.get(f"/avatars/{'0' * 32}-96.webp").status_code == 404


def test_a_new_one_takes_the_place_of_the_former(cast: Cast, signed_in: Browser, files: Path) -> None:
    upload(signed_in, picture())
    former = cast.again("owner").avatar
    with committed():
        upload(signed_in, picture("GIF"))
    assert cast.again("owner").avatar != former
    assert {path.name[:32] for path in files.rglob("*.webp")} == {cast.again("owner").avatar}
    with committed():
        assert signed_in.post("/settings/avatar/remove/")["Location"] == "/settings/"
    assert cast.again("owner").avatar == ""
    assert not list(files.rglob("*.webp"))
    assert "<img" not in signed_in.get("/people/owner/").content.decode()


def test_what_a_camera_turned_is_turned_back_and_nothing_else_is_kept(
    cast: Cast, signed_in: Browser, files: Path
) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "where I live"
    out = io.BytesIO()
    turned = Image.new("RGB", (40, 40), "white")
    turned.paste("black", (0, 0, 40, 20))
    turned.save(out, "JPEG", exif=exif)
    upload(signed_in, out.getvalue())
    path = next(files.rglob("*-96.webp"))
    assert b"where I live" not in path.read_bytes()
    with Image.open(path) as shown:
        levels = shown.convert("L")
        assert levels.getpixel((90, 48)) < 60  # type: ignore[operator]
        assert levels.getpixel((5, 48)) > 200  # type: ignore[operator]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
NO_PICTURE = "This is not a picture that can be shown."


def archived_behind(content: bytes) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("run.class", "code")
    return out.getvalue()


def bomb(width: int, height: int) -> bytes:
    """Small to send, large to decode."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    header = width.to_bytes(4) + height.to_bytes(4) + bytes([1, 0, 0, 0, 0])
    rows = zlib.compress(bytes((width // 8 + 1) * min(height, 4_000)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


WRONG: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "The file is empty."),
    "svg": (SVG, NO_PICTURE),
    "html": (b"<!doctype html><script>alert(1)</script>", NO_PICTURE),
    "text": ("李雷".encode(), NO_PICTURE),
    "bmp": (picture("BMP"), NO_PICTURE),
    "picture and page": (picture("GIF") + b"<script>alert(1)</script>", NO_PICTURE),
    "picture and archive": (archived_behind(picture("PNG")), NO_PICTURE),
    "half a picture": (picture("JPEG", (800, 800))[:900], NO_PICTURE),
    "only its beginning": (b"\x89PNG\r\n\x1a\n", NO_PICTURE),
    "bomb": (bomb(30_000, 30_000), "The picture has too many pixels"),
    "just above": (bomb(8_000, 4_001), "The picture has too many pixels"),
    "too large": (picture() + bytes(5 * 1024 * 1024), "A picture may have at most 5 MB."),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_no_picture_gets_a_sentence(cast: Cast, signed_in: Browser, files: Path, what: str) -> None:
    upload(signed_in, picture())
    former = cast.again("owner").avatar
    content, sentence = WRONG[what]
    response = upload(signed_in, content)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert cast.again("owner").avatar == former
    assert len(list(files.rglob("*.webp"))) == 2


def test_no_file_at_all(signed_in: Browser) -> None:
    response = signed_in.post("/settings/avatar/")
    assert response.status_code == 422
    assert "Choose a picture first." in response.content.decode()


def test_hr_takes_away_what_should_not_be_there(cast: Cast, signed_in: Browser) -> None:
    upload(signed_in, picture())
    signed_in.force_login(cast.hr)
    rows = {"action": "remove_avatar", "_selected_action": [cast.owner.pk]}
    signed_in.post("/admin/people/user/", rows)
    assert cast.again("owner").avatar == ""
