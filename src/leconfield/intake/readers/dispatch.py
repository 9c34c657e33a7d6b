"""Which reader reads a file: what its bytes show first, what its name says second."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from leconfield.intake.readers.archives import ZIP_MARK, refuse_other_archives
from leconfield.intake.readers.form import is_form, read_form
from leconfield.intake.readers.isolation import read_apart
from leconfield.intake.readers.message import is_message, read_message
from leconfield.intake.readers.model import MAX_BYTES, Document, UnreadableError, guarded
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
_PDF_MARK: Final = b"%PDF-"
"""May stand anywhere in the first kilobyte (ISO 32000-1, annex H)."""
_OFFICE: Final = frozenset({".docx", ".xlsx", ".pdf"})
_TABLES: Final = frozenset({".csv", ".tsv"})
_ENTITIES: Final = (".ftm.jsonl", ".ftm.json", ".jsonl", ".ndjson")
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
    return guarded(_read, content, filename)


def _read(content: bytes, filename: str) -> Document:
    for magic, reason, fix in _FOREIGN:
        if content.startswith(magic):
            raise UnreadableError(filename, reason, fix)
    suffix = PurePath(filename).suffix.lower()
    if content.startswith(ZIP_MARK):
        refuse_other_archives(content, filename)
        return read_apart("docx", content, filename)
    if content[:1024].lstrip().startswith(_PDF_MARK) or (suffix == ".pdf" and _PDF_MARK in content[:1024]):
        return read_apart("pdf", content, filename)
    if suffix in _OFFICE:
        raise UnreadableError(filename, f"is no {suffix[1:].upper()} file inside", "check that it was saved whole")
    if suffix in _TABLES:
        raise UnreadableError(filename, "is a table", 'load it with "leconfield load" and a mapping')
    if filename.lower().endswith(_ENTITIES):
        raise UnreadableError(filename, "holds entities, one a line", 'load it with "leconfield load"')
    if is_page(content) or suffix in _PAGES:
        return read_page(content, filename)
    if suffix == ".eml" or is_message(content):
        return read_message(content, filename)
    return _read_text(content, filename)


def _read_text(content: bytes, filename: str) -> Document:
    text = tidy(decoded(content, filename), filename)
    return read_form(text, filename) if is_form(text) else Document(text)
