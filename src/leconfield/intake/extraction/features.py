"""What a conditional random field looks at: the word, its neighbours, typed lexicons, places, names, the document."""

from __future__ import annotations

import lzma
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from leconfield.intake.extraction.places import folded, largest_kind
from leconfield.intake.extraction.text import Sentence

_LEXICON: Final = "entities.lexicon.txt"
_WORDS: Final = "entities.words.txt.xz"
_LONGEST_PLACE: Final = 4
_AFFIXES: Final = (1, 2, 3, 4)
_BESIDE: Final = (-1, 1, -2, 2)
_REMEMBERED: Final = 50_000
_RUN: Final = re.compile(r"(.)\1{2,}")
_FORMS: Final = str.maketrans({"’": "'"})

Features = list[str]


@cache
def lexicon() -> dict[str, tuple[str, ...]]:
    """The typed lexicon: a lower-case word and its classes (weapon, vehicle, title ...)."""
    found: dict[str, list[str]] = {}
    text = (files(__package__) / "models" / _LEXICON).read_text(encoding="utf-8")
    for line in text.splitlines():
        kind, _, words = line.partition(": ")
        for word in words.split():
            found.setdefault(word, []).append(kind)
    return {word: tuple(kinds) for word, kinds in found.items()}


@cache
def word_table() -> dict[str, tuple[str, ...]]:
    """Learned and counted facts of a lower-case word: its clusters, and whether people bear it as a name."""
    packed = (files(__package__) / "models" / _WORDS).read_bytes()
    found: dict[str, tuple[str, ...]] = {}
    for line in lzma.decompress(packed).decode().split("\n"):
        word, _, facts = line.partition("\t")
        found[word] = tuple(facts.split())
    return found


def shape(word: str) -> str:
    """The outline of a word: `Xxx`, `dd`, `XX`; runs longer than two are cut."""
    drawn = "".join("X" if c.isupper() else "x" if c.isalpha() else "d" if c.isdigit() else c for c in word)
    return _RUN.sub(r"\1\1", drawn)


@lru_cache(maxsize=65536)
def classes(word: str) -> tuple[str, ...]:
    """What the tables know of a lower-case word."""
    return lexicon().get(word, ()) + word_table().get(word, ())


def _own(word: str, cased: bool) -> Iterator[str]:
    low = word.lower().translate(_FORMS)
    yield "b"
    yield "w=" + low
    for n in _AFFIXES:
        yield f"p{n}={low[:n]}"
        yield f"x{n}={low[-n:]}"
    for each in classes(low):
        yield "c=" + each
    if low[:1].isdigit():
        yield "digit"
    if not cased:
        if not word.isalpha():
            yield "s=" + shape(low)
        return
    yield "s=" + shape(word)
    if word[:1].isupper():
        yield "cap"
    if word.isupper() and len(word) > 1:
        yield "allcap"


def _beside(word: str, cased: bool, offset: int) -> Iterator[str]:
    low = word.lower().translate(_FORMS)
    yield f"{offset}:w={low}"
    for each in classes(low):
        yield f"{offset}:c={each}"
    if cased:
        yield f"{offset}:s={shape(word)}"
    if abs(offset) == 1:
        yield f"{offset}:x2={low[-2:]}"
        yield f"{offset}:x3={low[-3:]}"


def place_tags(lows: Sequence[str]) -> list[str]:
    """For each word the kind of the gazetteer's place that it is part of (`city-B`, `country-I` ...); empty if none."""
    tags = [""] * len(lows)
    i = 0
    while i < len(lows):
        for n in range(min(_LONGEST_PLACE, len(lows) - i), 0, -1):
            kind = largest_kind(" ".join(lows[i : i + n])) if len(lows[i]) > 1 else ""
            if kind:
                tags[i : i + n] = [kind + "-B", *[kind + "-I"] * (n - 1)]
                i += n
                break
        else:
            i += 1
    return tags


def capitalised(sentences: Iterable[Sentence]) -> frozenset[str]:
    """The words that the document writes with a capital where no sentence begins."""
    seen = Counter(token.text.lower() for each in sentences for token in each[1:] if token.text[:1].isupper())
    return frozenset(seen)


@dataclass(frozen=True, slots=True)
class Sight:
    """A sentence as every tagger sees it, worked out once."""

    words: tuple[str, ...]
    lows: tuple[str, ...]
    places: tuple[str, ...]
    """For each word what `place_tags` says."""
    capitals: frozenset[str]
    """The words that the document writes with a capital."""


def seen(sentence: Sentence, capitals: frozenset[str]) -> Sight:
    """What is to be seen in a sentence of a document with these capitalised words."""
    words = tuple(token.text for token in sentence)
    lows = tuple(word.lower().translate(_FORMS) for word in words)
    places = place_tags([low if low.isascii() else folded(low) for low in lows])
    return Sight(words, lows, tuple(places), capitals)


class Builder:
    """Turns sentences into features for one tagger.

    `keep`: the features that the tagger's weights know; the others are never made (most of the time saved). None: all.
    """

    def __init__(self, cased: bool, keep: frozenset[str] | None = None) -> None:
        self._cased = cased
        self._keep = keep
        self._known: dict[int, dict[str, Features]] = {offset: {} for offset in (-2, -1, 0, 1, 2)}

    def rows(self, sight: Sight, hints: Sequence[str] | None = None) -> list[Features]:
        """The features of each word; `hints` are the labels that an earlier tagger gave."""
        words, last = sight.words, len(sight.words) - 1
        rows: list[Features] = []
        for i, word in enumerate(words):
            row = self._word(word, 0).copy()
            for offset in _BESIDE:
                if 0 <= i + offset <= last:
                    row += self._word(words[i + offset], offset)
            row += self._kept(self._around(sight, hints, i))
            rows.append(row)
        return rows

    def _word(self, word: str, offset: int) -> Features:
        """The features that a word gives at its own place (0) or to a neighbour's; remembered."""
        known = self._known[offset]
        found = known.get(word)
        if found is None:
            made = _beside(word, self._cased, offset) if offset else _own(word, self._cased)
            found = known[word] = self._kept(made)
            if len(known) > _REMEMBERED:
                known.clear()
        return found

    def _kept(self, made: Iterable[str]) -> Features:
        keep = self._keep
        return list(made) if keep is None else [each for each in made if each in keep]

    def _around(self, sight: Sight, hints: Sequence[str] | None, i: int) -> Features:
        lows, last = sight.lows, len(sight.lows) - 1
        found = ["b-=" + lows[i - 1] + "|" + lows[i] if i else "-1:EDGE"]
        found.append("b+=" + lows[i] + "|" + lows[i + 1] if i < last else "1:EDGE")
        for offset in (-1, 0, 1):
            if 0 <= i + offset <= last and sight.places[i + offset]:
                found.append(f"{offset}:g={sight.places[i + offset]}")
            if hints is not None:
                found.append(f"{offset}:h={hints[i + offset] if 0 <= i + offset <= last else 'EDGE'}")
        if self._cased and lows[i] in sight.capitals:
            found.append("doccap")
        return found
