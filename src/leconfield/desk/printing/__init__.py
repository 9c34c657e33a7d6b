"""Printing: one `Document`, and two writers that give the same bytes for the same document: PDF and DOCX.

A part of the desk says what is on the paper; how it is set is decided here. Every page bears the marking at its head
and foot, who printed it and when, as of when, and its number of how many.
"""

from leconfield.desk.printing.docx_writer import docx
from leconfield.desk.printing.model import (
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
from leconfield.desk.printing.pdf_writer import pdf

__all__ = [
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
    "docx",
    "pdf",
    "spans",
]
