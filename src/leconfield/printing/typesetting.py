"""Runs of words become lines: joined where the script joins, broken at blanks, each line in the order it is set in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from leconfield.printing.fonts import EMPHASIS, MONO, PLAIN, STRONG, letter_in, width_of
from leconfield.printing.model import Span, Text, spans
from leconfield.printing.rightward import base, goes_right, joined, levels, mirrored, visual_order

_BREAKABLE_AFTER = frozenset("-/–—\u200b")


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one face and kind, from left to right."""

    words: str
    face: str
    width: float
    """In points."""
    grave: bool
    report: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is set."""

    runs: tuple[Run, ...]
    width: float
    rightward: bool
    """Whether its paragraph runs from right to left, so that it is set to the right."""
    said: str
    """What it says in the order in which it is read, where that is another than the one it is set in; else empty."""


@dataclass(frozen=True, slots=True)
class _Letter:
    """One character as it is set, and what it stands for."""

    said: str
    shown: str
    face: str
    width: float
    level: int
    grave: bool
    report: str
    anchor: str


def lines_of(text: Text, size: float, width: float, *, strong: bool = False) -> list[Line]:
    """The lines that a text takes in a column of that width (points); at least one, empty if there are no words."""
    found: list[Line] = []
    for paragraph in _paragraphs(spans(text)):
        words = "".join(each.words for each in paragraph)
        right = goes_right(words)
        letters = _letters(paragraph, words, size, strong=strong, right=right)
        side = bool(right and base(words))
        found += [_line(each, rightward=side) for each in _broken(letters, width)]
    return found


def _paragraphs(runs: tuple[Span, ...]) -> Iterator[list[Span]]:
    """The runs between line breaks."""
    current: list[Span] = []
    for each in runs:
        first, *rest = each.words.split("\n")
        current.append(replace(each, words=first))
        for words in rest:
            yield current
            current = [replace(each, words=words)]
    yield current


def _face(span: Span, *, strong: bool) -> str:
    if span.mono:
        return MONO
    return STRONG if strong or span.strong else EMPHASIS if span.emphasis else PLAIN


def _letters(paragraph: list[Span], words: str, size: float, *, strong: bool, right: bool) -> list[_Letter]:
    shown = joined(words) if right else words
    level = levels(words) if right else [0] * len(words)
    found: list[_Letter] = []
    place = 0
    for span in paragraph:
        wanted = _face(span, strong=strong)
        for said in span.words:
            letter = mirrored(shown[place]) if level[place] % 2 == 1 else shown[place]
            if level[place] < 0 or not letter or letter in "\u200b\u200c\u200d\ufeff\u00ad":
                found.append(_Letter(said, "", wanted, 0.0, max(level[place], 0), span.grave, span.report, span.anchor))
            else:
                face, letter = letter_in(wanted, letter)
                across = width_of(face, letter) * size / 1000
                found.append(_Letter(said, letter, face, across, level[place], span.grave, span.report, span.anchor))
            place += 1
    return found


def _broken(letters: list[_Letter], width: float) -> Iterator[list[_Letter]]:
    """Filled lines; a word that is wider than the column is cut."""
    line: list[_Letter] = []
    across = 0.0
    for word in _words(letters):
        if line and across + _without_tail(word) > width:
            yield line
            line, across = [], 0.0
        rest = word
        while _without_tail(rest) > width:
            cut = _fitting(rest, width)
            yield rest[:cut]
            rest = rest[cut:]
        line = line + rest
        across += sum(each.width for each in rest)
    yield line


def _words(letters: list[_Letter]) -> Iterator[list[_Letter]]:
    """Pieces after which a line may end, the blank behind each with it."""
    word: list[_Letter] = []
    for place, each in enumerate(letters):
        word.append(each)
        after = letters[place + 1].said if place + 1 < len(letters) else ""
        blank = each.said.isspace() and each.said != "\u00a0"
        east = each.said >= "\u2e80" and each.face != PLAIN and not each.face.startswith("DejaVu")
        if (blank and not after.isspace()) or (each.said in _BREAKABLE_AFTER and after.isalpha()) or east:
            yield word
            word = []
    if word:
        yield word


def _without_tail(word: list[_Letter]) -> float:
    return sum(each.width for each in word if not each.said.isspace())


def _fitting(word: list[_Letter], width: float) -> int:
    """How many letters of the word fit; one at least."""
    across = 0.0
    for place, each in enumerate(word):
        across += each.width
        if across > width:
            return max(place, 1)
    return len(word)


def _line(letters: list[_Letter], *, rightward: bool) -> Line:
    end = len(letters)
    while end and letters[end - 1].said.isspace():
        end -= 1
    kept = letters[:end]
    ordered = [kept[place] for place in visual_order([each.level for each in kept])]
    runs = tuple(
        Run("".join(each.shown for each in group), key[0], sum(each.width for each in group), *key[1:])
        for key, group in ((key, list(found)) for key, found in groupby(ordered, _kind))
    )
    turned = ordered != kept or any(each.shown != each.said for each in kept if each.shown)
    said = "".join(each.said for each in kept) if turned else ""
    return Line(runs, sum(each.width for each in runs), rightward, said)


def _kind(letter: _Letter) -> tuple[str, bool, str, str]:
    return letter.face, letter.grave, letter.report, letter.anchor
