"""The faces that a PDF is set in: DejaVu Sans Condensed and Mono; for Chinese, Japanese and Korean the reader's own.

The DejaVu faces travel with the product (its web build brings them) and are put into the PDF: Latin, Cyrillic, Greek,
Armenian, Georgian, Hebrew, Arabic and more. The faces for Han, kana and hangul are only named in the PDF (Adobe's CID
fonts), so whoever opens it needs fonts for them, as every usual system has. What none has is set as `NO_LETTER`.
"""

from __future__ import annotations

import threading
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont

import leconfield
from leconfield.errors import DamagedError

FACES: Final = Path(leconfield.__file__).parent / "web" / "static" / "built" / "print"
PLAIN: Final = "DejaVuSansCondensed"
STRONG: Final = "DejaVuSansCondensed-Bold"
EMPHASIS: Final = "DejaVuSansCondensed-Oblique"
MONO: Final = "DejaVuSansMono"
NO_LETTER: Final = "\u25a1"
"""A white square."""
_EAST: Final = (
    (0x1100, 0x11FF, "HYGothic-Medium"),
    (0x2E80, 0x303F, "STSong-Light"),
    (0x3040, 0x30FF, "HeiseiKakuGo-W5"),
    (0x3130, 0x318F, "HYGothic-Medium"),
    (0x3400, 0x9FFF, "STSong-Light"),
    (0xAC00, 0xD7AF, "HYGothic-Medium"),
    (0xF900, 0xFAFF, "STSong-Light"),
    (0xFF00, 0xFFEF, "HeiseiKakuGo-W5"),
)
"""First and last code point, and the face: Han, kana, hangul."""
_LOCK: Final = threading.Lock()
at_a_time: Final = threading.Lock()
"""Held while a paper is written: fonts are shared by all papers of the process."""
_MOST_CODES: Final = 12


@lru_cache(maxsize=8)
def _embedded(face: str) -> TTFont:
    try:
        font = TTFont(face, str(FACES / f"{face}.ttf"))
    except (TTFError, OSError) as error:
        raise DamagedError(
            f"the font {face} for printing is not built; run python tools/build_web.py, or install the wheel"
        ) from error
    pdfmetrics.registerFont(font)
    return font


@lru_cache(maxsize=4)
def _eastern(face: str) -> UnicodeCIDFont:
    font = UnicodeCIDFont(face)
    pdfmetrics.registerFont(font)
    return font


@lru_cache(maxsize=65536)
def letter_in(face: str, letter: str) -> tuple[str, str]:
    """The face that a letter is set in where `face` is wanted, and the letter itself, or what stands for it.

    Raises:
        DamagedError: if the fonts were not built.
    """
    with _LOCK:
        code = ord(letter)
        for each in dict.fromkeys((face, PLAIN)):
            if code in _embedded(each).face.charToGlyph:
                return each, letter
        eastern = _east_of(code)
        if eastern:
            _eastern(eastern)
            return eastern, letter
    return letter_in(face, NO_LETTER) if letter != NO_LETTER else (face, letter)


@lru_cache(maxsize=65536)
def width_of(face: str, letter: str) -> float:
    """How wide the letter is in that face, in thousandths of the size."""
    with _LOCK:
        font = _eastern(face) if any(face == name for _, _, name in _EAST) else _embedded(face)
        return float(font.stringWidth(letter, 1000))


def unprintable(text: str) -> list[str]:
    """The letters of the text that no face has, each once."""
    printed = (each for each in dict.fromkeys(text) if each not in "\n\u00ad" and each.isprintable())
    return [each for each in printed if letter_in(PLAIN, each)[1] != each]


def notes_on(text: str, elsewhere: str) -> list[str]:
    """What a paper with that text must say of itself, so that nobody takes squares or blanks for names.

    `elsewhere`: the kind of file in which letters stand that no face has.
    """
    notes: list[str] = []
    if missing := unprintable(text):
        scripts = ", ".join(dict.fromkeys(_script(each) for each in missing))
        codes = ", ".join(f"U+{ord(each):04X}" for each in sorted(missing)[:_MOST_CODES])
        notes.append(f"Squares stand for letters that no font here has: {scripts} ({codes}); see the {elsewhere}.")
    if has_eastern(text):
        notes.append("Chinese, Japanese and Korean are set in a font of whatever shows this page, if it has one.")
    return notes


def _script(letter: str) -> str:
    """What people call the letter's script: the first word of its name in Unicode."""
    return unicodedata.name(letter, "unnamed").partition(" ")[0].capitalize()


def has_eastern(text: str) -> bool:
    """Whether anything in it is set in a face that is only named in the file."""
    return any(_east_of(ord(each)) and letter_in(PLAIN, each)[0] == _east_of(ord(each)) for each in dict.fromkeys(text))


def _east_of(code: int) -> str:
    return next((name for first, last, name in _EAST if first <= code <= last), "")
