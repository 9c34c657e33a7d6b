"""The size of a picture is read from its head, and a torn one has none."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from leconfield.window.pictures import size_of


def _picture(kind: str, size: tuple[int, int], **more: object) -> bytes:
    held = BytesIO()
    Image.new("RGB", size, (9, 99, 199)).save(held, kind, **more)
    return held.getvalue()


@pytest.mark.parametrize(("kind", "more"), [("PNG", {}), ("JPEG", {}), ("JPEG", {"progressive": True})])
def test_the_size_is_read(kind: str, more: dict[str, object]) -> None:
    assert size_of(_picture(kind, (1203, 407), **more)) == (1203, 407)


def test_what_is_another_kind_has_none() -> None:
    assert size_of(_picture("GIF", (10, 10))) is None


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_whatever_follows_the_first_bytes_nothing_breaks(tail: bytes) -> None:
    for head in (b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b""):
        found = size_of(head + tail)
        assert found is None or len(found) == 2
