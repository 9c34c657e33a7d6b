"""Which alternatives a recipient gets, and how surely a leaked text names a copy. Pure.

Choices are independent and even: each follows from a secret key, the release, the recipient and the place. So whoever
did not leak has a row of choices that has nothing to do with the leaked text, however that came about: by retyping,
by cutting, by comparing many copies and mixing them. The chance that he agrees with it as far as he does can
therefore be computed, and is what an accusation rests on. What a coalition can do is to go unnamed, not to have
somebody else named. (The idea of Tardos, "Optimal probabilistic fingerprint codes", STOC 2003, without his bias of
choices, which pays only from hundreds of places on.)
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

ONE_IN: Final = 1_000
"""A false accusation happens at most once in so many leaks, if nothing else is asked for."""
_STEPS: Final = 16
"""Weights of agreements are counted in sixteenths of a bit, so that their sums are exact."""


def choices(counts: Sequence[int], digits: Callable[[int], str]) -> tuple[int, ...]:
    """The row of one recipient. `digits`: at least 32 hexadecimal digits for a place, that a secret key gives."""
    return tuple(int(digits(place)[:32], 16) % count for place, count in enumerate(counts))


@dataclass(frozen=True, slots=True)
class Match:
    """How far a leaked text agrees with one copy."""

    recipient: str
    agreed: int
    read: int
    """Places that could be read in the leaked text."""
    chance: float
    """The chance that *any* of the copies agrees so far, or further, if none of them leaked."""

    def named(self, one_in: int = ONE_IN) -> bool:
        """Whether the copy is named, if a false accusation may happen once in so many leaks."""
        return self.chance * one_in <= 1


def matches(
    leaked: Sequence[int | None], counts: Sequence[int], rows: Mapping[str, Sequence[int]]
) -> tuple[Match, ...]:
    """How far each copy agrees with what was read of a leaked text (None: not read), the likeliest first.

    The chance is exact for one copy (dynamic programme over the places that were read) and summed up over all copies
    (union bound): an agreement weighs as many bits as there are alternatives to choose from.
    """
    read = [place for place, choice in enumerate(leaked) if choice is not None]
    tail = _tail(tuple(sorted(counts[place] for place in read)))
    found = []
    for recipient, row in rows.items():
        agreed = [place for place in read if row[place] == leaked[place]]
        weight = sum(_weight(counts[place]) for place in agreed)
        found.append(Match(recipient, len(agreed), len(read), min(1.0, len(rows) * tail(weight))))
    return tuple(sorted(found, key=lambda each: (each.chance, each.recipient)))


def _weight(count: int) -> int:
    return round(_STEPS * math.log2(count))


@lru_cache(maxsize=64)
def _tail(counts: tuple[int, ...]) -> Callable[[int], float]:
    """The chance that a row of even, independent choices agrees with a given one by at least a weight."""
    chances: dict[int, float] = {0: 1.0}
    for count in counts:
        following: dict[int, float] = defaultdict(float)
        for weight, chance in chances.items():
            following[weight] += chance * (1 - 1 / count)
            following[weight + _weight(count)] += chance / count
        chances = following
    return lambda least: math.fsum(chance for weight, chance in chances.items() if weight >= least)


def needed(copies: int, count: int = 2, one_in: int = ONE_IN) -> int:
    """How many places a text needs at least so that one whole copy, leaked as it is, is named among so many."""
    return math.ceil(math.log(copies * one_in) / math.log(count))
