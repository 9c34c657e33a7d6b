"""The character set of bytes that do not say what it is: told by their mark, by their look, or by what reads best."""

from __future__ import annotations

import codecs
import re
from typing import Final

from charset_normalizer import from_bytes

from leconfield.errors import BadInputError

BOMS: Final = (
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
_LEAD: Final = 256
"""Bytes of plain ASCII looked at before the first one beyond it."""
_BEYOND_ASCII: Final = re.compile(rb"[^\x00-\x7f]")
_WESTERN: Final = re.compile(r"[\n\r\t\f -~À-ÖØ-öø-ÿŒœŠšŽž‘’“”–—…•€£§©®°ºª«»¡¿·´\xa0]*")
_CONTROL_BYTES: Final = bytes(code for code in range(32) if code not in b"\t\n\r\f\x0b\x1a\x1b\x1c\x1d\x1e\x1f")


def charset_of(sample: bytes, called: str) -> str:
    """The character set of a long text of which `sample` is the beginning; its name takes the byte order mark off.

    Raises:
        BadInputError: if the bytes are not text.
    """
    for mark, name in BOMS:
        if sample.startswith(mark):
            return {"utf-8": "utf-8-sig"}.get(name, name[:6])
    wide = utf16_without_mark(sample[: len(sample) // 2 * 2])
    if wide:
        return wide
    if looks_binary(sample):
        raise BadInputError(f'"{called}" holds bytes that are no text; save it as text in UTF-8 and try again')
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return likeliest(sample)
    return "utf-8"


def looks_binary(content: bytes) -> bool:
    """Whether more than one byte in a hundred of the beginning is a control character that text does not use."""
    beginning = content[:65_536]
    return len(beginning) - len(beginning.translate(None, _CONTROL_BYTES)) > len(beginning) / 100


def utf16_without_mark(content: bytes) -> str:
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


def likeliest(content: bytes) -> str:
    """The character set under which the text looks least like noise; Western where several do equally."""
    beyond_ascii = _BEYOND_ASCII.search(content)
    begin = max(beyond_ascii.start() - _LEAD, 0) if beyond_ascii else 0
    sample = content[begin : begin + _SAMPLE]
    found = from_bytes(sample, cp_isolation=_LIKELY)
    best = found.best()
    if best is None:
        return "cp1252"
    ties = {each.encoding for each in found if each.chaos <= best.chaos}
    if "cp1252" in ties and _WESTERN.fullmatch(sample.decode("cp1252", errors="replace")):
        return "cp1252"
    return best.encoding
