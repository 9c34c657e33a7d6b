"""A text as a reader sees it: without invisible and directing characters, without letters in disguise.

What is looked for is looked for here; where it is found is said in places of the text as it came.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_PLAIN: Final = (
    "\t\n\x20-\x7e\u00a1-\u00ac\u00ae-\u0130\u0134-\u013e\u0141-\u0148\u014a-\u017e\u0180-\u01c3"
    "\u2018-\u201d\u2013\u2014"
)
_ODD: Final = re.compile(rf"[{_PLAIN}]?[^{_PLAIN}]+")
"""Letters that may not be what they seem, with the one before them, which an accent may belong to."""
_LONGEST_CLUSTER: Final = 8
_UNSEEN: Final = frozenset({"Cf", "Cc", "Cn", "Co"})
_UNSEEN_MARKS: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_FOREIGN: Final = re.compile("[\u0370-\u03ff\u0400-\u052f\u0251\u0261]")
_WORD: Final = re.compile(r"[^\W\d_]+")
_ALIKE: Final = str.maketrans(
    "авеіјкмнорсѕтухһԁԛԝАВЕЅЗІЈКМНОРСТУХҮԌαεικνορτυχγΑΒΕΖΗΙΚΜΝΟΡΤΥΧɑɡ",
    "abeijkmhopcstyxhdqwABESЗIJKMHOPCTYXYGaeiknoptuxyABEZHIKMNOPTYXag",
)
"""Cyrillic, Greek and phonetic letters that look like Latin ones."""


@dataclass(frozen=True, slots=True)
class Plain:
    """The text as it is seen, and where in the text as it came each of its stretches began and ended."""

    text: str
    seen: tuple[int, ...]
    """Where stretches begin in the seen text, in order; the first is 0."""
    came: tuple[int, ...]
    """Where the same stretches begin in the text as it came."""
    as_is: tuple[bool, ...]
    """Whether a stretch is letter for letter what came; otherwise it is one place."""
    length: int
    """Of the text as it came."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` (not empty) stands in the text as it came, whatever was left out within it."""
        return self._place(start, last=False), self._place(end - 1, last=True)

    def _place(self, at: int, *, last: bool) -> int:
        index = bisect_right(self.seen, at) - 1
        if self.as_is[index]:
            return self.came[index] + at - self.seen[index] + last
        if not last:
            return self.came[index]
        return self.came[index + 1] if index + 1 < len(self.came) else self.length


def plain(text: str) -> Plain:
    """The text as it is seen. Never fails, whatever the text holds."""
    pieces: list[str] = []
    seen: list[int] = []
    came: list[int] = []
    as_is: list[bool] = []
    length = 0
    for start, piece, same in _stretches(text):
        if piece:
            pieces.append(piece)
            seen.append(length)
            came.append(start)
            as_is.append(same)
            length += len(piece)
    made = _undisguised("".join(pieces))
    return Plain(made, tuple(seen) or (0,), tuple(came) or (0,), tuple(as_is) or (True,), len(text))


def _stretches(text: str) -> Iterator[tuple[int, str, bool]]:
    """The text cut up: start, how it is seen, and whether that is letter for letter the same."""
    at = 0
    for odd in _ODD.finditer(text):
        if at < odd.start():
            yield at, text[at : odd.start()], True
        for start, end in _clusters(text, odd.start(), odd.end()):
            cluster = text[start:end]
            piece = _visible(cluster)
            yield start, piece, piece == cluster
        at = odd.end()
    if at < len(text):
        yield at, text[at:], True


def _clusters(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Letters with the accents that stand on them."""
    begin = start
    for at in range(start + 1, end):
        if not unicodedata.combining(text[at]) or at - begin >= _LONGEST_CLUSTER:
            yield begin, at
            begin = at
    yield begin, end


@lru_cache(maxsize=65536)
def _visible(cluster: str) -> str:
    """What is seen of a letter with its accents: compatibility forms made plain, nothing of what is invisible."""
    made = unicodedata.normalize("NFKC", cluster)
    kept = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else _space(c) for c in made if _is_seen(c))
    return _UNSEEN_MARKS.sub("", kept)


def _is_seen(letter: str) -> bool:
    return letter in "\n\t" or letter.isspace() or unicodedata.category(letter) not in _UNSEEN


def _space(letter: str) -> str:
    return "\n" if letter in "\n\r\x0b\x0c\x85\u2028\u2029" else " " if letter.isspace() and letter != "\t" else letter


def _undisguised(text: str) -> str:
    """Words that mix Latin with look-alike letters, made Latin; letter for letter, so that places stay."""
    if not _FOREIGN.search(text):
        return text
    latin = sum(c.isascii() for c in text) * 2 > len(text)

    def made(found: re.Match[str]) -> str:
        word = found.group()
        if not _FOREIGN.search(word):
            return word
        bare = word.translate(_ALIKE)
        mixed = any(c.isascii() for c in word)
        return bare if mixed or (latin and bare.isascii()) else word

    return _WORD.sub(made, text)
