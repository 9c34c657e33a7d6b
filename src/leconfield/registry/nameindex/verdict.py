"""What a list of hits amounts to: probabilities against strangers and against each other, and the answer in a word."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

STRANGERS: Final = 200
"""Added to the rows: those who are in no list, and might be meant against the smallest, too."""
SHARPNESS: Final = 1.35
LIFT: Final = 1.9
"""How bits of agreement became odds among invented persons, half of them in the list that was asked: parts of a name
are not independent of each other, and slips are rarer than their weights say."""
UNLIKELY: Final = 0.05
"""With less than this for all hits together, somebody unknown is meant."""
LIKELY: Final = 0.5
"""From this on for all together it is one of them, rather than somebody unknown."""
SURE_FROM: Final = 0.8
EQUALLY_GOOD: Final = 2.0
"""Bits within which two hits cannot be told apart."""
TOO_MANY: Final = 5
"""More rows than this that cannot be told apart: many, cannot tell."""
_MOST_BITS: Final = 60.0


class Verdict(StrEnum):
    """The answer in a word."""

    KNOWN = "known"
    POSSIBLE = "possible"
    MANY = "many, cannot tell"
    NO_TRACE = "no recorded trace"


def probabilities(scores: NDArray[np.float64], bearers: NDArray[np.int64], rows: int) -> NDArray[np.float64]:
    """The probability that one bearer of each name is meant: its odds against all others and against a stranger."""
    bits = SHARPNESS * (scores + np.log2(bearers) - math.log2(rows + STRANGERS)) + LIFT
    odds = np.exp2(np.minimum(bits, _MOST_BITS)) / bearers
    return np.asarray(odds / (1.0 + (odds * bearers).sum()))


def verdict_of(scores: NDArray[np.float64], bearers: NDArray[np.int64], chances: NDArray[np.float64]) -> Verdict:
    """Known also where two or three bear the name; many where more do than can be told apart."""
    total = float((chances * bearers).sum())
    if total < UNLIKELY:
        return Verdict.NO_TRACE
    equal = int(bearers[scores >= scores[0] - EQUALLY_GOOD].sum())
    if chances[0] < SURE_FROM and equal > TOO_MANY and total >= LIKELY:
        return Verdict.MANY
    return Verdict.KNOWN if total >= SURE_FROM else Verdict.POSSIBLE
