from __future__ import annotations

import io

import pytest
from cryptography.fernet import Fernet, MultiFernet
from hypothesis import given
from hypothesis import strategies as st

from intranet.backup.sealed import HEAD, PIECE, Broken, Opening, Sealing

RING = MultiFernet([Fernet(Fernet.generate_key())])


def sealed(*parts: bytes, ring: MultiFernet = RING) -> bytes:
    target = io.BytesIO()
    sealing = Sealing(target, ring)
    for part in parts:
        sealing.write(part)
    sealing.close()
    return target.getvalue()


def opened(data: bytes, size: int = -1) -> bytes:
    opening = Opening(io.BytesIO(data), RING)
    if size < 0:
        return opening.read()
    parts = iter(lambda: opening.read(size), b"")
    return b"".join(parts)


@given(st.lists(st.binary(max_size=300)), st.integers(1, 1000))
def test_what_is_sealed_opens(parts: list[bytes], size: int) -> None:
    assert opened(sealed(*parts), size) == b"".join(parts)


def test_a_long_stream_is_sealed_in_pieces() -> None:
    data = bytes(range(256)) * (PIECE // 256 * 2 + 1)
    result = sealed(data)
    assert result.count(b"\n") == 1 + 3
    assert opened(result, 70_000) == data


def test_what_was_changed_does_not_open() -> None:
    head, *pieces = sealed(b"x" * (PIECE * 2 + 1)).splitlines(keepends=True)
    one, two, three = pieces
    wrong = {
        "cut off": [one, two],
        "cut off within": [one, two, three[:50]],
        "reordered": [two, one, three],
        "left out": [one, three],
        "changed": [one, two.replace(two[40:41], b"-"), three],
        "empty": [],
    }
    assert head == HEAD
    for lines in wrong.values():
        with pytest.raises(Broken):
            opened(b"".join([head, *lines]))
    with pytest.raises(Broken):
        opened(b"PK\x03\x04 something else")


def test_another_key_does_not_open_it() -> None:
    other = MultiFernet([Fernet(Fernet.generate_key())])
    with pytest.raises(Broken):
        opened(sealed(b"ours", ring=other))
