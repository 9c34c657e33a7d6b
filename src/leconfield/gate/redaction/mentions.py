"""Every mention of who or what is masked once is masked: one left over undoes all the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import ahocorasick

from leconfield.gate.redaction.features import TITLES
from leconfield.gate.redaction.model import By, Reason
from leconfield.gate.redaction.stretches import Stretch, is_content
from leconfield.intake.extraction.features import word_table
from leconfield.intake.extraction.places import folded
from leconfield.intake.extraction.text import Sentence

MENTION: Final = "mention of masked words"
"""The name under which these are recorded."""
_SHORTEST_PART: Final = 3
_LENGTHS: Final = range(3, 121)
"""Of words that are looked for again; a longer stretch is a passage, whose names are masked for themselves."""
_LETTERS: Final = re.compile(r"[^\W\d_]+(?:['’\-‐‑][^\W\d_]+)*")
_ANY_BLANK: Final = re.compile(r"\s")
_WORD: Final = re.compile(r"\w")
_INITIALS: Final = re.compile(r"(?<![\w.])[^\W\d_]\.(?:[ \t\-‐‑]?[^\W\d_]\.){1,4}")
_PARTICLES: Final = frozenset(
    ["al", "el", "bin", "ibn", "abu", "de", "la", "del", "los", "las", "da", "di", "van", "von", "der", "den", "sir"]
)


def further(text: str, tokens: Sentence, masked: Sequence[Stretch], *, cased: bool) -> list[Stretch]:
    """Stretches that mean who or what is masked already: parts and initials of names, the same words again.

    `cased`: whether the text knows capitals; where it does, a name begins with one.
    """
    people = [text[each.start : each.end] for each in masked if each.reason is Reason.PERSON]
    found = [*_by_part(tokens, people, cased), *_by_initials(text, people), *_again(text, masked, cased)]
    return [Stretch(start, end, reason, By.PATTERN, MENTION) for start, end, reason in found]


def _by_part(tokens: Sentence, people: Iterable[str], cased: bool) -> Iterator[tuple[int, int, Reason]]:
    """Words that are part of a masked person's name."""
    parts = frozenset(part for name in people for part in _parts(name, cased))
    for token in tokens:
        if token.text[:1].isalpha() and (not cased or token.text[:1].isupper()) and folded(token.text) in parts:
            yield token.start, token.end, Reason.PERSON


def _parts(name: str, cased: bool) -> Iterator[str]:
    """The parts of a name that mean its bearer by themselves: no titles, particles, initials or everyday words."""
    for word in _LETTERS.findall(name):
        low = word.lower()
        if len(word) < _SHORTEST_PART or low in TITLES or low in _PARTICLES or (cased and not word[0].isupper()):
            continue
        if "low" not in word_table().get(low, ()):
            yield folded(word)


def _by_initials(text: str, people: Iterable[str]) -> Iterator[tuple[int, int, Reason]]:
    """Initials with dots that are those of a masked person's name, or that are masked somewhere themselves."""
    known = {_initials(name) for name in people} - {""}
    for found in _INITIALS.finditer(text) if known else ():
        if "".join(filter(str.isalpha, found.group())).upper() in known:
            yield found.start(), found.end(), Reason.PERSON


def _initials(name: str) -> str:
    words = [each for each in _LETTERS.findall(name) if each.lower() not in TITLES and each[0].isupper()]
    return "".join(each[0] for each in words).upper() if len(words) > 1 else ""


def _again(text: str, masked: Iterable[Stretch], cased: bool) -> Iterator[tuple[int, int, Reason]]:
    """The very words of a masked stretch, wherever else they stand whole."""
    automaton = ahocorasick.Automaton()
    for each in masked:
        words = bare(text[each.start : each.end])
        if is_telling(words):
            automaton.add_word(words if cased else words.lower(), (len(words), each.reason))
    if not len(automaton):
        return
    automaton.make_automaton()
    lines = _ANY_BLANK.sub(" ", text)
    for last, (length, reason) in automaton.iter(lines if cased else _lowered(lines)):
        start, end = last + 1 - length, last + 1
        if not _goes_on(text, start) and not _goes_on(text, end):
            yield start, end, reason


def _lowered(text: str) -> str:
    """The text in lower case, every letter in its place."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(each.lower()[0] for each in text)


def _goes_on(text: str, at: int) -> bool:
    """Whether a word goes on over this place."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def bare(words: str) -> str:
    """The words without signs at their ends, a blank between each two."""
    first = _WORD.search(words)
    if first is None:
        return ""
    last = next(at for at in range(len(words), first.start(), -1) if _WORD.match(words[at - 1]))
    return " ".join(words[first.start() : last].split())


def is_telling(words: str) -> bool:
    """Whether the words mean the same thing wherever they stand: they hold a capital or a figure, and content."""
    capital = any(c.isupper() or c.isdigit() for c in words)
    return len(words) in _LENGTHS and capital and any(map(is_content, words.split()))
