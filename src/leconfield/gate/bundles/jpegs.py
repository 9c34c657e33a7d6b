"""What a picture is by its first bytes alone: whether it is a plain JPEG, and how large. Nothing is decoded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MEDIA_TYPE: Final = "image/jpeg"
_START: Final = b"\xff\xd8"
_FRAMES: Final = frozenset({*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)})
"""Markers of frames (T.81, table B.1): all of SOF but DHT, JPG and DAC, which lie between them."""
_BARE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers that no length follows."""
_SCAN: Final = 0xDA
_SECOND: Final = 0xE2
_SEVERAL: Final = b"MPF\x00"
"""How the part begins that tells of several pictures in one file (CIPA DC-007)."""


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height, in pixels."""

    width: int
    height: int

    @property
    def aspect(self) -> float:
        """Width by height."""
        return self.width / self.height


def jpeg_size(held: bytes) -> Size | None:
    """How large a JPEG is by its header; None if it is no JPEG, or one that holds several pictures (MPO)."""
    if not held.startswith(_START):
        return None
    at, found = len(_START), None
    while at + 4 <= len(held) and held[at] == 0xFF:
        marker = held[at + 1]
        if marker == 0xFF or marker in _BARE:
            at += 1 if marker == 0xFF else 2
            continue
        if marker == _SCAN:
            break
        part = held[at + 4 : at + 2 + int.from_bytes(held[at + 2 : at + 4], "big")]
        if marker == _SECOND and part.startswith(_SEVERAL):
            return None
        if marker in _FRAMES:
            found = _frame(part)
        at += 4 + len(part)
    return found


def _frame(part: bytes) -> Size | None:
    """The size that a frame's header names (T.81, B.2.2): a byte of precision, two of height, two of width."""
    height, width = int.from_bytes(part[1:3], "big"), int.from_bytes(part[3:5], "big")
    return Size(width, height) if len(part) >= 5 and width and height else None
