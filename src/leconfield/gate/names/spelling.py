"""Persons' names in other spellings: all parts near each other, each by its sound, a nickname or one letter."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
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
_LONGEST: Final = 40
"""Letters of a word from which on it is no part of a name."""
_HOW: Final = "in another spelling"
_MOST_WORDS: Final = 40_000


class Spellings:
    """Persons' names of two parts or more, by the sound of each part."""

    def __init__(self, guarded: Iterable[Guarded]) -> None:
        self._names: list[tuple[Guarded, tuple[int, ...]]] = []
        """Each with the places of its parts in `_parts`."""
        self._parts: list[Part] = []
        self._by_rarest: dict[int, list[int]] = defaultdict(list)
        """Places in `_names`, by the part that the fewest names have: whoever is named has that, too."""
        self._by_key: dict[str, list[int]] = defaultdict(list)
        """Places in `_parts`."""
        self._learn([each for each in guarded if each.kind == NAME and not each.form.lower().startswith("the ")])

    def _learn(self, guarded: Iterable[Guarded]) -> None:
        known: dict[tuple[str, str], int] = {}
        borne: Counter[int] = Counter()
        for each in guarded:
            parts = [part for part in parse_name(each.form).parts if len(part.latin) >= _SHORTEST]
            if len(parts) < 2:
                continue
            places = tuple(dict.fromkeys(known.setdefault((part.text, part.latin), len(known)) for part in parts))
            for place, part in zip(places, parts, strict=False):
                if place == len(self._parts):
                    self._parts.append(part)
            borne.update(places)
            self._names.append((each, places))
        for number, (_, places) in enumerate(self._names):
            self._by_rarest[min(places, key=lambda place: (borne[place], place))].append(number)
        for place, part in enumerate(self._parts):
            for key in _keys(part):
                self._by_key[key].append(place)

    def find(self, text: str) -> list[Leak]:
        """Every name whose parts all stand, in any order, among a few words that follow each other."""
        heard: dict[str, list[int]] = {}
        at: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        """By part: the number, start and end of each word that is one."""
        for number, word in enumerate(_WORD.finditer(text)):
            if number > _MOST_WORDS:
                break
            low = word[0].lower()
            if low not in heard:
                heard[low] = self._heard(word[0])
            for place in heard[low]:
                at[place].append((number, word.start(), word.end()))
        return [
            leak for place in tuple(at) for which in self._by_rarest.get(place, ()) for leak in self._near(which, at)
        ]

    def _heard(self, word: str) -> list[int]:
        """The parts of names that a word may be."""
        if len(word) > _LONGEST:
            return []
        plain = "".join(map(shape, word))
        parts = {part_of(each) for each in {fold(word), plain} if each}
        return list(
            dict.fromkeys(
                place
                for part in parts
                for key in sorted(_keys(part))
                for place in self._by_key.get(key, ())
                if _same(part, self._parts[place])
            )
        )

    def _near(self, which: int, at: Mapping[int, list[tuple[int, int, int]]]) -> Iterable[Leak]:
        guarded, places = self._names[which]
        hits = sorted((*hit, place) for place in places for hit in at[place])
        for first, (begun, _, _, _) in enumerate(hits):
            near = [hit for hit in hits[first : first + 4 * WINDOW] if hit[0] - begun < WINDOW]
            if {hit[3] for hit in near} == set(places) and len({hit[0] for hit in near}) >= len(places):
                yield Leak(min(hit[1] for hit in near), max(hit[2] for hit in near), guarded, _HOW, sure=True)


def _keys(part: Part) -> set[str]:
    """Keys one of which two parts share if they are the same in other letters; with one letter left out for a slip."""
    latin = part.latin
    slips = (
        {f"x{latin[:at]}{latin[at + 1 :]}" for at in range(len(latin))}
        if _ONE_WRONG - 1 <= len(latin) <= _LONGEST
        else set()
    )
    return {f"s{part.skeleton}", f"x{latin}", *slips, *(f"c{each}" for each in part.classes)}


def _same(one: Part, other: Part) -> bool:
    """Whether two parts of names are the same in other letters."""
    if one.latin == other.latin or one.classes & other.classes:
        return True
    if min(len(one.latin), len(other.latin)) < _SHORTEST:
        return False
    if one.skeleton == other.skeleton and Indel.normalized_similarity(one.latin, other.latin) >= _ALIKE:
        return True
    return min(len(one.latin), len(other.latin)) >= _ONE_WRONG and OSA.distance(one.latin, other.latin) <= 1
