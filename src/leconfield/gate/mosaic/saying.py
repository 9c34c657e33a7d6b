"""What a sentence says of a person, in the register's own terms: by the words of its values, and by numbers of years.

A blunter word fits every finer value ("a former teacher": everybody who taught anything); "over ten years" fits whoever
joined before, "in her forties" whoever was born in those years. What the register does not know is told apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from leconfield.gate.matching import keys
from leconfield.gate.matching.features import read
from leconfield.gate.matching.model import Feature, Sentence
from leconfield.gate.mosaic.model import Claim, Register
from leconfield.intake.extraction.text import sentences, tokens

JOINED: Final = "joined"
BORN: Final = "born"
SEX: Final = "sex"
CHILDREN: Final = "children"
_YEARS: Final = frozenset({JOINED, BORN})
_OVER: Final = r"(?P<over>over|more than|at least|upwards of)"
_UNDER: Final = r"(?P<under>under|less than|nearly|almost|not quite)"
_SERVICE: Final = re.compile(
    rf"\b(?:(?:{_OVER}|{_UNDER})\s+)?"
    r"(?:(?P<n>\d{1,2}|[a-z]+(?:-(?:one|two|three|four|five|six|seven|eight|nine))?)[\s-]years?(?![\s-]old)\b"
    r"|(?P<d>a decade|two decades|three decades)\b)",
    re.IGNORECASE,
)
"""So many years of whatever it is: taken for years of service, which is what they mostly are."""
_JOINED: Final = re.compile(
    r"\b(?:joined|started|began|recruited|came)\b[^.]{0,40}?\b(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE
)
_AGED: Final = re.compile(r"\b(?:aged?\s+(?P<a>\d\d)\b|(?P<b>\d\d)[- ]years?[- ]old|(?P<c>\d\d),)", re.IGNORECASE)
_DECADE: Final = re.compile(
    r"\bin (?:his|her|their) (?:(?P<part>early|mid|late)[- ])?(?P<ten>twenties|thirties|forties|fifties|sixties)\b",
    re.IGNORECASE,
)
_TENS: Final = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60}
_PART: Final = {"early": (0, 3), "mid": (3, 7), "late": (6, 9), None: (0, 9)}
_PARENT: Final = re.compile(r"\b(?P<who>mother|father|mum|dad|parent)\s+of\s+(?P<n>[a-z]+|\d)\b", re.IGNORECASE)
_FEMALE: Final = re.compile(r"\b(?:she|her|hers|herself|woman|mother|mum|daughter|wife|sister)\b", re.IGNORECASE)
_MALE: Final = re.compile(r"\b(?:he|him|his|himself|man|father|dad|son|husband|brother)\b", re.IGNORECASE)
_DECADES: Final = {"a decade": 10, "two decades": 20, "three decades": 30}
_SLACK: Final = 1
"""Years by which what people say of years is off."""


class Terms:
    """The values of a register, by what may be said of them."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._by_key: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for member in register.members:
            for kind, values in member.facts.items():
                if kind not in _YEARS | {SEX, CHILDREN}:
                    for value in values:
                        self._learn(kind, value)
        self._years = {kind: self._numbers(kind) for kind in _YEARS}
        self._known = frozenset(register.kinds)

    def _learn(self, kind: str, value: str) -> None:
        for word in tokens(value):
            for key in keys.of_word(word.text):
                self._by_key[key][kind].add(value)
        for place, _, _ in keys.places(tokens(value)):
            for key in keys.around(place):
                self._by_key[key][kind].add(value)

    def _numbers(self, kind: str) -> frozenset[int]:
        values = {value for each in self._register.members for value in each.facts.get(kind, ())}
        return frozenset(int(each[:4]) for each in values if each[:4].isdecimal())

    def claims(self, text: str, on: str) -> tuple[tuple[Claim, ...], tuple[str, ...]]:
        """What a text says of a person on a day (ISO), and the words of it that the register cannot check."""
        year = int(on[:4])
        found = [*self._of_years(text, year), *self._of_family(text)]
        unchecked: list[str] = []
        for sentence in read(text, on, {}):
            for feature in sentence.features:
                wanted = self._wanted(feature)
                if wanted:
                    found.append(Claim(feature.words, wanted))
                elif feature.kind in {"role", "place", "name"} and not _opens(sentence, feature):
                    unchecked.append(feature.words)
        return tuple(found), tuple(unchecked)

    def _wanted(self, feature: Feature) -> Mapping[str, frozenset[str]]:
        """The values that a feature fits: for a role or a place those under a blunter word, too."""
        wide = feature.exact | feature.near if feature.kind in {"role", "place"} else feature.exact
        wanted: dict[str, set[str]] = defaultdict(set)
        for key in wide:
            for kind, values in self._by_key.get(key, {}).items():
                wanted[kind] |= values
        return {kind: frozenset(values) for kind, values in wanted.items()}

    def _of_years(self, text: str, year: int) -> Iterator[Claim]:
        for found in _SERVICE.finditer(text):
            number = _number(found["n"] or found["d"])
            if number:
                low = 0 if found["over"] else year - number - _SLACK
                high = 9999 if found["under"] else year - number + (0 if found["over"] else _SLACK)
                yield self._between(JOINED, found[0], low, high)
        for found in _JOINED.finditer(text):
            yield self._between(JOINED, found[0], int(found["year"]), int(found["year"]))
        for found in _AGED.finditer(text):
            age = int(found["a"] or found["b"] or found["c"])
            yield self._between(BORN, found[0], year - age - _SLACK, year - age)
        for found in _DECADE.finditer(text):
            first, last = _PART[(found["part"] or "").lower() or None]
            ten = _TENS[found["ten"].lower()]
            yield self._between(BORN, found[0], year - ten - last - _SLACK, year - ten - first)

    def _between(self, kind: str, words: str, low: int, high: int) -> Claim:
        return Claim(words, {kind: frozenset(str(each) for each in self._years[kind] if low <= each <= high)})

    def _of_family(self, text: str) -> Iterator[Claim]:
        for found in _PARENT.finditer(text):
            number = _number(found["n"])
            if number and CHILDREN in self._known:
                yield Claim(found[0], {CHILDREN: frozenset({str(number)})})
        if SEX in self._known:
            female, male = _FEMALE.search(text), _MALE.search(text)
            if bool(female) != bool(male):
                yield Claim((female or male or [""])[0], {SEX: frozenset({"female" if female else "male"})})


def _opens(sentence: Sentence, feature: Feature) -> bool:
    """Whether the feature is the first word: a capital says nothing there."""
    return feature.span.start == sentence.span.start


def _number(words: str) -> int:
    """The number that words or figures say; 0 if they say none."""
    low = words.lower()
    if low in _DECADES:
        return _DECADES[low]
    if low.isdecimal():
        return int(low)
    cut = sentences(words)
    return keys.small_number(cut[0]) if cut else 0


def sentences_in(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[each[0].start : each[-1].end] for each in sentences(text)]
