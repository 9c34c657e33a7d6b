"""Whether a sift bears harder on one group than on another: the four-fifths ratio and Fisher's exact test, both.

Neither is a verdict: a ratio below four fifths may be chance, and a small p one of many looks. Pure; no person in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import Final

LEAST: Final = 10
"""Of fewer people than this nothing is told."""
FOUR_FIFTHS: Final = Fraction(4, 5)
"""29 CFR 1607.4(D): a rate below this share of the best group's is looked at."""
RARE: Final = 0.05
"""A p below this is called unlikely to be chance alone."""


@dataclass(frozen=True, slots=True)
class Group:
    """How a group fared against the group that fared best."""

    name: str
    came: int
    went_on: int
    ratio: Fraction | None
    """Its rate as a share of the best group's; None: it is the best, or nobody went on."""
    p: float | None
    """Fisher's exact test against the best group, two-sided; None where there is no ratio."""

    @property
    def rate(self) -> Fraction:
        """The share of those who came that went on."""
        return Fraction(self.went_on, self.came)

    @property
    def flagged(self) -> bool:
        """Whether it is below four fifths."""
        return self.ratio is not None and self.ratio < FOUR_FIFTHS

    @property
    def unlikely(self) -> bool:
        """Whether chance alone would seldom differ so much."""
        return self.p is not None and self.p < RARE


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing that was asked, by group."""

    asked: str
    groups: tuple[Group, ...]
    suppressed: tuple[str, ...]
    """Groups of which nothing is told."""
    odd: tuple[str, ...] = ()
    """Groups of which more answered later than before: no rate follows from that."""


def fisher(in_one: tuple[int, int], in_other: tuple[int, int]) -> float:
    """Fisher's exact test, two-sided: how likely tables no likelier than this one are, if groups fare alike.

    Each pair: how many went on, of how many. Whole numbers throughout, so that tables of equal likelihood are equal.
    """
    (one, of_one), (other, of_other) = in_one, in_other
    together, everybody = one + other, of_one + of_other
    weights = [
        comb(of_one, each) * comb(of_other, together - each)
        for each in range(max(0, together - of_other), min(of_one, together) + 1)
    ]
    seen = comb(of_one, one) * comb(of_other, other)
    return float(Fraction(sum(each for each in weights if each <= seen), comb(everybody, together)))


def compared(asked: str, came: Mapping[str, int], went_on: Mapping[str, int]) -> Compared:
    """The groups of one question against the one that fared best, the best first; none below ten.

    For those inside who may know the counts: a single small group hides no other, since what leaves (`suppressed`)
    would otherwise leave nothing to compare.
    """
    hidden = [each for each in came if came[each] < LEAST]
    odd = tuple(each for each in came if each not in hidden and went_on.get(each, 0) > came[each])
    shown = {each: (went_on.get(each, 0), came[each]) for each in came if each not in hidden and each not in odd}
    ordered = sorted(shown, key=lambda each: (-Fraction(*shown[each]), -shown[each][1], each))
    best = shown[ordered[0]] if ordered else (0, 1)
    groups = [_group(each, shown[each], best, first=place == 0) for place, each in enumerate(ordered)]
    return Compared(asked, tuple(groups), tuple(sorted(hidden)), odd)


def _group(name: str, its: tuple[int, int], best: tuple[int, int], *, first: bool) -> Group:
    if first or not best[0]:
        return Group(name, its[1], its[0], None, None)
    return Group(name, its[1], its[0], Fraction(*its) / Fraction(*best), fisher(its, best))


def suppressed(counts: Mapping[str, int]) -> frozenset[str]:
    """Of which groups no count is told, so that none below ten is known: nor by taking the others from the sum.

    Those below ten; and, as long as only one is hidden or all hidden are below ten together, the next smallest.
    """
    rising: Sequence[str] = sorted(counts, key=lambda each: (counts[each], each))
    hidden = [each for each in rising if counts[each] < LEAST]
    for each in rising[len(hidden) :]:
        if not hidden or (len(hidden) > 1 and sum(counts[one] for one in hidden) >= LEAST):
            break
        hidden.append(each)
    return frozenset(hidden)
