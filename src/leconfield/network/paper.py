"""A sheet as a PDF: the drawing itself, not a picture of it, so that it stays sharp at any size."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from leconfield.network.drawing import (
    HIGH,
    MARGIN,
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
from leconfield.printing import INK, at_a_time, lines_of, notes_on, set_line

_NAME: Final = 11.0
_NOTE: Final = 8.0
_HEADING: Final = 14.0


def pdf(made: Sheet) -> bytes:
    """The sheet as one page of PDF; the same sheet gives the same bytes.

    Raises:
        DamagedError: if the fonts were not built.
    """
    with at_a_time:
        return _written(made)


def _written(made: Sheet) -> bytes:
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
    for schema, at, _ in legend(made):
        _shape(canvas, outline(schema, at, 6), at, 6, colour_of(schema), filled=True)
    for words, at in _names(made):
        _say(canvas, words, at, _NAME)
    for number, note in enumerate(_notes(made)):
        _say(canvas, note, (MARGIN, STRIP + 10 * (number + 1)), _NOTE)
    for y in (STRIP / 2, HIGH - STRIP / 2):
        (line,) = lines_of(made.heading.words, _HEADING, WIDE, strong=True)[:1]
        set_line(canvas, line, (WIDE - line.width) / 2, HIGH - y - 5, _HEADING, INK)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _names(made: Sheet) -> Iterator[tuple[str, Point]]:
    """All words of the drawing, each with where it begins."""
    for each in made.subjects:
        if each.node.id in made.names:
            yield name_on(each), made.names[each.node.id]
    for _, (x, y), words in legend(made):
        yield words, (x + 12, y + 4)


def _notes(made: Sheet) -> list[str]:
    return notes_on("".join(words for words, _ in _names(made)), "SVG")


def _say(canvas: Canvas, words: str, at: Point, size: float) -> None:
    (line,) = lines_of(words, size, WIDE)[:1]
    set_line(canvas, line, at[0], HIGH - at[1], size, INK)


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
