"""PDF: the text layer, page by page. Pictures of pages are not read."""

from __future__ import annotations

import io
from typing import Final

import pypdf
from pypdf.errors import PyPdfError

from leconfield.intake.readers.dates import written_of
from leconfield.intake.readers.model import MAX_TEXT, PDF, Document, UnreadableError
from leconfield.intake.readers.words import tidy, tidy_line

_MOST_PAGES: Final = 5000


def read_pdf(content: bytes, filename: str) -> Document:
    """The text layer; a page without one is named in its place, so that nobody takes the rest for the whole.

    Raises:
        UnreadableError: if it is locked, damaged, too long, or no page has a text layer.
    """
    reader = _opened(content, filename)
    pages = [_words_of(page) for page in reader.pages]
    if not any(pages):
        raise UnreadableError(filename, "has no text layer", "run OCR first and take in the result")
    text = "\n\n".join(words or f"[page {number} has no text layer]" for number, words in enumerate(pages, start=1))
    title, written = _properties(reader)
    return Document(text=tidy(text, filename), title=title, written=written, media_type=PDF)


def _opened(content: bytes, filename: str) -> pypdf.PdfReader:
    reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError(filename, "is locked with a password", "save a copy without one and take that in")
    if len(reader.pages) > _MOST_PAGES:
        raise UnreadableError(filename, f"has more than {_MOST_PAGES:,} pages", "split it into smaller files")
    return reader


def _words_of(page: pypdf.PageObject) -> str:
    return page.extract_text()[:MAX_TEXT].strip()


def _properties(reader: pypdf.PdfReader) -> tuple[str, str]:
    """Title and date of making, each empty where it is missing or broken: the text is what matters."""
    try:
        known = reader.metadata
        title = tidy_line(str(known.title or "")) if known else ""
        made = known.creation_date if known else None
    except (PyPdfError, ValueError, TypeError, AttributeError):
        return "", ""
    return title, written_of(made) if made else ""
