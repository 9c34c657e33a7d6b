"""The scale of a view: what agreements weigh in it, and how much the engine asks for before it joins.

Scores are Fellegi-Sunter: bits of evidence, less the prior (in a view of 2 ** n bearers of such names, a chance pair is
one in 2 ** n), against a bar. The prior grows with the view, so that the same evidence joins less and less by itself.
Everything here is a function of the view's records and judgements.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, NamedTuple

from leconfield.ledger.model import SubjectId
from leconfield.ledger.vocabulary import PERSON
from leconfield.registry.evidence import IDENTIFIER, NAME, SHIPPED, Level, Weight
from leconfield.registry.judgements import Opinions, Pair
from leconfield.registry.learning import Learned
from leconfield.registry.links import BY_ACRONYM, BY_IDENTIFIER, Key
from leconfield.registry.rarity import Bearers, Word, name_in, shipped_bits
from leconfield.registry.records import Record

ATTACH: Final = 3.0
"""Bits, after the prior, from which a record is joined to a subject: eight to one."""
BRIDGE: Final = 9.0
"""Bits from which two subjects of several records each are joined: a wrong one among those costs most."""
BAND: Final = 6.0
"""Bits below the bar within which a pair that met is put before a person."""


class Grounds(NamedTuple):
    """What a pair is joined on, or not: the same for all pairs that agree so under one key."""

    schema: str
    levels: tuple[Level, ...]
    bridge: bool


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Why two are one or may be: evidence line by line, the prior, and the bar that the sum is held against."""

    weights: tuple[Weight, ...]
    doublings: int
    """The prior in bits: so often would a view of one have to double to be as large as this."""
    bridge: bool = False
    barred: tuple[str, ...] = ()
    """Contradictions, whatever the bits."""

    @property
    def evidence(self) -> float:
        """Bits for, less bits against."""
        return sum(each.bits for each in self.weights)

    @property
    def bits(self) -> float:
        """The evidence less the prior: the odds that the two are one, as a power of two."""
        return self.evidence - self.doublings

    @property
    def bar(self) -> float:
        """What the engine asks for."""
        return BRIDGE if self.bridge else ATTACH

    @property
    def enough(self) -> bool:
        """Whether the engine would join them."""
        return self.bits >= self.bar and not self.barred


class Scale:
    """Weighs, and knows what its weights rest on."""

    def __init__(self) -> None:
        self.bearers = Bearers()
        self.learned = Learned()

    def count(self, records: Iterable[Record]) -> set[Word]:
        """Count these records, or count them anew; the words that have more or fewer bearers now."""
        changed: set[Word] = set()
        for each in records:
            changed |= self.bearers.take(each)
        return changed

    def learn(self, pairs: Iterable[Pair], opinions: Opinions, records: Mapping[SubjectId, Record]) -> None:
        """Look again at what these pairs teach."""
        self.learned.take(pairs, opinions, records)

    def needed(self, grounds: Grounds) -> float:
        """Bits that meeting under the key must be worth for the pair to be joined."""
        told = sum(SHIPPED.get(level, 0.0) + self.shift(level) for level in grounds.levels)
        return (BRIDGE if grounds.bridge else ATTACH) + self.bearers.doublings(grounds.schema) - told

    def shift(self, level: Level) -> float:
        """Bits learnt for that way of agreeing."""
        return self.learned.shifts.get(level, 0.0)

    def waterfall(
        self, schema: str, weights: Iterable[Weight], *, bridge: bool = False, barred: tuple[str, ...] = ()
    ) -> Waterfall:
        """Shipped weights as they stand in this view."""
        weighed = (self._weighed(schema, each) for each in weights)
        lines = tuple(each for each in weighed if each.bits or each.field != NAME)
        return Waterfall(lines, self.bearers.doublings(schema), bridge, barred)

    def key_weights(self, key: Key) -> tuple[Weight, ...]:
        """Meeting under the key, as lines of a waterfall with their bits in this view."""
        name, bearers = name_in(key), self.bearers
        bits = bearers.key_bits(key)
        if key.kind == BY_ACRONYM:
            return (Weight(f"{key.value.upper()} is the acronym, and of no other name here", bits),)
        if key.kind == BY_IDENTIFIER:
            return ()
        others = bearers.namesakes(key.schema, name)
        detail = f"{others + 2:,} are entered under it" if others else ""
        if key.schema != PERSON:
            return (Weight("the whole name agrees", bits, detail=detail),)
        words = dict.fromkeys(name.split())
        lines = tuple(Weight(f"{each.title()}: same", shipped_bits(PERSON, each), parts=(each,)) for each in words)
        rest = bits - sum(bearers.bits(PERSON, each) for each in words)
        return (*lines, Weight("the whole name is common here", rest, detail=detail)) if rest else lines

    def _weighed(self, schema: str, weight: Weight) -> Weight:
        """One line with the rarity of its words in this view, and with what was learnt."""
        bits, detail = weight.bits, weight.detail
        if weight.parts:
            shipped = min(shipped_bits(schema, each) for each in weight.parts)
            rarest = min(weight.parts, key=lambda each: (self.bearers.bits(schema, each), each))
            bits = max(0.5, bits + self.bearers.bits(schema, rarest) - shipped)
            detail = f"borne by {self.bearers.bearing(schema, rarest):,} of {self.bearers.population(schema):,} here"
        shift = self.shift((weight.field, weight.level))
        if shift and weight.bits:
            detail = f"{weight.bits:+.1f} as shipped, {shift:+.1f} learnt"
        return replace(weight, bits=bits + shift, detail=detail)


def level_of(key: Key) -> Level:
    """How two that meet under the key agree in what they meet by."""
    if key.kind == BY_IDENTIFIER:
        return (IDENTIFIER, "sure")
    return (NAME, "acronym") if key.kind == BY_ACRONYM else (NAME, "same")


@lru_cache(maxsize=64)
def _alone(schema: str, level: Level) -> Grounds:
    return Grounds(schema, (level,), bridge=False)


def grounds_alone(key: Key) -> Grounds:
    """The grounds of two that meet under the key and have nothing else to go by."""
    return _alone(key.schema, level_of(key))
