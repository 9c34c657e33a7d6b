"""A look through a finished file for words that were masked: in what it shows, and in every byte of it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Final

import pypdf
from pypdf.generic import StreamObject

from leconfield.gate.redaction.mentions import bare, is_telling
from leconfield.gate.redaction.model import MASK_WORDS, Redacted
from leconfield.gate.redaction.plain import plain

_SHORTEST_BYTES: Final = 6
"""Shorter words stand among any bytes by chance."""
_ENCODINGS: Final = ("utf-8", "utf-16-le", "utf-16-be")
_TAG: Final = re.compile(r"<[^>]*>")
_MASKS: Final = re.compile("|".join(map(re.escape, sorted(MASK_WORDS.values()))))


def left_behind(content: bytes, kind: str, redacted: Redacted, frame: bytes) -> list[str]:
    """The masked words that can still be found in a file; `frame`: the same file without any text, which may hold them.

    A name, number or date is looked for as whole words in what the file shows, and as bytes in all that it holds.
    """
    secrets = sorted({words for words in map(_joined, redacted.masked) if is_telling(words)})
    if not secrets:
        return []
    shown = _joined(_MASKS.sub(" ", " ".join(_SHOWN[kind](content))))
    framed = _joined(" ".join(_SHOWN[kind](frame)))
    held, frame_held = b"\0".join(_HELD[kind](content)), b"\0".join(_HELD[kind](frame))
    return [
        secret
        for secret in secrets
        if _shows(shown, secret, framed) or (len(secret) >= _SHORTEST_BYTES and _holds(held, secret, frame_held))
    ]


def _joined(words: str) -> str:
    return bare(plain(words).text)


def _shows(shown: str, secret: str, framed: str) -> bool:
    if secret not in shown or secret in framed:
        return False
    return re.search(rf"(?<!\w){re.escape(secret)}(?!\w)", shown) is not None


def _holds(held: bytes, secret: str, frame: bytes) -> bool:
    for encoding in _ENCODINGS:
        wanted = secret.encode(encoding, "replace")
        at = held.find(wanted)
        while at >= 0 and wanted not in frame:
            if not _goes_on(held, at, at + len(wanted)):
                return True
            at = held.find(wanted, at + 1)
    return False


def _goes_on(held: bytes, start: int, end: int) -> bool:
    """Whether letters or figures of the same word stand before or behind."""
    return held[max(0, start - 1) : start].isalnum() or held[end : end + 1].isalnum()


def _text_shown(content: bytes) -> Iterator[str]:
    yield content.decode("utf-8", "replace")


def _docx_shown(content: bytes) -> Iterator[str]:
    for part in _docx_held(content):
        yield _TAG.sub("", part.decode("utf-8", "replace"))


def _pdf_shown(content: bytes) -> Iterator[str]:
    reader = pypdf.PdfReader(io.BytesIO(content))
    yield from (page.extract_text() for page in reader.pages)
    yield from (str(value) for value in (reader.metadata or {}).values())


def _whole(content: bytes) -> Iterator[bytes]:
    """The bytes but the mask words, which may be words of the text themselves."""
    yield re.sub(_MASKS.pattern.encode(), b" ", content)


def _docx_held(content: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            yield name.encode()
            yield re.sub(_MASKS.pattern.encode(), b" ", packed.read(name))


def _pdf_held(content: bytes) -> Iterator[bytes]:
    yield content
    reader = pypdf.PdfReader(io.BytesIO(content))
    for number in reader.xref.get(0, ()):
        found = reader.get_object(number)
        if isinstance(found, StreamObject):
            yield found.get_data()


_SHOWN: Final[dict[str, Callable[[bytes], Iterator[str]]]] = {
    "txt": _text_shown,
    "docx": _docx_shown,
    "pdf": _pdf_shown,
}
_HELD: Final[dict[str, Callable[[bytes], Iterator[bytes]]]] = {"txt": _whole, "docx": _docx_held, "pdf": _pdf_held}
