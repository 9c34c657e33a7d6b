"""A sheet as a PDF: the drawing itself, not a picture of it, so that it stays sharp at any size."""

from __future__ import annotations

import io
import unicodedata
from functools import lru_cache
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from leconfield.errors import DamagedError
from leconfield.network.drawing import (
    HIGH,
    INK,
    STRIP,
    WIDE,
    Point,
    Sheet,
    colour_of,
    legend,
    look_of,
    name_on,
    outline,
)
from leconfield.web.kit import STATIC

_FACES: Final = ("DejaVuSansCondensed", "DejaVuSansCondensed-Bold")
_NO_LETTER: Final = "\u25a1"


@lru_cache(maxsize=1)
def _fonts() -> tuple[TTFont, TTFont]:
    """The plain face and the strong one, which the web build brings.

    Raises:
        DamagedError: if they were not built.
    """
    try:
        plain, strong = (TTFont(each, str(STATIC / "built" / "print" / f"{each}.ttf")) for each in _FACES)
    except (TTFError, OSError) as error:
        raise DamagedError(
            "the fonts for printing are not built; run python tools/build_web.py, or install the wheel"
        ) from error
    for each in (plain, strong):
        pdfmetrics.registerFont(each)
    return plain, strong


def pdf(made: Sheet) -> bytes:
    """The sheet as one page of PDF; the same sheet gives the same bytes.

    Raises:
        DamagedError: if the fonts were not built.
    """
    _fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDE, HIGH), invariant=1, pageCompression=1)
    canvas.setTitle(made.heading.words)
    for link, start, end in made.links:
        colour, width, dash = look_of(link)
        canvas.setStrokeColor(HexColor(colour))
        canvas.setLineWidth(width)
        canvas.setDash(list(dash))
        canvas.line(start[0], HIGH - start[1], end[0], HIGH - end[1])
    canvas.setDash([])
    canvas.setLineWidth(1.6)
    for each in made.subjects:
        _shape(canvas, each.outline, each.at, each.radius, each.colour, filled=each.node.registered)
    canvas.setFillColor(HexColor(INK))
    canvas.setFont(_FACES[0], 11)
    for each in made.subjects:
        if each.node.id in made.names:
            x, y = made.names[each.node.id]
            canvas.drawString(x, HIGH - y, _set(name_on(each)))
    for schema, at, words in legend(made):
        _shape(canvas, outline(schema, at, 6), at, 6, colour_of(schema), filled=True)
        canvas.setFillColor(HexColor(INK))
        canvas.setFont(_FACES[0], 11)
        canvas.drawString(at[0] + 12, HIGH - at[1] - 4, _set(words))
    canvas.setFont(_FACES[1], 14)
    for y in (STRIP / 2, HIGH - STRIP / 2):
        canvas.drawCentredString(WIDE / 2, HIGH - y - 5, _set(made.heading.words))
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _shape(canvas: Canvas, corners: tuple[Point, ...], at: Point, radius: float, colour: str, *, filled: bool) -> None:
    canvas.setStrokeColor(HexColor(colour))
    canvas.setFillColor(HexColor(colour if filled else "#ffffff"))
    if not corners:
        canvas.circle(at[0], HIGH - at[1], radius, stroke=1, fill=1)
        return
    path = canvas.beginPath()
    path.moveTo(corners[0][0], HIGH - corners[0][1])
    for x, y in corners[1:]:
        path.lineTo(x, HIGH - y)
    path.close()
    canvas.drawPath(path, stroke=1, fill=1)


def _set(words: str) -> str:
    """What the face has of it, a square for each letter that it has not; right to left where all of it runs so."""
    plain, _ = _fonts()
    shown = "".join(each if ord(each) in plain.face.charToGlyph else _NO_LETTER for each in words)
    ways = {unicodedata.bidirectional(each) for each in shown} - {"WS", "ON", "NSM", "CS", "ES"}
    return shown[::-1] if ways and ways <= {"R", "AL"} else shown
