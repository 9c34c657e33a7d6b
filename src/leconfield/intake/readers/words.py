"""Bytes to text: the character set, and the one normal form in which a document's text is kept."""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache
from typing import Final

from charset_normalizer import from_bytes

from leconfield.intake.readers.model import MAX_TEXT, UnreadableError

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LIKELY: Final = [
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1256",
    "cp1253",
    "cp1254",
    "cp1255",
    "koi8_r",
    "shift_jis",
    "gb18030",
]
_SAMPLE: Final = 16_384
_WESTERN: Final = re.compile(r"[\n\r\t\f -~À-ÖØ-öø-ÿŒœŠšŽž‘’“”–—…•€£§©®°ºª«»¡¿·´\xa0]*")
_CONTROL_BYTES: Final = bytes(code for code in range(32) if code not in b"\t\n\r\f\x0b\x1a\x1b\x1c\x1d\x1e\x1f")
_LINE_BREAKS: Final = re.compile(r"\r\n?|[\x0b\x85\u2028]")
_PAGE_BREAKS: Final = re.compile(r"[\f\u2029]")
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\ud800-\udfff\ufeff\ufffe\uffff]")
_LONGEST_MARKS: Final = 30


def decoded(content: bytes, filename: str, declared: str = "") -> str:
    """The text of `content`: by its byte order mark, the declared character set, UTF-8, or the likeliest other one.

    Raises:
        UnreadableError: if the bytes are not text.
    """
    for mark, name in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, errors="replace")
    wide = _utf16_without_mark(content)
    if wide:
        return content.decode(wide, errors="replace")
    if looks_binary(content):
        raise UnreadableError(filename, "holds bytes that are no text", "save it as text, DOCX or PDF and try again")
    for name in (declared, "utf-8"):
        text = _strictly(content, name)
        if text is not None:
            return text
    return content.decode(_likeliest(content), errors="replace")


def charset_of(sample: bytes, filename: str) -> str:
    """The character set of a long text of which `sample` is the beginning; its name takes the byte order mark off.

    Raises:
        UnreadableError: if the bytes are not text.
    """
    for mark, name in _BOMS:
        if sample.startswith(mark):
            return {"utf-8": "utf-8-sig"}.get(name, name[:6])
    wide = _utf16_without_mark(sample[: len(sample) // 2 * 2])
    if wide:
        return wide
    if looks_binary(sample):
        raise UnreadableError(filename, "holds bytes that are no text", "save it as text in UTF-8 and try again")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return _likeliest(sample)
    return "utf-8"


def looks_binary(content: bytes) -> bool:
    """Whether more than one byte in a hundred of the beginning is a control character that text does not use."""
    beginning = content[:65_536]
    return len(beginning) - len(beginning.translate(None, _CONTROL_BYTES)) > len(beginning) / 100


def _utf16_without_mark(content: bytes) -> str:
    """`utf-16-le` or `-be` where every other byte is mostly zero, as in Western text saved without a mark."""
    sample = content[:4096]
    half = len(sample) // 2
    if half < 4 or len(content) % 2:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return ""


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


def _likeliest(content: bytes) -> str:
    """The character set under which the text looks least like noise; Western where several do equally."""
    sample = content[:_SAMPLE]
    found = from_bytes(sample, cp_isolation=_LIKELY)
    best = found.best()
    if best is None:
        return "cp1252"
    ties = {each.encoding for each in found if each.chaos <= best.chaos}
    if "cp1252" in ties and _WESTERN.fullmatch(sample.decode("cp1252", errors="replace")):
        return "cp1252"
    return best.encoding


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
