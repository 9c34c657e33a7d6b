"""What a sentence says of years: of service, of joining, of birth; as a range of years of a register's column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from leconfield.gate.matching import keys
from leconfield.intake.extraction.text import sentences

JOINED: Final = "joined"
BORN: Final = "born"
_OVER: Final = r"(?P<over>over|more than|at least|upwards of|well over)"
_UNDER: Final = r"(?P<under>under|less than|fewer than)"
_NEARLY: Final = (
    r"(?P<nearly>nearly|almost|not quite|(?:for )?(?:the )?best part of|close to|getting on for|just under)"
)
_SERVICE: Final = re.compile(
    rf"\b(?:(?:{_OVER}|{_UNDER}|{_NEARLY})\s+)?"
    r"(?:(?P<c>(?:a\s+)?quarter of a century|half a century)"
    r"|(?P<h>a decade and a half|a couple of years|a few years|several years|a dozen years)"
    r"|(?P<d>(?:a|one|two|three|four) decades?)\b"
    r"|(?P<n>\d{1,2}|[a-z]+(?:-(?:one|two|three|four|five|six|seven|eight|nine))?)(?P<odd>-odd)?"
    r"[\s-]years?(?![\s-]old)\b)",
    re.IGNORECASE,
)
"""So many years of whatever it is: taken for years of service, which is what they mostly are."""
_JOINED: Final = re.compile(
    r"\b(?:joined|started|began|recruited|came|since|served from)\b[^.]{0,40}?\b(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_AGED: Final = re.compile(r"\b(?:aged?\s+(?P<a>\d\d)\b|(?P<b>\d\d)[- ]years?[- ]old|(?P<c>\d\d),)", re.IGNORECASE)
_DECADE: Final = re.compile(
    r"\bin (?:his|her|their|my) (?:(?P<part>early|mid|late)[- ])?(?P<ten>twenties|thirties|forties|fifties|sixties)\b",
    re.IGNORECASE,
)
_THEN: Final = re.compile(r"\b(?:joined|started|recruited|then|when|was|were|back)\b", re.IGNORECASE)
_TENS: Final = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60}
_PART: Final = {"early": (0, 3), "mid": (3, 7), "late": (6, 9), None: (0, 9)}
_RANGES: Final = {
    "a decade and a half": (14, 16),
    "a couple of years": (1, 3),
    "a few years": (2, 6),
    "several years": (3, 9),
    "a dozen years": (11, 13),
    "quarter of a century": (24, 26),
    "half a century": (48, 52),
}
_DECADES: Final = {"a": 10, "one": 10, "two": 20, "three": 30, "four": 40}
SLACK: Final = 1
"""Years by which what people say of years is off."""
_SHORT_OF: Final = 3
"""Years that "nearly" falls short by, at the most."""
_AHEAD: Final = 9999


@dataclass(frozen=True, slots=True)
class Range:
    """Years of a column that fit some words."""

    kind: str
    words: str
    low: int
    high: int
    start: int
    """Where the words begin in the text."""
    end: int


def ranges(text: str, year: int) -> Iterator[Range]:
    """What a text says of years, if it is said in that year."""
    yield from _service(text, year)
    for found in _JOINED.finditer(text):
        yield Range(JOINED, found[0], int(found["year"]), int(found["year"]), *found.span())
    for found in _AGED.finditer(text):
        age = int(found["a"] or found["b"] or found["c"])
        yield Range(BORN, found[0], year - age - SLACK, year - age, *found.span())
    for found in _DECADE.finditer(text):
        if not _of_then(text, found.start()):
            first, last = _PART[(found["part"] or "").lower() or None]
            ten = _TENS[found["ten"].lower()]
            yield Range(BORN, found[0], year - ten - last - SLACK, year - ten - first, *found.span())


def untold(text: str) -> Iterator[str]:
    """What a text says of years that no column answers: how old somebody was at another time."""
    yield from (found[0] for found in _DECADE.finditer(text) if _of_then(text, found.start()))


def _of_then(text: str, at: int) -> bool:
    """Whether the words at a place speak of an earlier time: `joined in her thirties`."""
    start = max(text.rfind(".", 0, at), 0)
    return _THEN.search(text, start, at) is not None


def _service(text: str, year: int) -> Iterator[Range]:
    for found in _SERVICE.finditer(text):
        first, last = _length(found)
        if last <= 0:
            continue
        if found["over"]:
            low, high = 0, year - first
        elif found["under"]:
            low, high = year - last, _AHEAD
        elif found["nearly"]:
            low, high = year - last, year - first + _SHORT_OF
        else:
            low, high = year - last, year - first
        yield Range(JOINED, found[0], low, high, *found.span())


def _length(found: re.Match[str]) -> tuple[int, int]:
    """From how many to how many years the words say; (0, 0) if they say none."""
    named = (found["h"] or found["c"] or "").lower()
    if named:
        return next(span for words, span in _RANGES.items() if named.endswith(words))
    number = _DECADES[found["d"].lower().split()[0]] if found["d"] else number_in(found["n"])
    if found["odd"]:
        return number, number + 9
    exact = found["over"] or found["under"] or found["nearly"]
    return (number, number) if exact or not number else (number - SLACK, number + SLACK)


def number_in(words: str) -> int:
    """The number that words or figures say, however small; 0 if they say none."""
    low = words.lower()
    if low.isascii() and low.isdecimal():
        return int(low)
    cut = sentences(words)
    return keys.small_number(cut[0]) if cut else 0
