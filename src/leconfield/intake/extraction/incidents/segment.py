"""A report cut into sentences and words; every piece knows its place in the original text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from leconfield.intake.extraction.incidents.lexicon import lexicon

_WORD: Final = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,:]\d+)*|'s\b|[^\W\d_]+|[^\w\s]|_")
_PARAGRAPH: Final = re.compile(r"\n\s*\n|(?<=[.!?)\"']) {3,}|\n(?=\s*(?:[-*•]|\d+[.)])\s)|\n(?=[a-z][\w ]{0,20}: )")
_ABBREVIATIONS: Final = frozenset(lexicon().words["abbreviations"])
_CLOSERS: Final = frozenset("\"')]”’")
LONGEST: Final = 160
"""Words in the longest sentence that is read as one; a longer one is cut (hostile or unpunctuated text)."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A run of words: their lower-case forms and where each begins and ends in the text."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.starts[0]

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return self.ends[-1]


def plain(text: str) -> str:
    """The text in lower case with round brackets and straight quotes, of the same length as the original."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return lowered.translate(_SAME_WIDTH)


_SAME_WIDTH: Final = str.maketrans({"[": "(", "]": ")", "’": "'", "‘": "'", "“": '"', "”": '"', "`": "'"})


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text in order; none is longer than `LONGEST` words."""
    low = plain(text)
    cuts = [0, *(m.end() for m in _PARAGRAPH.finditer(low)), len(low)]
    found: list[Sentence] = []
    for start, end in pairwise(cuts):
        found.extend(_of_paragraph(low, start, end))
    return tuple(found)


def _of_paragraph(low: str, start: int, end: int) -> list[Sentence]:
    tokens = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(low, start, end)]
    found: list[Sentence] = []
    begin = 0
    for at in range(len(tokens)):
        if at + 1 - begin >= LONGEST or _closes(tokens, at, low):
            found.append(_sentence(tokens[begin : at + 1]))
            begin = at + 1
    if begin < len(tokens):
        found.append(_sentence(tokens[begin:]))
    return found


def _closes(tokens: list[tuple[str, int, int]], at: int, low: str) -> bool:
    """Whether a sentence ends with this token: a stop (and its closing quotes), space behind it, no abbreviation."""
    word, _, end = tokens[at]
    if end < len(low) and not low[end].isspace():
        return False
    stop = at
    while stop > 0 and word in _CLOSERS and tokens[stop - 1][2] == tokens[stop][1]:
        stop -= 1
        word = tokens[stop][0]
    if word not in {".", "!", "?"}:
        return False
    before = tokens[stop - 1][0] if stop else ""
    return word != "." or not (before in _ABBREVIATIONS or (len(before) == 1 and before.isalpha()))


def _sentence(tokens: list[tuple[str, int, int]]) -> Sentence:
    words, starts, ends = zip(*tokens, strict=True)
    return Sentence(words, starts, ends)
