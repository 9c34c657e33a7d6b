"""What a conditional random field looks at: the word, its neighbours, typed lexicons, places, names, the document."""

from __future__ import annotations

import lzma
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from leconfield.intake.extraction.places import folded, largest_kind
from leconfield.intake.extraction.text import Sentence

_LEXICON: Final = "entities.lexicon.txt"
_WORDS: Final = "entities.words.txt.xz"
_LONGEST_PLACE: Final = 4
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


@lru_cache(maxsize=65536)
def _own(word: str, cased: bool) -> tuple[str, ...]:
    low = word.lower().translate(_FORMS)
    found = [
        "w=" + low,
        *("p%d=%s" % (n, low[:n]) for n in (1, 2, 3, 4)),
        *("x%d=%s" % (n, low[-n:]) for n in (1, 2, 3, 4)),
    ]
    found += ["c=" + each for each in classes(low)]
    if cased:
        found.append("s=" + shape(word))
        if word[:1].isupper():
            found.append("cap")
        if word.isupper() and len(word) > 1:
            found.append("allcap")
    elif not word.isalpha():
        found.append("s=" + shape(low))
    if low[:1].isdigit():
        found.append("digit")
    return tuple(found)


@lru_cache(maxsize=131072)
def _beside(word: str, cased: bool, offset: int) -> tuple[str, ...]:
    low = word.lower().translate(_FORMS)
    found = ["%d:w=%s" % (offset, low)]
    found += ["%d:c=%s" % (offset, each) for each in classes(low)]
    if cased:
        found.append("%d:s=%s" % (offset, shape(word)))
    if abs(offset) == 1:
        found.append("%d:x2=%s" % (offset, low[-2:]))
        found.append("%d:x3=%s" % (offset, low[-3:]))
    return tuple(found)


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


def features(sentence: Sentence, cased: bool, capitals: frozenset[str]) -> list[Features]:
    """The features of each token of a sentence; `capitals` are the words that the document writes with a capital."""
    words = [token.text for token in sentence]
    lows = [word.lower().translate(_FORMS) for word in words]
    places = place_tags([folded(low) if not low.isascii() else low for low in lows])
    last = len(words) - 1
    rows: list[Features] = []
    for i, word in enumerate(words):
        row = ["b", *_own(word, cased)]
        row += _beside(words[i - 1], cased, -1) if i else ("-1:EDGE",)
        row += _beside(words[i + 1], cased, 1) if i < last else ("1:EDGE",)
        if i > 1:
            row += _beside(words[i - 2], cased, -2)
        if i < last - 1:
            row += _beside(words[i + 2], cased, 2)
        _add_pairs(row, lows, i)
        _add_context(row, places, i, "g")
        if cased and lows[i] in capitals:
            row.append("doccap")
        rows.append(row)
    return rows


def _add_pairs(row: Features, lows: Sequence[str], i: int) -> None:
    if i:
        row.append("b-=%s|%s" % (lows[i - 1], lows[i]))
    if i + 1 < len(lows):
        row.append("b+=%s|%s" % (lows[i], lows[i + 1]))


def _add_context(row: Features, labels: Sequence[str], i: int, name: str) -> None:
    for offset in (-1, 0, 1):
        j = i + offset
        if 0 <= j < len(labels) and labels[j]:
            row.append("%d:%s=%s" % (offset, name, labels[j]))
