"""What a JPEG or PNG is made of, part by part: nothing is allowed but what its pixels need. Reads no pixels itself."""

from __future__ import annotations

import zlib
from typing import Final

_JPEG_START: Final = b"\xff\xd8"
_PNG_START: Final = b"\x89PNG\r\n\x1a\n"
_TABLES: Final = frozenset({0xDB, 0xC4, 0xC0, 0xC2, 0xDD})
"""DQT, DHT, SOF0, SOF2, DRI."""
_SOS: Final = 0xDA
_EOI: Final = 0xD9
_APP0: Final = 0xE0
_PLAIN_JFIF: Final = 16
"""Bytes of a JFIF header without a thumbnail."""
_NAMES: Final = {0xE1: "EXIF or XMP", 0xE2: "a colour profile or further pictures", 0xED: "IPTC", 0xFE: "a comment"}
_CHUNKS: Final = (b"IHDR", b"PLTE", b"IDAT", b"IEND")
_CHANNELS: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Samples of a pixel, by the colour type of a PNG."""


def faults_in(picture: bytes) -> tuple[str, ...]:
    """What is in a JPEG or PNG that its pixels do not need, in words; empty if there is nothing."""
    if picture.startswith(_JPEG_START):
        return _faults_in_jpeg(picture)
    if picture.startswith(_PNG_START):
        return _faults_in_png(picture)
    return ("no JPEG or PNG",)


def _faults_in_jpeg(picture: bytes) -> tuple[str, ...]:
    faults: list[str] = []
    at = len(_JPEG_START)
    while at + 4 <= len(picture) and picture[at] == 0xFF and picture[at + 1] != _EOI:
        kind, size = picture[at + 1], int.from_bytes(picture[at + 2 : at + 4], "big")
        part = picture[at + 4 : at + 2 + size]
        if kind == _APP0 and (size != _PLAIN_JFIF or not part.startswith(b"JFIF\0") or part[-2:] != b"\0\0"):
            faults.append("a thumbnail, or another header than JFIF")
        elif kind not in _TABLES and kind not in (_SOS, _APP0):
            faults.append(_NAMES.get(kind, f"a part of kind {kind:02X}"))
        at += 2 + size
        if kind == _SOS:
            at = _scanned(picture, at)
    if picture[at : at + 2] != bytes((0xFF, _EOI)):
        return (*faults, "a torn end")
    return tuple(faults) if at + 2 == len(picture) else (*faults, "something behind its end")


def _scanned(picture: bytes, at: int) -> int:
    """Where the next part begins after the coded pixels that begin at `at`."""
    while (at := picture.find(b"\xff", at)) >= 0:
        following = picture[at + 1] if at + 1 < len(picture) else _EOI
        if following != 0 and not 0xD0 <= following <= 0xD7:
            return at
        at += 2
    return len(picture)


def _faults_in_png(picture: bytes) -> tuple[str, ...]:
    faults: list[str] = []
    at, head, pixels = len(_PNG_START), b"", b""
    while at + 12 <= len(picture):
        size, kind = int.from_bytes(picture[at : at + 4], "big"), picture[at + 4 : at + 8]
        part = picture[at + 8 : at + 8 + size]
        if int.from_bytes(picture[at + 8 + size : at + 12 + size], "big") != zlib.crc32(kind + part):
            return (*faults, "a torn part")
        if kind not in _CHUNKS:
            faults.append(f"a part {kind.decode('latin-1')}")
        head, pixels = (part if kind == b"IHDR" else head), (pixels + part if kind == b"IDAT" else pixels)
        at += 12 + size
        if kind == b"IEND":
            break
    if at != len(picture):
        faults.append("something behind its end")
    return (*faults, *_faults_in_pixels(head, pixels))


def _faults_in_pixels(head: bytes, packed: bytes) -> tuple[str, ...]:
    """Whether the packed rows are exactly those of the picture: more could hide behind them."""
    if len(head) != 13 or head[9] not in _CHANNELS or head[12]:
        return ("a header that is not plain",)
    across, down = int.from_bytes(head[:4], "big"), int.from_bytes(head[4:8], "big")
    wanted = down * (1 + (across * head[8] * _CHANNELS[head[9]] + 7) // 8)
    unpacked = zlib.decompressobj()
    try:
        rows = unpacked.decompress(packed, wanted + 1)
    except zlib.error:
        return ("pixels that do not unpack",)
    if len(rows) != wanted or unpacked.unused_data or not unpacked.eof:
        return ("more or less than its pixels",)
    return ()
