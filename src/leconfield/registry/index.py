"""An index over the distinct names of a world: which names have parts like these, in any spelling and script.

Fuzzy work is done once per distinct part: its class of equivalents, its nicknames, its consonants, and every word that
one deleted letter leads to.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Final, Self

from leconfield.ledger.model import SubjectId
from leconfield.ledger.world import Delta, World
from leconfield.registry.compare import PartMatch, match_parts
from leconfield.registry.facts import facts
from leconfield.registry.names import Name, Part, part_of
from leconfield.registry.records import Record, Records

_SHORTEST_FUZZY: Final = 4
_SHORTEST_SKELETON: Final = 3
LEAST_SHARE: Final = 0.6
"""The share of the smaller name's bits that two names must have in common to be looked at."""
SLIP: Final = 5.0
"""The most bits that a part loses by being spelt otherwise."""
NEAR_BEST: Final = 0.4
"""The share of the best candidate's bits that another must have to be looked at in a trace."""
Ways = Callable[[Part], set[str]]


class NameIndex:
    """Names by part, parts by everything that makes two parts alike; names by record and records by name."""

    def __init__(self) -> None:
        self.names: list[Name] = []
        self.records_of: list[set[SubjectId]] = []
        """Records that bear the name, by its place in `names`."""
        self._places: dict[tuple[str, str], int] = {}
        self._parts: list[Part] = []
        self._part_places: dict[str, int] = {}
        self._postings: list[list[int]] = []
        self._ways: dict[str, list[int]] = defaultdict(list)
        """Parts by key: `=` spelling, `#` class, `~` consonants, `-` one letter deleted."""
        self._opened: list[Ways | None] = []
        self._spellings: list[str] = []

    @classmethod
    def of(cls, world: World) -> Self:
        """Index every name of the world."""
        index = cls()
        index._add(world.derived(Records).by_id.values())
        index._spellings = sorted(index._part_places)
        return index

    def grow(self, world: World, delta: Delta) -> None:
        """Add the names of records that are new or have changed."""
        records = world.derived(Records).by_id
        before = len(self._parts)
        self._add(records[each] for each in dict.fromkeys(one.subject for one in delta.statements))
        for text in list(self._part_places)[before:]:
            insort(self._spellings, text)

    def similar(self, part: Part) -> list[tuple[int, PartMatch]]:
        """Indexed parts like this one, with how they agree; initials are left to the comparison of whole names."""
        if part.initial:
            return []
        places = dict.fromkeys(place for way in _ways(part) for place in self._ways.get(way, ()))
        for other in facts().nicknames.get(part.latin, ()):
            places.update(dict.fromkeys(self._ways.get(f"={other}", ())))
        found = ((place, match_parts(part, self._parts[place])) for place in places)
        return [(place, match) for place, match in found if match]

    def candidates(self, name: Name, least: float = 0.0) -> list[int]:
        """Places of the names that share at least so many bits and half of the smaller name with this one.

        In no order; what follows from them must not depend on it.
        """
        scores = self._scores(name)
        return [
            place
            for place, score in scores.items()
            if score >= least and score >= least_shared(name, self.names[place])
        ]

    def nearest(self, name: Name, limit: int) -> list[int]:
        """Places of the names that share most with this one, the best first."""
        scores = self._scores(name)
        enough = NEAR_BEST * max(scores.values(), default=0.0)

        def rank(place: int) -> tuple[float, int, str, str]:
            other = self.names[place]
            return (-scores[place], len(other.parts), other.text, other.schema)

        return sorted((place for place, score in scores.items() if score >= enough), key=rank)[:limit]

    def _scores(self, name: Name) -> dict[int, float]:
        """Bits that names share with this one, by place: the best for each of its parts, added up."""
        found = [self._shared(part) for part in name.parts]
        scores: dict[int, float] = defaultdict(float)
        for bits_of in found:
            for place, bits in bits_of.items():
                scores[place] += bits
        for joined, (one, other) in zip(_joined(name), pairwise(found), strict=False):
            for place, bits in self._shared(joined).items():
                scores[place] += max(0.0, bits - one.get(place, 0.0) - other.get(place, 0.0))
        return scores

    def _shared(self, part: Part) -> dict[int, float]:
        """Places of the names with a part like this one, and the bits of the likest."""
        best: dict[int, float] = {}
        for part_place, match in sorted(self.similar(part), key=lambda found: found[1].bits):
            best.update(dict.fromkeys(self._postings[part_place], match.bits))
        return best

    def starting_with(self, prefix: str, limit: int) -> list[int]:
        """Places of names that have a part beginning with the folded prefix, in order of the part."""
        found: dict[int, None] = {}
        for place in range(bisect_left(self._spellings, prefix), len(self._spellings)):
            spelling = self._spellings[place]
            if not spelling.startswith(prefix) or len(found) >= limit:
                break
            found.update(dict.fromkeys(self._postings[self._part_places[spelling]]))
        return list(found)[:limit]

    def _add(self, records: Iterable[Record]) -> None:
        for record in records:
            for name in record.all_parsed:
                place = self._places.get((name.schema, name.text))
                if place is None:
                    place = self._add_name(name)
                self.records_of[place].add(record.id)

    def _add_name(self, name: Name) -> int:
        place = self._places[name.schema, name.text] = len(self.names)
        self.names.append(name)
        self.records_of.append(set())
        whole = [self._place_of(part_of(part.text)) for part in name.parts]
        for part_place in whole:
            self._open_ways(part_place, _ways)
        joined = [self._place_of(part) for part in _joined(name)]
        for part_place in joined:
            self._open_ways(part_place, _exact_ways)
        for part_place in sorted({*whole, *joined}):
            self._postings[part_place].append(place)
        return place

    def _place_of(self, part: Part) -> int:
        place = self._part_places.get(part.text)
        if place is None:
            place = self._part_places[part.text] = len(self._parts)
            self._parts.append(part)
            self._postings.append([])
            self._opened.append(None)
        return place

    def _open_ways(self, place: int, ways: Ways) -> None:
        """Let the part be found by these ways; a part first seen written apart may later be seen whole."""
        before = self._opened[place]
        if before is ways or before is _ways:
            return
        self._opened[place] = ways
        part = self._parts[place]
        for way in ways(part) - (before(part) if before else set()):
            self._ways[way].append(place)


def least_shared(one: Name, other: Name) -> float:
    """Bits that two names must share to be looked at: most of the smaller one, each part a slip of the pen apart."""
    smaller = one if one.bits <= other.bits else other
    return max(LEAST_SHARE * smaller.bits, smaller.bits - SLIP * len(smaller.parts))


def _ways(part: Part) -> set[str]:
    """The keys under which parts like this one meet."""
    latin = part.latin
    ways = {f"={latin}", *(f"#{number}" for number in part.classes)}
    if len(latin) >= _SHORTEST_FUZZY:
        ways |= {f"-{latin}", *(f"-{latin[:place]}{latin[place + 1 :]}" for place in range(len(latin)))}
    if len(part.skeleton) >= _SHORTEST_SKELETON:
        ways.add(f"~{part.skeleton}")
    return ways


def _exact_ways(part: Part) -> set[str]:
    """The keys of parts that were written apart: they need not be found under every slip of the pen."""
    return {f"={part.latin}", f"~{part.skeleton}"}


def _joined(name: Name) -> list[Part]:
    """Neighbouring parts written together: `Abd Rahman` is found by `Abdrahman`."""
    return [part_of(one.latin + other.latin) for one, other in pairwise(name.parts)] if len(name.parts) <= 4 else []
