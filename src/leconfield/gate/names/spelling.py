"""Persons' names in other spellings: all parts near each other, each by its sound, a nickname or one letter."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from rapidfuzz.distance import OSA, Indel

from leconfield.gate.names.model import Guarded, Leak
from leconfield.gate.names.shapes import shape
from leconfield.registry.names import Part, parse_name, part_of
from leconfield.registry.scripts import fold

NAME: Final = "name"
WINDOW: Final = 4
"""Words among which all the parts of a name stand."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ALIKE: Final = 0.72
_SHORTEST: Final = 3
_ONE_WRONG: Final = 5
_HOW: Final = "in another spelling"
_MOST_WORDS: Final = 40_000


class Spellings:
    """Persons' names of two parts or more, by the sound of each part."""

    def __init__(self, guarded: Iterable[Guarded]) -> None:
        self._names: list[tuple[Guarded, tuple[Part, ...]]] = []
        self._by_key: dict[str, list[tuple[int, int]]] = defaultdict(list)
        """Places in `_names`, and of the part in the name."""
        for each in guarded:
            if each.kind == NAME:
                self._learn(each)

    def _learn(self, guarded: Guarded) -> None:
        parts = tuple(part for part in parse_name(guarded.form).parts if len(part.latin) >= _SHORTEST)
        if len(parts) < 2 or guarded.form.lower().startswith("the "):
            return
        self._names.append((guarded, parts))
        for place, part in enumerate(parts):
            for key in _keys(part):
                self._by_key[key].append((len(self._names) - 1, place))

    def find(self, text: str) -> list[Leak]:
        """Every name whose parts all stand, in any order, among a few words that follow each other."""
        seen: dict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
        """By name: its part, the word's number, start and end."""
        known: dict[str, list[tuple[int, int]]] = {}
        for number, word in enumerate(_WORD.finditer(text)):
            if number > _MOST_WORDS:
                break
            low = word[0].lower()
            if low not in known:
                known[low] = self._borne(word[0])
            for which, place in known[low]:
                seen[which].append((place, number, word.start(), word.end()))
        return [leak for which, hits in seen.items() for leak in self._together(which, hits)]

    def _borne(self, word: str) -> list[tuple[int, int]]:
        plain = "".join(map(shape, word))
        parts = {part_of(each) for each in {fold(word), plain} if each}
        found = {each for part in parts for key in _keys(part) for each in self._by_key.get(key, ())}
        return [each for each in found if any(_same(part, self._names[each[0]][1][each[1]]) for part in parts)]

    def _together(self, which: int, hits: list[tuple[int, int, int, int]]) -> Iterable[Leak]:
        guarded, parts = self._names[which]
        for at, (_, first, _, _) in enumerate(hits):
            near = [hit for hit in hits[at : at + 4 * WINDOW] if hit[1] - first < WINDOW]
            words = {hit[1] for hit in near}
            if {hit[0] for hit in near} == set(range(len(parts))) and len(words) >= len(parts):
                yield Leak(min(hit[2] for hit in near), max(hit[3] for hit in near), guarded, _HOW, sure=True)


def _keys(part: Part) -> set[str]:
    classes = {f"c{each}" for each in part.classes}
    return {f"s{part.skeleton}", f"h{part.latin[:3]}", f"t{part.latin[-3:]}", *classes}


def _same(one: Part, other: Part) -> bool:
    """Whether two parts of names are the same in other letters."""
    if one.latin == other.latin or one.classes & other.classes:
        return True
    if min(len(one.latin), len(other.latin)) < _SHORTEST:
        return False
    if one.skeleton == other.skeleton and Indel.normalized_similarity(one.latin, other.latin) >= _ALIKE:
        return True
    return min(len(one.latin), len(other.latin)) >= _ONE_WRONG and OSA.distance(one.latin, other.latin) <= 1
