"""The document as PDF: pages with the marking at head and foot, the same bytes for the same document."""

from __future__ import annotations

import io
from typing import Final

from reportlab.lib.pagesizes import A3 as A3_SIZE
from reportlab.lib.pagesizes import A4 as A4_SIZE
from reportlab.pdfgen.canvas import Canvas

from leconfield.ledger.times import to_moment
from leconfield.printing.fonts import at_a_time, notes_on
from leconfield.printing.layout import MARGIN, Pen, pages_of, pieces_of, set_line
from leconfield.printing.model import A3, Block, Document, Heading, Paragraph, texts
from leconfield.printing.typesetting import lines_of

_BANNER: Final = 16.0
_HEAD: Final = 34.0
"""Points from the edge of the page to its text, margin aside: banner and air."""
_FOOT: Final = 46.0
_SMALL: Final = 7.5
_COLOURS: Final = {
    "top-secret": ((0.94, 0.54, 0.0), (0.11, 0.106, 0.098)),
    "secret": ((0.66, 0.08, 0.18), (1.0, 1.0, 1.0)),
    "official": ((0.114, 0.31, 0.57), (1.0, 1.0, 1.0)),
}
"""Of each marking: the banner's colour, and that of the words on it."""
_OTHER: Final = ((0.33, 0.33, 0.31), (1.0, 1.0, 1.0))


def pdf(document: Document) -> bytes:
    """The document as a PDF file.

    Raises:
        DamagedError: if the fonts were not built.
    """
    with at_a_time:
        return _written(document)


def _written(document: Document) -> bytes:
    across, down = A3_SIZE if document.size == A3 else A4_SIZE
    if document.landscape:
        across, down = down, across
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(across, down), invariant=1, pageCompression=1, lang="en-GB")
    _describe(canvas, document)
    known = frozenset(each.report for each in document.references)
    blocks = (*_title(document), *document.everything, *_not_printed(document))
    pieces = pieces_of(blocks, across - 2 * MARGIN)
    pages = pages_of(pieces, down - _HEAD - _FOOT)
    for number, page in enumerate(pages, 1):
        _frame(canvas, document, across, down, f"page {number} of {len(pages)}")
        pen = Pen(canvas, MARGIN, down - _HEAD, known)
        for piece in page:
            piece.put(pen)
            pen.y -= piece.height
        canvas.showPage()
    canvas.save()
    return held.getvalue()


def _describe(canvas: Canvas, document: Document) -> None:
    """What the file says of itself: title, marking, when it was printed; nothing of machine or person."""
    canvas.setTitle(document.title)
    canvas.setSubject(document.marking.words)
    canvas.setAuthor("")
    canvas.setCreator("")
    canvas.setProducer("Leconfield")
    canvas.setKeywords("")
    stamped = canvas._doc._timeStamp  # noqa: SLF001 - reportlab would say the year 2000, or the moment by the machine
    stamped.YMDhms = to_moment(document.printed[:19]).timetuple()[:6]


def _title(document: Document) -> tuple[Block, ...]:
    return (Heading(document.title, 0),)


def _not_printed(document: Document) -> tuple[Block, ...]:
    """Notes on letters that are not in the file, so that nobody takes squares or blanks for names."""
    return tuple(Paragraph(each, quiet=True) for each in notes_on("".join(texts(document)), "DOCX"))


def _frame(canvas: Canvas, document: Document, across: float, down: float, number: str) -> None:
    ground, ink = _COLOURS.get(document.marking.colour, _OTHER)
    (words,) = lines_of(document.marking.words, 8.5, 10_000, strong=True)
    for bottom in (down - _BANNER, 0.0):
        canvas.setFillColorRGB(*ground)
        canvas.rect(0, bottom, across, _BANNER, stroke=0, fill=1)
        set_line(canvas, words, (across - words.width) / 2, bottom + 5, 8.5, ink)
    foot = lines_of(document.foot, _SMALL, across - 2 * MARGIN - 90)[0]
    (page,) = lines_of(number, _SMALL, 10_000)
    grey = (0.35, 0.34, 0.32)
    set_line(canvas, foot, MARGIN, _BANNER + 10, _SMALL, grey)
    set_line(canvas, page, across - MARGIN - page.width, _BANNER + 10, _SMALL, grey)
