"""Persons' names in other spellings: all parts near each other, each by its sound, a nickname or one letter."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, Indel

from leconfield.gate.names.arrays import Texts
from leconfield.gate.names.shapes import shape
from leconfield.gate.names.shelf import Keys, Numbers, keys_of
from leconfield.registry.names import Part, parse_name, part_of, skeleton
from leconfield.registry.scripts import LATIN, fold
from leconfield.registry.transliteration import spellings

NAME: Final = "name"
WINDOW: Final = 4
"""Words among which all the parts of a name stand."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ALIKE: Final = 0.72
_ALIKE_ACROSS: Final = 0.55
"""The same for a word of another script, of whose spelling in Latin letters several are likely."""
_SPELT: Final = 6
"""Likely spellings of a word in another script that are looked at."""
_SOFT: Final = re.compile("c(?=[eiy])")
_SHORTEST: Final = 3
_ONE_WRONG: Final = 5
_LONGEST: Final = 40
"""Letters of a word from which on it is no part of a name."""
_MOST_WORDS: Final = 40_000
_STRETCH: Final = 512
"""Words of a text that are looked at together: bits of eight machine words."""
_NAMES: Final = 1 << 14
"""Names that are looked at together, so that what that takes does not grow with their table."""

Bits = NDArray[np.uint64]
Place = tuple[int, int, int]
"""The number, start and end of a word."""


class Heard(NamedTuple):
    """A name that a text may bear."""

    start: int
    end: int
    number: int
    """The thing that it is the name of."""
    parts: frozenset[str]
    """The name's parts, as folded."""


class Spellings(NamedTuple):
    """Persons' names of two parts or more, by the sound of each part: arrays that lie in memory or in a file."""

    parts: Texts
    """Parts of names, as folded."""
    keys: Keys
    """Under which parts are found, in order,"""
    key_part: Numbers
    """and the part of each."""
    name_at: NDArray[np.int64]
    """Where the parts of each name begin in `name_part`; one place more than there are names."""
    name_part: Numbers
    name_number: Numbers
    """The thing that each name is one of."""

    @classmethod
    def of(cls, names: Iterable[tuple[str, int]]) -> Self:
        """Names with the numbers of those who bear them; names of one part and those that begin with `the` are not."""
        known: dict[str, int] = {}
        name_part: list[int] = []
        name_at, name_number = [0], []
        for name, number in names:
            parts = parts_of(name)
            if len(parts) > 1:
                name_part += [known.setdefault(each, len(known)) for each in parts]
                name_at.append(len(name_part))
                name_number.append(number)
        found = [(key, place) for text, place in known.items() for key in _all_keys(text)]
        keys, key_part = keys_of([key for key, _ in found]), np.array([place for _, place in found], np.int32)
        keys, key_part = _in_order(keys, key_part)
        at, of, number_of = np.array(name_at, np.int64), np.array(name_part, np.int32), np.array(name_number, np.int32)
        return cls(Texts.of(known), keys, key_part, at, of, number_of)

    def with_those_of(self, other: Spellings) -> Spellings:
        """Both together; a part of both is there twice."""
        before, names = len(self.parts.at) - 1, len(self.name_part)
        keys = np.concatenate((self.keys, other.keys))
        return Spellings(
            self.parts.with_those_of(other.parts),
            *_in_order(keys, np.concatenate((self.key_part, other.key_part + np.int32(before)))),
            np.concatenate((self.name_at, other.name_at[1:] + names)),
            np.concatenate((self.name_part, other.name_part + np.int32(before))),
            np.concatenate((self.name_number, other.name_number)),
        )

    def __len__(self) -> int:
        return len(self.name_number)

    def find(self, words: Words) -> Iterator[Heard]:
        """Every name whose parts all stand, in any order, among a few words that follow each other."""
        part, which = self._sharing(words)
        if not part.size or not len(self):
            return
        at = _Alike(self.parts, words, part, which)
        for name in self._together(words, part, which).tolist():
            places = set(self.name_part[self.name_at[name] : self.name_at[name + 1]].tolist())
            hits = {place: at.hits(place) for place in places}
            for start, end in _near(places, hits) if all(hits.values()) else ():
                parts = frozenset(self.parts.text(each) for each in places)
                yield Heard(start, end, int(self.name_number[name]), parts)

    def _sharing(self, words: Words) -> tuple[Numbers, Numbers]:
        """Parts of names, in order, and words of a text that share a key with them: pairs, each once."""
        first = np.searchsorted(self.keys, words.keys)
        count = np.searchsorted(self.keys, words.keys, side="right") - first
        place = np.arange(count.sum()) + np.repeat(first - np.cumsum(count) + count, count)
        pairs = np.unique(self.key_part[place].astype(np.int64) << 32 | np.repeat(words.key_part, count))
        return (pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32)

    def _together(self, words: Words, part: Numbers, which: Numbers) -> NDArray[np.int64]:
        """The names of which words that may be the first two parts stand near each other; each has two or more."""
        parts, begin = np.unique(part, return_index=True)
        row_of = np.full(len(self.parts.at) - 1, -1, np.int32)
        row_of[parts] = np.arange(len(parts), dtype=np.int32)
        begins = self.name_at[:-1]
        here = np.flatnonzero(row_of[self.name_part[begins]] >= 0)
        here = here[row_of[self.name_part[begins[here] + 1]] >= 0]
        one, other = row_of[self.name_part[begins[here]]], row_of[self.name_part[begins[here] + 1]]
        near = np.zeros(len(here), np.bool_)
        for standing, around in words.stretches():
            stands = np.bitwise_or.reduceat(standing[which], begin, axis=0)
            next_to = np.bitwise_or.reduceat(around[which], begin, axis=0)
            for at in range(0, len(here), _NAMES):
                some = slice(at, at + _NAMES)
                near[some] |= (stands[one[some]] & next_to[other[some]]).any(axis=1)
        found: NDArray[np.int64] = here[near]
        return found


class _Alike:
    """Where the parts of names stand in a text, each looked at when it is asked for."""

    def __init__(self, parts: Texts, words: Words, part: Numbers, which: Numbers) -> None:
        self._parts = parts
        self._words = words
        self._part = part
        self._which = which
        self._known: dict[int, list[Place]] = {}

    def hits(self, place: int) -> list[Place]:
        """The words that are a part of a name in other letters."""
        known = self._known.get(place)
        if known is None:
            first, last = np.searchsorted(self._part, (place, place + 1)).tolist()
            text = self._parts.text(place)
            some = (self._words.parts[each] for each in self._which[first:last].tolist())
            known = self._known[place] = [hit for part, standing in some if _alike(part, text) for hit in standing]
        return known


class Words:
    """The words of a text that may be parts of names, once for all spellings that they are held against."""

    def __init__(self, text: str, *, named: bool = False) -> None:
        """`named`: only those that are written as names are, with a capital where their script has any."""
        standing: dict[str, dict[Place, None]] = defaultdict(dict)
        for number, word in enumerate(_WORD.finditer(text)):
            if number > _MOST_WORDS:
                break
            if named and word[0][0].islower():
                continue
            for part in _read(word[0]):
                standing[part][number, word.start(), word.end()] = None
        self.parts = [(part, list(places)) for part, places in standing.items()]
        """Each with the number, start and end of the words that may be it."""
        keys = [(key, which) for which, (part, _) in enumerate(self.parts) for key in _all_keys(part)]
        self.keys = keys_of([key for key, _ in keys])
        self.key_part = np.array([which for _, which in keys], np.int32)

    def stretches(self) -> Iterator[tuple[Bits, Bits]]:
        """For each stretch of the text, by part: the words that are it, as bits, and those around each of them."""
        which = np.array([at for at, (_, places) in enumerate(self.parts) for _ in places], np.int64)
        number = np.array([each for _, places in self.parts for each, _, _ in places], np.int64)
        for begin in range(0, int(number.max(initial=-1)) + 1, _STRETCH):
            standing = self._bits(which, number - begin)
            around = np.zeros_like(standing)
            for step in (each for each in range(1 - WINDOW, WINDOW) if each):
                around |= self._bits(which, number - begin + step)
            yield standing, around

    def _bits(self, which: NDArray[np.int64], place: NDArray[np.int64]) -> Bits:
        bits = np.zeros((len(self.parts), _STRETCH // 64), np.uint64)
        here = (place >= 0) & (place < _STRETCH)
        bit = np.uint64(1) << (place[here] & 63).astype(np.uint64)
        np.bitwise_or.at(bits, (which[here], place[here] >> 6), bit)
        return bits


def parts_of(name: str) -> tuple[str, ...]:
    """The parts by which a name is found in other spellings; none if it begins with `the`."""
    if name.lower().startswith("the "):
        return ()
    return tuple(dict.fromkeys(part.text for part in parse_name(name).parts if len(part.latin) >= _SHORTEST))


def _read(word: str) -> set[str]:
    if len(word) > _LONGEST:
        return set()
    return {each for each in (fold(word), "".join(map(shape, word))) if each}


@lru_cache(maxsize=1 << 16)
def ways_of(text: str) -> tuple[Part, ...]:
    """A folded word as a part of a name; one in another script also as it is likely spelt in Latin letters."""
    part = part_of(text)
    if text.isascii() or part.script == LATIN:
        return (part,)
    likely = (part_of(each.latin) for each in spellings(part.text, _SPELT))
    return tuple(dict.fromkeys((part, *(each for each in likely if len(each.latin) >= _SHORTEST))))


def _near(places: Collection[int], at: Mapping[int, Sequence[Place]]) -> Iterator[tuple[int, int]]:
    """Where words that follow each other are all of these parts."""
    hits = sorted({(*hit, place) for place in places for hit in at[place]})
    for first, (begun, _, _, _) in enumerate(hits):
        near = [hit for hit in hits[first : first + 4 * WINDOW] if hit[0] - begun < WINDOW]
        if {hit[3] for hit in near} == places and len({hit[0] for hit in near}) >= len(places):
            yield min(hit[1] for hit in near), max(hit[2] for hit in near)


@lru_cache(maxsize=1 << 14)
def _all_keys(text: str) -> tuple[str, ...]:
    return tuple(sorted({key for each in ways_of(text) for key in _keys(each)}))


def _keys(part: Part) -> set[str]:
    """Keys one of which two parts share if they are the same in other letters; with one letter left out for a slip."""
    latin = part.latin
    slips = (
        {f"x{latin[:at]}{latin[at + 1 :]}" for at in range(len(latin))}
        if _ONE_WRONG - 1 <= len(latin) <= _LONGEST
        else set()
    )
    return {f"s{part.skeleton}", f"s{_sound(part)}", f"x{latin}", *slips, *(f"c{each}" for each in part.classes)}


def _sound(part: Part) -> str:
    """The skeleton of a part in which a soft c is an s."""
    return skeleton(_SOFT.sub("s", part.latin)) if "c" in part.latin else part.skeleton


@lru_cache(maxsize=1 << 17)
def _alike(one: str, other: str) -> bool:
    """Whether two folded parts of names are the same in other letters, or in another script."""
    first, second = ways_of(one), ways_of(other)
    if len(first) == len(second) == 1:
        return _same(first[0], second[0], _ALIKE)
    return any(_same(each, another, _ALIKE_ACROSS) for each in first for another in second)


def _same(one: Part, other: Part, least: float) -> bool:
    """Whether two parts of names are the same in other letters; those of one sound, if they share so much of them."""
    if one.latin == other.latin or one.classes & other.classes:
        return True
    if min(len(one.latin), len(other.latin)) < _SHORTEST:
        return False
    of_one_sound = one.skeleton == other.skeleton or _sound(one) == _sound(other)
    if of_one_sound and Indel.normalized_similarity(one.latin, other.latin) >= least:
        return True
    return min(len(one.latin), len(other.latin)) >= _ONE_WRONG and OSA.distance(one.latin, other.latin) <= 1


def _in_order(keys: Keys, key_part: Numbers) -> tuple[Keys, Numbers]:
    order = np.argsort(keys, kind="stable")
    return keys[order], key_part[order]
