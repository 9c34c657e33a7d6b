"""Pictures: decoded, put on a new canvas, boxed in solid black, encoded again. Nothing but the pixels goes through.

What stays, and no re-encoding takes away: what can be *seen* in the picture, and the fine noise by which a sensor can
be told from another if somebody has more pictures of it. Smaller pictures tell less: that is why `longest` is small.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError

from leconfield.errors import BadInputError, DamagedError
from leconfield.gate.files.anatomy import faults_in

JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
MAX_BYTES: Final = 64 * 1024 * 1024
MAX_PIXELS: Final = 50_000_000
MOST_BOXES: Final = 500
LONGEST: Final = 2_048
"""Pixels of the longer side, unless another is asked for."""
READ: Final = ("JPEG", "PNG", "WEBP", "GIF")
_WHITE: Final = (255, 255, 255)
_BLACK: Final = (0, 0, 0)
_FAINT: Final = 16
"""Of 255: what is fainter than this is taken for not there, so that nothing is hidden in what cannot be seen."""
UNREADABLE: Final = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    IndexError,
    KeyError,
    AttributeError,
    OverflowError,
    EOFError,
    MemoryError,
    NotImplementedError,
    RuntimeError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    UnidentifiedImageError,
)
"""What Pillow's decoders raise on files that are broken, or made to break them."""


@dataclass(frozen=True, slots=True)
class Box:
    """Something not to be seen, in pixels of the picture as one looks at it (upright)."""

    left: int
    top: int
    width: int
    height: int


def cleaned(
    picture: bytes, boxes: Sequence[Box] = (), *, media_type: str = JPEG, longest: int = LONGEST, where: str = "picture"
) -> bytes:
    """The picture made anew, without transparency and with black boxes; the same bytes each time.

    Only the first frame of a moving picture is kept. Colours are taken as sRGB: a colour profile goes with the rest.

    Raises:
        BadInputError: if it is no picture that can be read, or too large, or a box lies outside it.
        DamagedError: if what was written is not the plain file that it should be (nothing is given back then).
    """
    if media_type not in (JPEG, PNG):
        raise BadInputError(f'{where}: pictures are written as {JPEG} or {PNG}, not "{media_type[:40]}"')
    canvas = _canvas(picture, where)
    _fill(canvas, boxes, where)
    if max(canvas.size) > longest > 0:
        canvas.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    held = io.BytesIO()
    if media_type == JPEG:
        canvas.save(held, "JPEG", quality=85, optimize=True)
    else:
        canvas.save(held, "PNG", optimize=True)
    written = held.getvalue()
    if faults := faults_in(written):
        raise DamagedError(f"{where}: after writing it anew there is still {faults[0]}; it is not given out")
    return written


def size_of(picture: bytes, where: str = "picture") -> tuple[int, int]:
    """Width and height, in pixels, of the picture as one looks at it: what boxes are measured by.

    Raises:
        BadInputError: as `cleaned`.
    """
    return _canvas(picture, where).size


def pixels_of(picture: bytes, longest: int, where: str = "picture") -> Image.Image:
    """Its pixels alone as one looks at it, made smaller until its longer side has no more than `longest`.

    Raises:
        BadInputError: as `cleaned`.
    """
    canvas = _canvas(picture, where)
    canvas.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return canvas


def _canvas(picture: bytes, where: str) -> Image.Image:
    """Its pixels alone, upright, without transparency, on a canvas that never was another picture."""
    if len(picture) > MAX_BYTES:
        raise BadInputError(f"{where}: {len(picture):,} bytes; {MAX_BYTES:,} at most: make it smaller first")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(picture), formats=READ) as opened:
                check_size(opened.size, where)
                opened.seek(0)
                opened.load()
                upright = ImageOps.exif_transpose(opened)
                flat = _flat(upright)
    except BadInputError:
        raise
    except UNREADABLE as error:
        raise BadInputError(
            f"{where}: it cannot be read as JPEG, PNG, WebP or GIF; it is another kind or broken"
        ) from error
    return Image.frombytes("RGB", flat.size, flat.tobytes())


def check_size(size: tuple[int, int], where: str) -> None:
    """Refuse what is too large before it is unpacked.

    Raises:
        BadInputError: if it has more than `MAX_PIXELS`.
    """
    across, down = size
    if across * down > MAX_PIXELS:
        raise BadInputError(f"{where}: {across:,} x {down:,} pixels; {MAX_PIXELS:,} at most: make it smaller first")


def _flat(picture: Image.Image) -> Image.Image:
    """On white: colours that lie under full transparency are not seen, and must not go out."""
    if picture.mode.startswith("I;16"):
        picture = picture.point(lambda value: value / 256).convert("L")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    colours = picture.convert("RGBA")
    seen = colours.getchannel("A").point(lambda value: 0 if value < _FAINT else value)
    white = Image.new("RGB", colours.size, _WHITE)
    white.paste(colours.convert("RGB"), mask=seen)
    return white


def _fill(canvas: Image.Image, boxes: Sequence[Box], where: str) -> None:
    if len(boxes) > MOST_BOXES:
        raise BadInputError(f"{where}: {len(boxes):,} boxes; {MOST_BOXES} at most")
    across, down = canvas.size
    draw = ImageDraw.Draw(canvas)
    for number, box in enumerate(boxes, 1):
        right, bottom = box.left + box.width, box.top + box.height
        if box.width < 1 or box.height < 1 or right <= 0 or bottom <= 0 or box.left >= across or box.top >= down:
            raise BadInputError(
                f"{where}, box {number}: it lies outside the picture, which is {across} x {down} pixels; draw it anew"
            )
        draw.rectangle((max(box.left, 0), max(box.top, 0), min(right, across) - 1, min(bottom, down) - 1), fill=_BLACK)
