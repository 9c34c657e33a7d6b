"""What a sentence says of a person, in the register's own terms: by the words of its values, and by numbers of years.

A blunter word fits every finer value ("a former teacher": everybody who taught anything; "a coastal town": everybody
from one); "over ten years" fits whoever joined before, "in her forties" whoever was born in those years. What the
register does not know is told apart: nobody can count whom it fits.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from leconfield.gate.matching import keys
from leconfield.gate.matching.features import read
from leconfield.gate.matching.model import Feature, Sentence
from leconfield.gate.mosaic import years
from leconfield.gate.mosaic.model import Claim, Register
from leconfield.gate.mosaic.origins import CASE, TOWN, cases_in, origins_in
from leconfield.gate.mosaic.words import Group, groups, groups_by_word, pairs_of, said_of_towns, words_of
from leconfield.gate.mosaic.years import BORN, JOINED, number_in
from leconfield.intake.extraction.text import sentences, tokens

SEX: Final = "sex"
CHILDREN: Final = "children"
_YEARS: Final = frozenset({JOINED, BORN})
_PLAIN: Final = frozenset(
    {"officer", "officers", "desk", "line", "team", "service", "work", "worker", "staff", "civil"}
)
"""Words of values that say nothing of anybody by themselves."""
_PARENT: Final = re.compile(
    r"\b(?:(?P<who>mother|father|mum|dad|parent)\s+of\s+(?P<n>[a-z]+|\d)"
    r"|(?:has|have|with|raised|raising|brought up)\s+(?P<m>[a-z]+|\d)\s+(?:young |small |grown-up |teenage )?"
    r"(?:children|kids|sons|daughters|child))\b",
    re.IGNORECASE,
)
_NONE: Final = re.compile(r"\b(?:no children|no kids|childless|without children)\b", re.IGNORECASE)
_SOME: Final = re.compile(
    r"\b(?:a|an|his|her|as a|working|single|proud) (?:mother|father|mum|dad|parent)\b(?!\s+of\b)", re.IGNORECASE
)
_FEMALE: Final = re.compile(r"\b(?:she|her|hers|herself|woman|mother|mum|daughter|wife|sister)\b", re.IGNORECASE)
_MALE: Final = re.compile(r"\b(?:he|him|his|himself|man|father|dad|son|husband|brother)\b", re.IGNORECASE)

Wanted = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A claim, and which stretch of the text makes it; a stretch is not read twice."""

    claim: Claim
    start: int
    end: int


class Terms:
    """The values of a register, by what may be said of them."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._known = frozenset(register.kinds)
        self._by_key: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._by_group: dict[Group, set[str]] = defaultdict(set)
        self._by_origin: dict[str, set[str]] = defaultdict(set)
        for kind, value in sorted({(k, v) for m in register.members for k, vs in m.facts.items() for v in vs}):
            if kind not in _YEARS | {SEX, CHILDREN}:
                self._learn(kind, value)
        self._years = {kind: self._numbers(kind) for kind in _YEARS}

    def _learn(self, kind: str, value: str) -> None:
        for word in tokens(value):
            if word.text.lower() not in _PLAIN:
                for key in keys.of_word(word.text):
                    self._by_key[key][kind].add(value)
        for place, _, _ in keys.places(tokens(value)):
            for key in keys.around(place):
                self._by_key[key][kind].add(value)
        spoken = {word for word, _, _ in words_of(value)}
        for group in groups():
            if group.kind == kind and not spoken.isdisjoint(group.heads | group.words):
                self._by_group[group].add(value)
        if kind == TOWN:
            for each in spoken:
                for origin in said_of_towns().get(each, frozenset()):
                    self._by_origin[origin].add(value)

    def _numbers(self, kind: str) -> frozenset[int]:
        values = {value for each in self._register.members for value in each.facts.get(kind, ())}
        return frozenset(int(each[:4]) for each in values if each[:4].isdecimal())

    def claims(self, text: str, on: str) -> tuple[tuple[Claim, ...], tuple[str, ...]]:
        """What a text says of a person on a day (ISO), and the words of it that the register cannot check."""
        placed = [*self._of_years(text, int(on[:4])), *self._of_origins(text), *self._of_groups(text)]
        found = [*(each.claim for each in placed if each.claim.wanted), *self._of_family(text)]
        unchecked = [each.claim.words for each in placed if not each.claim.wanted]
        unchecked += [*years.untold(text), *self._of_cases(text, found)]
        read_already = [*((each.start, each.end) for each in placed), *cases_in(text)]
        for sentence in read(text, on, {}):
            for feature in sentence.features:
                if any(start < feature.span.end and feature.span.start < end for start, end in read_already):
                    continue
                if wanted := self._wanted(feature):
                    found.append(Claim(feature.words, wanted))
                elif _says_something(sentence, feature):
                    unchecked.append(feature.words)
        return tuple(found), tuple(dict.fromkeys(unchecked))

    def _wanted(self, feature: Feature) -> Wanted:
        """The values that a feature fits: for a role or a place those under a blunter word, too."""
        wide = feature.exact | feature.near if feature.kind in {"role", "place"} else feature.exact
        return self._of_keys(wide)

    def _of_keys(self, wide: Iterable[str]) -> Wanted:
        wanted: dict[str, set[str]] = defaultdict(set)
        for key in wide:
            for kind, values in self._by_key.get(key, {}).items():
                wanted[kind] |= values
        return {kind: frozenset(values) for kind, values in wanted.items()}

    def _of_years(self, text: str, year: int) -> Iterator[_Placed]:
        for each in years.ranges(text, year):
            if each.kind in self._known:
                fitting = frozenset(str(one) for one in self._years[each.kind] if each.low <= one <= each.high)
                yield _Placed(Claim(each.words, {each.kind: fitting}), each.start, each.end)
            else:
                yield _Placed(Claim(each.words, {}), each.start, each.end)

    def _of_origins(self, text: str) -> Iterator[_Placed]:
        """From where somebody is, said bluntly: every town of which that is said, known to the table or by name."""
        for origin, start, end in origins_in(text):
            values = frozenset(self._by_origin.get(origin, ()))
            wanted = {TOWN: values} if TOWN in self._known else {}
            yield _Placed(Claim(text[start:end], wanted), start, end)

    def _of_groups(self, text: str) -> Iterator[_Placed]:
        """Words that say the same as values do: `taught` of a teacher, `keeps bees` of a beekeeper."""
        spoken = words_of(text)
        taken: list[tuple[int, int]] = []
        for word, start, end in [*pairs_of(spoken), *spoken]:
            leads = [each for each in groups_by_word().get(word, ()) if each.kind in self._known]
            if not leads or any(start < last and first < end for first, last in taken):
                continue
            taken.append((start, end))
            wanted: dict[str, set[str]] = defaultdict(set)
            for each in leads:
                wanted[each.kind] |= self._by_group.get(each, frozenset())
            for kind, values in self._of_keys(key for key in keys.of_word(word)).items():
                wanted[kind] |= values
            told = {kind: frozenset(values) for kind, values in wanted.items() if values}
            yield _Placed(Claim(text[start:end], told), start, end)

    def _of_cases(self, text: str, found: list[Claim]) -> Iterator[str]:
        """Cases somebody worked on: counted if the register has them, else told to be unchecked."""
        for start, end in cases_in(text):
            wanted: set[str] = set()
            for word in tokens(text[start:end]):
                if word.text.lower() not in CASE.words:
                    for key in keys.of_word(word.text):
                        for kind in CASE.kinds & self._known:
                            wanted |= self._by_key.get(key, {}).get(kind, set())
            if wanted:
                kind = next(iter(sorted(CASE.kinds & self._known)))
                found.append(Claim(text[start:end], {kind: frozenset(wanted)}))
            else:
                yield text[start:end]

    def _of_family(self, text: str) -> Iterator[Claim]:
        if CHILDREN in self._known:
            for parent in _PARENT.finditer(text):
                number = number_in(parent["n"] or parent["m"])
                if number:
                    yield Claim(parent[0], {CHILDREN: frozenset({str(number)})})
            for none in _NONE.finditer(text):
                yield Claim(none[0], {CHILDREN: frozenset({"0"})})
            for some in _SOME.finditer(text):
                yield Claim(some[0], {CHILDREN: frozenset(map(str, range(1, 20)))})
        if SEX in self._known:
            female, male = _FEMALE.search(text), _MALE.search(text)
            if bool(female) != bool(male):
                yield Claim((female or male or [""])[0], {SEX: frozenset({"female" if female else "male"})})


def _says_something(sentence: Sentence, feature: Feature) -> bool:
    """Whether words that no value fits are of somebody: not the first one, for a capital says nothing there."""
    if feature.kind not in {"role", "place", "name"} or feature.words.lower() in _PLAIN:
        return False
    return feature.span.start != sentence.span.start


def sentences_in(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[each[0].start : each[-1].end] for each in sentences(text)]
