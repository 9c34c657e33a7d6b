"""What a picture says beside its pixels, in words, for whoever brings it to see what is dropped."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from PIL import ExifTags, Image

from leconfield.errors import BadInputError
from leconfield.gate.files.pictures import READ, UNREADABLE, check_size

MOST: Final = 200
LONGEST: Final = 120
"""Characters of one value that are shown."""
_PARTS: Final = {
    "icc_profile": "Colour profile",
    "xmp": "XMP",
    "photoshop": "IPTC or Photoshop",
    "comment": "Comment",
    "mp": "Further pictures",
    "exif": "",
}
_PLAIN: Final = frozenset(
    {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "progressive", "progression", "adobe"}
    | {"adobe_transform", "gamma", "interlace", "transparency", "loop", "duration", "background", "version", "srgb"}
    | {"aspect", "chromaticity", "timestamp"}
)
"""What Pillow tells of a file that says nothing of anybody."""
_INNER: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CODES: Final = (b"ASCII\0\0\0", b"UNICODE\0", b"JIS\0\0\0\0\0")
"""What a comment in EXIF begins with."""
_BLOCKS: Final[Mapping[int, type[ExifTags.Base | ExifTags.GPS]]] = {0x8769: ExifTags.Base, 0x8825: ExifTags.GPS}


@dataclass(frozen=True, slots=True)
class Dropped:
    """One thing that a picture says of itself, and that does not leave."""

    name: str
    words: str


def dropped(picture: bytes, where: str = "picture") -> tuple[Dropped, ...]:
    """All that a picture says beside its pixels, each once.

    Raises:
        BadInputError: if it is no picture that can be read, or too large (see `pictures.cleaned`).
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(picture), formats=READ) as opened:
                check_size(opened.size, where)
                opened.load()
                found = [*_exif(opened), *_parts(opened)]
    except BadInputError:
        raise
    except UNREADABLE as error:
        raise BadInputError(f"{where}: what it says of itself cannot be read; it is broken") from error
    return tuple(dict.fromkeys(found))[:MOST]


def _exif(opened: Image.Image) -> Iterator[Dropped]:
    exif = opened.getexif()
    for tag, value in exif.items():
        if tag not in _BLOCKS:
            yield Dropped(_named(tag, ExifTags.Base), _words(value))
    for block, names in _BLOCKS.items():
        for tag, value in exif.get_ifd(block).items():
            prefix = "GPS, " if block == ExifTags.IFD.GPSInfo else ""
            yield Dropped(prefix + _named(tag, names), _words(value))


def _named(tag: int, names: type[ExifTags.Base | ExifTags.GPS]) -> str:
    try:
        name = names(tag).name
    except ValueError:
        return f"EXIF {tag:04X}"
    return _INNER.sub(" ", name.removeprefix("GPS"))


def _parts(opened: Image.Image) -> Iterator[Dropped]:
    for key, value in opened.info.items():
        if str(key).lower() not in _PLAIN and (name := _PARTS.get(str(key).lower(), str(key)[:40])):
            yield Dropped(name, f"{len(value):,} bytes" if name == "Colour profile" else _words(value))


def _words(value: object) -> str:
    """A value as text: what can be read of bytes, and no more than fits a line."""
    if isinstance(value, bytes) and value.startswith(_CODES):
        value = value[len(_CODES[0]) :]
    raw = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    seen = "".join(each for each in raw if each.isprintable() and each != "\ufffd").strip()
    if not seen and isinstance(value, bytes):
        return f"{len(value):,} bytes"
    return seen if len(seen) <= LONGEST else f"{seen[:LONGEST]} ..."
