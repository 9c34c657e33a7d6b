"""Blocks become pieces of known height; pieces are put on pages. A piece is never cut, so a page is never overrun."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from leconfield.printing.model import (
    Block,
    Facts,
    Heading,
    Listing,
    PageBreak,
    Paragraph,
    Table,
    Text,
)
from leconfield.printing.typesetting import Line, lines_of

Ink = tuple[float, float, float]
MARGIN: Final = 40.0
"""Points left and right of the text."""
INK: Final[Ink] = (0.11, 0.106, 0.098)
QUIET: Final[Ink] = (0.35, 0.34, 0.32)
GRAVE: Final[Ink] = (0.66, 0.08, 0.18)
LINKED: Final[Ink] = (0.1, 0.36, 0.28)
_HAIR: Final[Ink] = (0.72, 0.71, 0.69)
_SIZES: Final = {0: 17.0, 1: 13.0, 2: 11.0, 3: 9.5}
"""Points of headings by their level; 0 is the title."""
_BODY: Final = 9.5
_CELL: Final = 8.5
_SMALL: Final = 7.5
_LEADING: Final = 1.38
_ROOM: Final = 3.0
"""Points around the words of a cell."""
_ROW_LINES: Final = 14
"""Lines of a row that stay together; a longer row may go over pages."""


class Pen:
    """Where the next piece goes on a page. Points from the left and from the bottom."""

    def __init__(self, canvas: Canvas, x: float, y: float, known: frozenset[str]) -> None:
        self.canvas = canvas
        self.x = x
        self.y = y
        self.known = known
        """Reports that the document lists: others are no links."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Something of a height that is put at the pen's place, its top there."""

    height: float
    put: Callable[[Pen], None]
    keep: bool = False
    """Whether it stays with the next."""
    gap: bool = False
    """Air: left out at the head of a page."""
    breaks: bool = False
    """Whether a new page begins here."""
    head: Piece | None = None
    """What is repeated above it on a new page."""


def pages_of(pieces: Iterable[Piece], height: float) -> list[list[Piece]]:
    """The pieces by page; one page at least."""
    pages: list[list[Piece]] = [[]]
    left = height
    for group in _groups(pieces):
        needed = sum(each.height for each in group)
        turned = group[0].breaks and bool(pages[-1])
        if pages[-1] and (turned or needed > left):
            pages.append([])
            left = height
        if not pages[-1] and group[0].head is not None:
            pages[-1].append(group[0].head)
            left -= group[0].head.height
        for each in group:
            if each.breaks or (each.gap and not pages[-1]):
                continue
            if each.height > left and pages[-1]:
                pages.append([each.head] if each.head else [])
                left = height - sum(one.height for one in pages[-1])
            pages[-1].append(each)
            left -= each.height
    return pages


def _groups(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    group: list[Piece] = []
    for each in pieces:
        group.append(each)
        if not each.keep:
            yield group
            group = []
    if group:
        yield group


def _nothing(_pen: Pen) -> None:
    """Air is not drawn."""


def _air(height: float, *, keep: bool = False) -> Piece:
    return Piece(height, _nothing, keep=keep, gap=True)


def pieces_of(blocks: Iterable[Block], width: float) -> list[Piece]:
    """The blocks as pieces for a page whose text is that wide (points)."""
    return [piece for block in blocks for piece in _pieces(block, width)]


def _pieces(block: Block, width: float) -> Iterator[Piece]:
    if isinstance(block, PageBreak):
        yield Piece(0, _nothing, breaks=True)
    elif isinstance(block, Heading):
        yield from _heading(block, width)
    elif isinstance(block, Paragraph):
        yield from _paragraph(block, width)
    elif isinstance(block, Listing):
        yield from _listing(block, width)
    elif isinstance(block, Facts):
        yield from _facts(block, width)
    else:
        yield from _table(block, width)


def _heading(block: Heading, width: float) -> Iterator[Piece]:
    size = _SIZES.get(block.level, _BODY)
    if block.level:
        yield _air(size * 0.9, keep=True)
    for line in lines_of(block.text, size, width, strong=True):
        yield _text(line, size, width, 0, keep=True)
    yield _air(size * 0.3, keep=True)


def _text(line: Line, size: float, width: float, indent: float, *, quiet: bool = False, keep: bool = False) -> Piece:
    def put(pen: Pen) -> None:
        x = pen.x + (width - line.width if line.rightward else indent)
        set_line(pen.canvas, line, x, pen.y - size, size, QUIET if quiet else INK, pen.known)

    return Piece(size * _LEADING, put, keep=keep)


def _paragraph(block: Paragraph, width: float) -> Iterator[Piece]:
    size = _SMALL if block.quiet else _BODY
    inset = 8.0 if block.boxed else 0.0
    found = lines_of(block.text, size, width - 2 * inset)
    if block.boxed:
        yield _boxed(found, size, width, inset)
    else:
        for place, line in enumerate(found):
            yield _text(line, size, width, 0, quiet=block.quiet, keep=place == 0 and len(found) > 1)
    yield _air(size * 0.6)


def _boxed(found: list[Line], size: float, width: float, inset: float) -> Piece:
    height = len(found) * size * _LEADING + 2 * inset - 3

    def put(pen: Pen) -> None:
        _stroke(pen.canvas, INK, 0.8)
        pen.canvas.rect(pen.x, pen.y - height, width, height, stroke=1, fill=0)
        for place, line in enumerate(found):
            x = pen.x + (width - inset - line.width if line.rightward else inset)
            set_line(pen.canvas, line, x, pen.y - inset - size + 2 - place * size * _LEADING, size, INK, pen.known)

    return Piece(height, put)


def _listing(block: Listing, width: float) -> Iterator[Piece]:
    for number, item in enumerate(block.items, 1):
        (mark,) = lines_of(f"{number}." if block.numbered else "•", _BODY, 100)
        indent = 22.0 if block.numbered else 12.0
        for place, line in enumerate(lines_of(item, _BODY, width - indent)):
            yield _item(mark if place == 0 else None, line, width, indent)
        yield _air(2.0)
    yield _air(4.0)


def _item(mark: Line | None, line: Line, width: float, indent: float) -> Piece:
    def put(pen: Pen) -> None:
        baseline = pen.y - _BODY
        if mark is not None:
            set_line(pen.canvas, mark, pen.x, baseline, _BODY, QUIET)
        x = pen.x + (width - line.width if line.rightward else indent)
        set_line(pen.canvas, line, x, baseline, _BODY, INK, pen.known)

    return Piece(_BODY * _LEADING, put)


@dataclass(frozen=True, slots=True)
class _Cell:
    lines: list[Line]
    x: float
    width: float
    number: bool = False
    quiet: bool = False


def _facts(block: Facts, width: float) -> Iterator[Piece]:
    share = min(150.0, width * 0.28)
    for name, text in block.rows:
        yield from _row(
            [
                _Cell(lines_of(name, _CELL, share - 8), 0, share, quiet=True),
                _Cell(lines_of(text, _BODY, width - share), share, width - share),
            ],
            _BODY,
            width,
            None,
        )
    yield _air(6.0)


def _table(block: Table, width: float) -> Iterator[Piece]:
    size = _SMALL if block.small else _CELL
    if block.caption:
        for line in lines_of(block.caption, _CELL, width):
            yield _text(line, _CELL, width, 0, quiet=True, keep=True)
    total = sum(each.width for each in block.columns) or 1.0
    widths = [each.width / total * width for each in block.columns]
    heads: tuple[Text, ...] = tuple(each.name for each in block.columns)
    (head,) = _row(_cells(block, heads, widths, size, strong=True), size, width, None, whole=True)
    yield Piece(head.height, head.put, keep=True)
    for row in block.rows:
        filled = (*row, *("" for _ in range(len(widths) - len(row))))
        yield from _row(_cells(block, filled, widths, size), size, width, head)
    yield _air(8.0)


def _cells(
    block: Table, texts: tuple[Text, ...], widths: list[float], size: float, *, strong: bool = False
) -> list[_Cell]:
    cells: list[_Cell] = []
    x = 0.0
    for column, text, width in zip(block.columns, texts, widths, strict=False):
        lines = lines_of(text, size, width - 2 * _ROOM, strong=strong)
        cells.append(_Cell(lines, x + _ROOM, width - 2 * _ROOM, number=column.number))
        x += width
    return cells


def _row(cells: list[_Cell], size: float, width: float, head: Piece | None, *, whole: bool = False) -> Iterator[Piece]:
    """A row with a hairline under it; in several pieces if it is long."""
    most = max(len(each.lines) for each in cells)
    step = most if whole else _ROW_LINES
    for start in range(0, most, step):
        part = [_Cell(each.lines[start : start + step], each.x, each.width, each.number, each.quiet) for each in cells]
        yield _strip(part, size, width, head, last=start + step >= most)


def _strip(cells: list[_Cell], size: float, width: float, head: Piece | None, *, last: bool) -> Piece:
    leading = size * _LEADING
    height = max(len(each.lines) for each in cells) * leading + (2 * _ROOM if last else 0)

    def put(pen: Pen) -> None:
        for cell in cells:
            for place, line in enumerate(cell.lines):
                x = pen.x + cell.x + (cell.width - line.width if cell.number or line.rightward else 0)
                y = pen.y - _ROOM - size - place * leading + 1
                set_line(pen.canvas, line, x, y, size, QUIET if cell.quiet else INK, pen.known)
        if last:
            _stroke(pen.canvas, _HAIR, 0.5)
            pen.canvas.line(pen.x, pen.y - height, pen.x + width, pen.y - height)

    return Piece(height, put, head=head)


def _stroke(canvas: Canvas, ink: Ink, width: float) -> None:
    canvas.setStrokeColorRGB(*ink)
    canvas.setLineWidth(width)


def set_line(
    canvas: Canvas, line: Line, x: float, y: float, size: float, ink: Ink, known: frozenset[str] = frozenset()
) -> None:
    """Set one line with its baseline at `y`; a report that the document lists becomes a link to its row there."""
    if line.said:
        said = ("\ufeff" + line.said).encode("utf-16-be").hex().upper()
        canvas._code.append(f"/Span <</ActualText <{said}>>> BDC")  # noqa: SLF001 - reportlab has no call for it
    for run in line.runs:
        linked = run.report in known
        words = canvas.beginText(x, y)
        words.setFont(run.face, size)
        words.setFillColorRGB(*(GRAVE if run.grave else LINKED if linked else ink))
        words.textOut(run.words)
        canvas.drawText(words)
        if linked:
            canvas.linkRect("", run.report, (x, y - 2, x + run.width, y + size), relative=1, thickness=0)
        if run.anchor:
            canvas.bookmarkHorizontal(run.anchor, 0, y + 2 * size)
        x += run.width
    if line.said:
        canvas._code.append("EMC")  # noqa: SLF001
