"""The document as DOCX: the same content as the PDF, to be worked on; the same bytes for the same document."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

import docx as word_files
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from leconfield.printing.model import (
    A3,
    Block,
    Document,
    Facts,
    Heading,
    Listing,
    PageBreak,
    Paragraph,
    Span,
    Table,
    Text,
    plain,
    spans,
)
from leconfield.printing.rightward import base, goes_right

_FACE: Final = "Arial"
_MONO: Final = "Courier New"
_PAGES: Final = {True: (297, 420), False: (210, 297)}
"""Millimetres, by whether it is A3."""
_MARGIN: Final = 15
"""Millimetres left and right."""
_LONG_AGO: Final = datetime(1980, 1, 1, tzinfo=UTC)
"""The first moment that a zip archive can name; the paper itself says when it was printed."""
_RED: Final = RGBColor(0xA8, 0x14, 0x2F)
_GREY: Final = RGBColor(0x59, 0x57, 0x52)
Marks = Mapping[str, str]
"""The bookmark of each report that the document lists, by its id."""


def docx(document: Document) -> bytes:
    """The document as a DOCX file."""
    word = word_files.Document()
    _describe(word, document)
    _page(word, document)
    marks = {each.report: f"report{number}" for number, each in enumerate(document.references, 1)}
    word.add_heading("", 0)
    _set(word.paragraphs[-1], document.title, marks)
    for block in document.everything:
        _add(word, block, marks)
    held = io.BytesIO()
    word.save(held)
    return _timeless(held.getvalue())


def _describe(word: Word, document: Document) -> None:
    """What the file says of itself: title and marking; nothing of machine, person or time."""
    core = word.core_properties
    core.title, core.subject = plain(document.title)[:255], document.marking.words[:255]
    core.author = core.last_modified_by = core.comments = core.keywords = core.category = ""
    core.created = core.modified = _LONG_AGO
    core.revision = 1
    style = word.styles["Normal"]
    style.font.name, style.font.size = _FACE, Pt(10)


def _page(word: Word, document: Document) -> None:
    section = word.sections[0]
    across, down = _PAGES[document.size == A3]
    if document.landscape:
        across, down = down, across
        section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(across), Mm(down)
    section.left_margin = section.right_margin = Mm(_MARGIN)
    section.top_margin = section.bottom_margin = Mm(20)
    _banner(section.header.paragraphs[0], document.marking.words)
    _banner(section.footer.paragraphs[0], document.marking.words)
    foot = section.footer.add_paragraph()
    foot.add_run(f"{document.foot} · page ").font.size = Pt(7.5)
    _field(foot, "PAGE")
    foot.add_run(" of ").font.size = Pt(7.5)
    _field(foot, "NUMPAGES")


def _banner(paragraph: WordParagraph, words: str) -> None:
    run = paragraph.add_run(words)
    run.bold = True
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _field(paragraph: WordParagraph, code: str) -> None:
    """A number that the reader's program fills in."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = paragraph.add_run("1")
    run.font.size = Pt(7.5)
    field.append(run._r)  # noqa: SLF001 - python-docx has no fields of its own
    paragraph._p.append(field)  # noqa: SLF001


def _add(word: Word, block: Block, marks: Marks) -> None:
    if isinstance(block, PageBreak):
        word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    elif isinstance(block, Heading):
        _set(word.add_heading("", block.level), block.text, marks)
    elif isinstance(block, Paragraph):
        _set(word.add_paragraph(), block.text, marks, boxed=block.boxed, quiet=block.quiet)
    elif isinstance(block, Listing):
        for item in block.items:
            _set(word.add_paragraph(style="List Number" if block.numbered else "List Bullet"), item, marks)
    elif isinstance(block, Facts):
        _grid(word, (1.0, 3.0), tuple((Span(name, strong=True), text) for name, text in block.rows), marks)
    else:
        _table(word, block, marks)


def _table(word: Word, block: Table, marks: Marks) -> None:
    if block.caption:
        _set(word.add_paragraph(), block.caption, marks, quiet=True)
    heads: tuple[Text, ...] = tuple(Span(each.name, strong=True) for each in block.columns)
    size = 8.0 if block.small else 9.0
    shares = tuple(each.width for each in block.columns)
    table = _grid(word, shares, (heads, *block.rows), marks, size)
    properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - the head is repeated on each page
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    properties.append(repeated)


def _grid(
    word: Word, shares: tuple[float, ...], rows: tuple[tuple[Text, ...], ...], marks: Marks, size: float = 9.5
) -> WordTable:
    table: WordTable = word.add_table(rows=len(rows), cols=len(shares), style="Table Grid")
    table.autofit = False
    room = (word.sections[0].page_width or 0) - 2 * Mm(_MARGIN)
    widths = [int(room * share / (sum(shares) or 1.0)) for share in shares]
    for row, texts in zip(table.rows, rows, strict=True):
        for place, cell in enumerate(row.cells):
            cell.width = widths[place]
            _set(cell.paragraphs[0], texts[place] if place < len(texts) else "", marks, size=size)
    word.add_paragraph()
    return table


def _set(
    paragraph: WordParagraph,
    text: Text,
    marks: Marks,
    *,
    size: float = 0,
    boxed: bool = False,
    quiet: bool = False,
) -> None:
    """The runs of a text, put into the paragraph; from right to left where it begins so."""
    words = plain(text)
    if goes_right(words) and base(words):
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001 - python-docx knows no bidi
    if boxed:
        _box(paragraph)
    for each in spans(text):
        if each.words:
            _run(paragraph, each, marks, 8.0 if quiet else size, quiet=quiet)


def _run(paragraph: WordParagraph, span: Span, marks: Marks, size: float, *, quiet: bool) -> None:
    run = paragraph.add_run(span.words)
    run.bold, run.italic = span.strong or None, span.emphasis or None
    if span.mono:
        run.font.name = _MONO
    if size:
        run.font.size = Pt(size)
    if goes_right(span.words):
        run.font.rtl = True
    if span.grave or quiet:
        run.font.color.rgb = _RED if span.grave else _GREY
    if span.report in marks:
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), marks[span.report])
        paragraph._p.append(link)  # noqa: SLF001 - python-docx makes no links of its own
        link.append(run._r)  # noqa: SLF001
        run.underline = True
    elif span.anchor in marks:
        _bookmark(paragraph, marks[span.anchor])


def _bookmark(paragraph: WordParagraph, name: str) -> None:
    for end in ("Start", "End"):
        mark = OxmlElement(f"w:bookmark{end}")
        mark.set(qn("w:id"), name.removeprefix("report"))
        if end == "Start":
            mark.set(qn("w:name"), name)
        paragraph._p.append(mark)  # noqa: SLF001


def _box(paragraph: WordParagraph) -> None:
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "6"), ("color", "auto")):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    paragraph._p.get_or_add_pPr().append(borders)  # noqa: SLF001


def _timeless(packed: bytes) -> bytes:
    """The archive without the time of its making, which python-docx writes into it."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as before, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as after:
        for each in sorted(before.infolist(), key=lambda one: (one.filename != "[Content_Types].xml", one.filename)):
            entry = zipfile.ZipInfo(each.filename, _LONG_AGO.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, before.read(each))
    return held.getvalue()
