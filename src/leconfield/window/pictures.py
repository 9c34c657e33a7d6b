"""How large a picture is, read from its head alone: a page leaves room for it, and does not jump when it comes."""

from __future__ import annotations

import struct
from typing import Final

Size = tuple[int, int]
"""Width and height in pixels."""
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8"
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG that begin a frame (ITU T.81, table B.1)."""


def size_of(held: bytes) -> Size | None:
    """The size of a PNG or a JPEG; none for anything else, or if its head is torn."""
    try:
        if held.startswith(_PNG):
            width, height = struct.unpack_from(">II", held, 16)
            return width, height
        return _in_jpeg(held) if held.startswith(_JPEG) else None
    except struct.error:
        return None


def _in_jpeg(held: bytes) -> Size | None:
    at = len(_JPEG)
    while at + 4 <= len(held):
        start, marker, length = struct.unpack_from(">BBH", held, at)
        if start != 0xFF:
            return None
        if marker in _FRAMES:
            _, height, width = struct.unpack_from(">BHH", held, at + 4)
            return width, height
        at += 2 + length
    return None
