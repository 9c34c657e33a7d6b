"""What a view's judgements teach: how often each way of agreeing is found among pairs judged the same, and different.

Every weight is a ratio m/u: how often records of one subject agree so (m), and how often those of two do (u). Both
begin with shipped values that count like eight pairs already seen, so that few judgements change little (Beta
smoothing). What is learnt is a function of the set of opinions that count: taking one back takes back what was learnt
from it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final

from leconfield.ledger.model import SubjectId
from leconfield.registry.evidence import (
    BIRTH,
    COUNTRY,
    IDENTIFIER,
    NAME,
    SEX,
    SHIPPED,
    Level,
    best_match,
    name_level,
    profile_of,
    weigh_facts,
    weigh_identifiers,
)
from leconfield.registry.judgements import DIFFERENT, SAME, Opinions, Pair
from leconfield.registry.records import Record

_SEEN: Final = 8.0
"""Pairs with just that agreement which a shipped value counts for, and at least as many without."""
STEP: Final = 0.5
"""Learnt bits are rounded to this: a single judgement moves nothing, several of one kind do."""
_MOST: Final = 6.0
_MOST_NAMES: Final = 6
_OFTEN: Final[dict[Level, float]] = {
    (BIRTH, "day"): 0.7,
    (BIRTH, "month"): 0.05,
    (BIRTH, "year"): 0.15,
    (BIRTH, "swapped"): 0.02,
    (BIRTH, "differ"): 0.001,
    (SEX, "same"): 0.98,
    (SEX, "differ"): 0.0005,
    (COUNTRY, "same"): 0.8,
    (COUNTRY, "differ"): 0.1,
    (IDENTIFIER, "sure"): 0.5,
    (IDENTIFIER, "shared"): 0.3,
}
"""Shipped m: how often two records of one subject agree so, where both say something."""
_NAMES: Final[dict[str, tuple[float, float]]] = {
    "same": (0.6, 0.25),
    "spelling": (0.1, 0.1),
    "nickname": (0.05, 0.1),
    "letters": (0.08, 0.15),
    "initial": (0.05, 0.15),
    "missing": (0.1, 0.15),
    "contradicts": (0.02, 0.1),
}
"""Shipped m and u of names among pairs that somebody looks at; what a name is worth lies in its rarity besides."""
_OTHERWISE: Final = (IDENTIFIER, "differ")


def shipped_rates() -> dict[Level, tuple[float, float]]:
    """The shipped m and u of every way of agreeing."""
    facts = {level: (often, often / 2.0 ** SHIPPED[level]) for level, often in _OFTEN.items()}
    return {**{(NAME, level): rates for level, rates in _NAMES.items()}, **facts}


RATES: Final[Mapping[Level, tuple[float, float]]] = shipped_rates()


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learnt of one way of agreeing."""

    level: Level
    same: int
    """Pairs judged the same that agree so."""
    of_same: int
    """Pairs judged the same in which both sides say something of the field."""
    different: int
    of_different: int
    shipped: float
    """Bits before anything was learnt."""
    shift: float
    """Bits that the judgements add."""


class Learned:
    """What is learnt from the opinions of a view."""

    def __init__(self) -> None:
        self._told: dict[Pair, tuple[str, tuple[Level, ...]]] = {}
        self._seen: Counter[tuple[str, Level]] = Counter()
        self._looked: Counter[tuple[str, str]] = Counter()
        self.shifts: dict[Level, float] = {}
        """Bits to add, for each way of agreeing that anything was learnt of."""

    def take(self, pairs: Iterable[Pair], opinions: Opinions, records: Mapping[SubjectId, Record]) -> bool:
        """Look at these pairs again; whether any weight is another now."""
        touched: set[str] = set()
        for pair in pairs:
            before, now = self._told.pop(pair, None), _told(pair, opinions, records)
            if now:
                self._told[pair] = now
            if before != now:
                touched |= self._count(before, -1) | self._count(now, 1)
        shifts = {level: shift for level in RATES if (shift := self._shift(level))} if touched else self.shifts
        changed = shifts != self.shifts
        self.shifts = shifts
        return changed

    def lessons(self) -> tuple[Lesson, ...]:
        """What was learnt, way by way, whether or not it changes anything."""
        return tuple(
            Lesson(
                level,
                self._seen[SAME, level],
                self._looked[SAME, level[0]],
                self._seen[DIFFERENT, level],
                self._looked[DIFFERENT, level[0]],
                SHIPPED.get(level, 0.0),
                self.shifts.get(level, 0.0),
            )
            for level in RATES
        )

    @property
    def judged(self) -> tuple[int, int]:
        """How many pairs judged the same, and how many judged different, it was learnt from."""
        verdicts = [verdict for verdict, _ in self._told.values()]
        return verdicts.count(SAME), verdicts.count(DIFFERENT)

    def _count(self, told: tuple[str, tuple[Level, ...]] | None, by: int) -> set[str]:
        if told is None:
            return set()
        verdict, levels = told
        for level in levels:
            self._seen[verdict, level] += by
            self._looked[verdict, level[0]] += by
        return {field for field, _ in levels}

    def _shift(self, level: Level) -> float:
        often, by_chance = RATES[level]
        bits = self._gain(SAME, level, often) - self._gain(DIFFERENT, level, by_chance)
        return max(-_MOST, min(_MOST, round(bits / STEP) * STEP)) + 0.0

    def _gain(self, verdict: str, level: Level, rate: float) -> float:
        """How much oftener, in bits, than the shipped rate: the rate counts like `_SEEN` pairs of either kind."""
        strength = _SEEN / min(rate, 1.0 - rate)
        seen, looked = self._seen[verdict, level], self._looked[verdict, level[0]]
        return math.log2((strength * rate + seen) / (strength + looked) / rate)


def _told(pair: Pair, opinions: Opinions, records: Mapping[SubjectId, Record]) -> tuple[str, tuple[Level, ...]] | None:
    """What a pair teaches: its verdict, and how its two records agree; None if nobody has decided."""
    opinion = opinions.on(*pair)
    left, right = records.get(pair[0]), records.get(pair[1])
    if opinion is None or opinion.verdict not in (SAME, DIFFERENT) or left is None or right is None:
        return None
    return opinion.verdict, levels_between(left, right)


def levels_between(left: Record, right: Record) -> tuple[Level, ...]:
    """How two records agree, field by field; fields of which either says nothing are left out."""
    one, other = profile_of((left,)), profile_of((right,))
    levels = [(each.field, each.level) for each in weigh_facts(one, other)]
    if one.names and other.names:
        match = best_match(product(one.names[:_MOST_NAMES], other.names[:_MOST_NAMES]))
        levels.append((NAME, name_level(match)))
    if {each.prop for each in one.identifiers} & {each.prop for each in other.identifiers}:
        shared = {(each.field, each.level) for each in weigh_identifiers(one, other)}
        levels.append(max(shared, key=SHIPPED.__getitem__) if shared else _OTHERWISE)
    return tuple(sorted(levels))
