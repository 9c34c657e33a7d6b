"""The signs in which names are transliterated: units of the other script on one side, letters a to z on the other."""

from __future__ import annotations

import unicodedata
from typing import Final

from leconfield.registry.scripts import LATIN, fold, romanise, script_of

MOST_UNITS: Final = 40
"""Longer parts are cut: no name needs them, and hostile input must not cost time."""
_TO_KATAKANA: Final = 0x60


def units_of(part: str) -> str:
    """The units of a part in another script: letters, Hangul as its single sounds, Hiragana as Katakana."""
    folded = fold(part[: 4 * MOST_UNITS])
    folded = "".join(chr(ord(each) + _TO_KATAKANA) if "ぁ" <= each <= "ゖ" else each for each in folded)
    if any("가" <= each <= "힣" for each in folded):
        folded = unicodedata.normalize("NFD", folded)
    return "".join(each for each in folded if each.isalpha() or each == "ー")[:MOST_UNITS]


def latin_of(text: str) -> str:
    """The letters a to z of a Latin name part; everything else is left out."""
    return "".join(each for each in romanise(text[: 4 * MOST_UNITS]) if "a" <= each <= "z")[:MOST_UNITS]


def learned_script(units: str) -> str:
    """The script whose model reads these units; `Latin` where there is nothing to read."""
    return script_of(unicodedata.normalize("NFC", units)) if units else LATIN
