"""Printing: one `Document`, and two writers that give the same bytes for the same document: PDF and DOCX.

A department says what is on the paper; how it is set is decided here. Every page bears the marking at its head and
foot, who printed it and when, as of when, and its number of how many. Whoever draws a page of his own sets his words
with `lines_of` and `set_line`, one paper `at_a_time`, and writes `notes_on` the letters that no font has.
"""

from collections.abc import Callable
from typing import Final

from leconfield.printing.docx_writer import docx
from leconfield.printing.fonts import at_a_time, notes_on
from leconfield.printing.layout import INK, set_line
from leconfield.printing.model import (
    Block,
    Column,
    Document,
    Facts,
    Heading,
    Listing,
    PageBreak,
    Paragraph,
    Reference,
    Span,
    Table,
    Text,
    spans,
)
from leconfield.printing.pdf_writer import pdf
from leconfield.printing.typesetting import lines_of

WRITERS: Final[dict[str, Callable[[Document], bytes]]] = {"pdf": pdf, "docx": docx}
"""What writes a document, by the ending of the file's name."""

__all__ = [
    "INK",
    "WRITERS",
    "Block",
    "Column",
    "Document",
    "Facts",
    "Heading",
    "Listing",
    "PageBreak",
    "Paragraph",
    "Reference",
    "Span",
    "Table",
    "Text",
    "at_a_time",
    "docx",
    "lines_of",
    "notes_on",
    "pdf",
    "set_line",
    "spans",
]
