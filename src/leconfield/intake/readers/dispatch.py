"""Which reader reads a file: what its bytes show first, what its name says second."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from leconfield.intake.readers.form import is_form, read_form
from leconfield.intake.readers.model import MAX_BYTES, Document, UnreadableError
from leconfield.intake.readers.page import is_page, read_page
from leconfield.intake.readers.words import decoded, tidy

_FOREIGN: Final = (
    (b"\x89PNG\r\n", "is a picture", "have its text typed or recognised (OCR) first"),
    (b"\xff\xd8\xff", "is a picture", "have its text typed or recognised (OCR) first"),
    (b"GIF8", "is a picture", "have its text typed or recognised (OCR) first"),
    (b"II*\x00", "is a picture", "have its text typed or recognised (OCR) first"),
    (b"MM\x00*", "is a picture", "have its text typed or recognised (OCR) first"),
    (b"\xd0\xcf\x11\xe0", "is an old Office file", "save it as DOCX or PDF and try again"),
    (b"{\\rtf", "is an RTF file", "save it as DOCX or PDF and try again"),
    (b"\x1f\x8b", "is a compressed file", "unpack it first"),
    (b"7z\xbc\xaf", "is a compressed file", "unpack it first"),
    (b"Rar!", "is a compressed file", "unpack it first"),
    (b"\x7fELF", "is a program", "leave it out"),
    (b"MZ\x90", "is a program", "leave it out"),
    (b"SQLite format 3", "is a database", "export it as CSV and load that with a mapping"),
)
_PAGES: Final = frozenset({".html", ".htm", ".xhtml", ".xht"})


def read(content: bytes, filename: str) -> Document:
    """What the file says.

    Raises:
        UnreadableError: if no reader can make text of it, with the reason and what to do; never anything else.
    """
    if not content:
        raise UnreadableError(filename, "is empty", "check that it was saved whole")
    if len(content) > MAX_BYTES:
        raise UnreadableError(filename, f"is larger than {MAX_BYTES // 2**20} MB", "split it into smaller files")
    try:
        return _read(content, filename)
    except UnreadableError:
        raise
    except Exception as error:  # the parsers of other people's formats raise anything on broken files
        raise UnreadableError(
            filename, f"is damaged ({type(error).__name__})", "open and save it again in the program that made it"
        ) from error


def _read(content: bytes, filename: str) -> Document:
    for magic, reason, fix in _FOREIGN:
        if content.startswith(magic):
            raise UnreadableError(filename, reason, fix)
    suffix = PurePath(filename).suffix.lower()
    if is_page(content) or suffix in _PAGES:
        return read_page(content, filename)
    return _read_text(content, filename)


def _read_text(content: bytes, filename: str) -> Document:
    text = tidy(decoded(content, filename), filename)
    return read_form(text, filename) if is_form(text) else Document(text)
