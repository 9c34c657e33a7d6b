"""Pictures for channels: headers of a wanted size, and real ones."""

from __future__ import annotations

import io
from collections.abc import Mapping

from PIL import Image

from leconfield.gate.bundles.content import Content, content

JPEG = "image/jpeg"


def header(width: int, height: int, size: int = 0) -> bytes:
    """What a JPEG of that width and height begins with, filled up to a size in bytes; nothing that can be decoded."""
    frame = b"\x08" + height.to_bytes(2, "big") + width.to_bytes(2, "big") + b"\x01\x01\x11\x00"
    begun = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xc0\x00\x0b" + frame
    return begun + b"\xff\xda" + bytes(max(0, size - len(begun) - 2))


def photograph(width: int = 640, height: int = 640, colour: tuple[int, int, int] = (31, 111, 84)) -> bytes:
    """A real JPEG."""
    made = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(made, "JPEG")
    return made.getvalue()


def post(
    text: str, pictures: Mapping[str, bytes] | None = None, *, title: str = "", media_type: str = JPEG
) -> tuple[Content, dict[str, bytes]]:
    """A release of that text, with its files."""
    files = {name: (media_type, held) for name, held in (pictures or {}).items()}
    files["text.txt"] = ("text/plain", text.encode())
    made = content("post", "public", files, title=title)
    return made, {name: held for name, (_, held) in files.items()}


def with_pictures(text: str, count: int, held: bytes | None = None) -> tuple[Content, dict[str, bytes]]:
    """A release with that many pictures, each told in words."""
    shown = header(1080, 1080) if held is None else held
    pictures = {f"p{number}.jpg": shown for number in range(count)}
    lines = [f"!{name} A quay in the morning." for name in pictures]
    return post("\n\n".join([text, *lines]), pictures)
