"""How common a name is in a view: bearers counted in it, blended with the shipped tables.

Counted are bearers, not mentions: everybody whom an officer or a table entered, and each name that texts use once,
since ten reports about one man do not make his name common. The counts are of the view's own records and no others.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from leconfield.ledger.model import SubjectId
from leconfield.ledger.vocabulary import ORGANISATION, PERSON, PLACE
from leconfield.registry.facts import rarity
from leconfield.registry.links import BY_ACRONYM, BY_COMMON_NAME, BY_NAME, Key
from leconfield.registry.names import WORD_BITS
from leconfield.registry.records import Record

Word = tuple[str, str]
"""A schema and a part of a name in plain letters."""
NAMED: Final = frozenset({PERSON, ORGANISATION, PLACE})
STEP: Final = 0.5
"""Bits are rounded to this, so that one more bearer seldom changes what anything weighs."""
_RAREST: Final = 20.0
_LEAST: Final = 0.5
_INITIAL: Final = 3.0
_TRUST: Final = {PERSON: 1024.0}
"""How many bearers the shipped tables count for. They know personal names well, other words hardly."""
_LITTLE_TRUST: Final = 64.0
_THE_TWO: Final = 2
"""The two that are compared bear the name themselves, and say nothing of how common it is among others."""
_WHOLE_NAME: Final = 20.0
"""Organisations and places with the very same name, unless it is very short: names are given so as to tell apart."""
_SHORT: Final = 5.0
_LETTER: Final = 5.5
_ACRONYM: Final = 8.0


class Bearers:
    """Who bears which part of a name in a view."""

    def __init__(self) -> None:
        self._bearing: dict[Word, int] = defaultdict(int)
        self._population: dict[str, int] = defaultdict(int)
        self._told: dict[SubjectId, tuple[str, bool, frozenset[str]]] = {}
        """Of each record its schema, whether it is entered, and the keys of its names."""
        self._in_texts: dict[Word, int] = defaultdict(int)
        """How many records of texts bear each whole name."""
        self._entered: dict[Word, int] = defaultdict(int)
        """How many entered records bear each whole name."""

    def take(self, record: Record) -> set[Word]:
        """Count a record, or count it anew; the words whose counts have changed."""
        if record.schema not in NAMED:
            return set()
        now = (record.schema, record.registered, frozenset(name.key for name in record.parsed if name.key))
        before = self._told.get(record.id)
        if before == now:
            return set()
        self._told[record.id] = now
        changed = self._count(*before, by=-1) if before else set()
        return changed | self._count(*now, by=1)

    def _count(self, schema: str, registered: bool, keys: frozenset[str], by: int) -> set[Word]:
        if registered:
            self._population[schema] += by
            for key in keys:
                self._entered[schema, key] += by
            whole = {(schema, key) for key in keys}
            return whole | self._bear(schema, {word for key in keys for word in key.split()}, by)
        changed: set[Word] = set()
        for key in keys:
            before = self._in_texts[schema, key]
            self._in_texts[schema, key] = before + by
            if not before or not before + by:
                self._population[schema] += by
                changed |= self._bear(schema, set(key.split()), by)
        return changed

    def _bear(self, schema: str, words: Iterable[str], by: int) -> set[Word]:
        changed = {(schema, word) for word in words}
        for each in changed:
            self._bearing[each] += by
        return changed

    def bearing(self, schema: str, word: str) -> int:
        """How many bear that part of a name."""
        return self._bearing.get((schema, word), 0)

    def population(self, schema: str) -> int:
        """How many bear names of that schema."""
        return self._population.get(schema, 0)

    def doublings(self, schema: str) -> int:
        """The whole part of the population's binary logarithm: it changes only when a view has doubled."""
        return max(self.population(schema), 1).bit_length() - 1

    def bits(self, schema: str, word: str) -> float:
        """What agreeing on that part is worth, given how many others bear it."""
        shipped = shipped_bits(schema, word)
        if len(word) == 1:
            return shipped
        trust = _TRUST.get(schema, _LITTLE_TRUST)
        others = max(0, self.bearing(schema, word) - _THE_TWO)
        return min(self._rounded(schema, trust * 2.0**-shipped + others, trust), _RAREST)

    def whole_bits(self, schema: str, key: str) -> float:
        """What agreeing on the whole name is worth, given how many others are entered under it."""
        others = self.namesakes(schema, key)
        if schema != PERSON:
            shipped = min(_WHOLE_NAME, _SHORT + _LETTER * len(key.replace(" ", "")))
            return max(_LEAST, shipped - round(math.log2(1 + others) / STEP) * STEP)
        parts = sum(self.bits(schema, word) for word in dict.fromkeys(key.split()))
        trust = _TRUST[PERSON]
        return min(parts, self._rounded(schema, trust * 2.0**-parts + others, trust)) if others else parts

    def namesakes(self, schema: str, key: str) -> int:
        """How many are entered under that whole name, beside two."""
        return max(0, self._entered.get((schema, key), 0) - _THE_TWO)

    def key_bits(self, key: Key) -> float:
        """What meeting under the key is worth: nothing for an identifier, which has a weight of its own."""
        if key.kind in (BY_NAME, BY_COMMON_NAME):
            return self.whole_bits(key.schema, name_in(key))
        return _ACRONYM + _LETTER * len(key.value) if key.kind == BY_ACRONYM else 0.0

    def _rounded(self, schema: str, bearers: float, trust: float) -> float:
        share = bearers / (trust + 2.0 ** self.doublings(schema))
        return max(_LEAST, round(-math.log2(share) / STEP) * STEP)


def name_in(key: Key) -> str:
    """The name under which records meet; empty for another kind of key."""
    return key.value.partition("|")[0] if key.kind in (BY_NAME, BY_COMMON_NAME) else ""


def rests_on(key: Key) -> set[str]:
    """The parts and the whole name on whose bearers the weight of a key rests."""
    name = name_in(key)
    return {name, *(name.split() if key.schema == PERSON else ())} if name else set()


def shipped_bits(schema: str, word: str) -> float:
    """What the shipped tables say that agreeing on a part in plain letters is worth."""
    if len(word) == 1:
        return _INITIAL
    return min(rarity(word), 3.0 * len(word)) if schema == PERSON else WORD_BITS
