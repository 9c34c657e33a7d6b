"""Bytes to text: the character set, and the one normal form in which a document's text is kept."""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache
from typing import Final

from leconfield.intake.readers.model import MAX_TEXT, UnreadableError
from leconfield.registry.charsets import BOMS, likeliest, looks_binary, utf16_without_mark

_LINE_BREAKS: Final = re.compile(r"\r\n?|[\x0b\x85\u2028]")
_PAGE_BREAKS: Final = re.compile(r"[\f\u2029]")
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\ud800-\udfff\ufeff\ufffe\uffff]")
_LONGEST_MARKS: Final = 30


def decoded(content: bytes, filename: str, declared: str = "") -> str:
    """The text of `content`: by its byte order mark, the declared character set, UTF-8, or the likeliest other one.

    Raises:
        UnreadableError: if the bytes are not text.
    """
    for mark, name in BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, errors="replace")
    wide = utf16_without_mark(content)
    if wide:
        return content.decode(wide, errors="replace")
    if looks_binary(content):
        raise UnreadableError(filename, "holds bytes that are no text", "save it as text, DOCX or PDF and try again")
    for name in (declared, "utf-8"):
        text = _strictly(content, name)
        if text is not None:
            return text
    return content.decode(likeliest(content), errors="replace")


def _strictly(content: bytes, name: str) -> str | None:
    if not name:
        return None
    try:
        if not codecs.lookup(name).name.startswith(
            ("utf", "iso8859", "cp", "koi8", "mac", "gb", "big5", "euc", "shift", "ascii")
        ):
            return None
        return content.decode(name)
    except (LookupError, ValueError):
        return None


def tidy(text: str, filename: str) -> str:
    """`text` in the form in which documents are kept (see `Document.text`), without blank beginning and end.

    Raises:
        UnreadableError: if nothing is left, or more than `MAX_TEXT` characters.
    """
    if len(text) > MAX_TEXT:
        raise UnreadableError(
            filename, f"holds more than {MAX_TEXT:,} characters of text", "split it into smaller files"
        )
    text = normal(text)
    if not text:
        raise UnreadableError(filename, "holds no words", "check that it is the right file and was saved whole")
    return text


def normal(text: str) -> str:
    """`text` in the form in which documents are kept; perhaps nothing is left."""
    text = _LINE_BREAKS.sub("\n", text)
    text = _UNSEEN.sub("", _PAGE_BREAKS.sub("\n\n", text))
    if not text.isascii():
        text = unicodedata.normalize("NFC", _piled_marks().sub(r"\1", text))
    return text.strip()


def tidy_line(text: str, longest: int = 500) -> str:
    """`text` as one line without control characters, for a title, a name or a cell; cut at `longest` characters."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())[:longest].rstrip()
    line = " ".join(_UNSEEN.sub("", text[: longest * 10].replace("\xa0", " ")).split())
    return unicodedata.normalize("NFC", _piled_marks().sub(r"\1", line))[:longest].rstrip()


@lru_cache(maxsize=1)
def _piled_marks() -> re.Pattern[str]:
    """More combining marks in a row than any language writes: normalising them takes time squared in their number.

    The bound is that of the stream-safe text format (Unicode Standard Annex 15).
    """
    marks = "".join(chr(code) for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code)))
    return re.compile(f"([{marks}]{{{_LONGEST_MARKS}}})[{marks}]+")
