"""How much of its weight a statement keeps: by its grade, and by who asserts it how.

The shares are ours: read as "how often is such a statement so", rounded, and argued for in docs/typologies.md.
"""

from __future__ import annotations

from math import sqrt
from typing import Final

from leconfield.ledger.grades import UNGRADED, Grade
from leconfield.ledger.model import ACTUAL, ATTEMPTED, DENIED, PLANNED, POSSIBLE, Assertion

RELIABILITY: Final[dict[str, float]] = {"A": 1.0, "B": 0.9, "C": 0.7, "D": 0.4, "E": 0.2, "F": 0.5}
CREDIBILITY: Final[dict[int, float]] = {1: 1.0, 2: 0.9, 3: 0.7, 4: 0.4, 5: 0.15, 6: 0.5}
MODALITY: Final[dict[str, float]] = {ACTUAL: 1.0, ATTEMPTED: 1.0, PLANNED: 0.8, POSSIBLE: 0.5}
STANCE: Final[dict[str, float]] = {
    "fact": 1.0,
    "claimed": 0.8,
    "accused by authorities": 0.7,
    "accused": 0.5,
    "possible": 0.4,
}
QUOTED: Final = 0.7
"""Of what the report only quotes somebody as saying: the grade is that of the report's source, not of him."""
ACQUITTED: Final = "acquitted"


def trust_in(grade: Grade, of_report: Grade, assertion: Assertion) -> float:
    """The share of its weight, from 0 to 1; a statement without a grade of its own bears its report's.

    The two halves of a grade are opinions of one and the same telling: their mean (geometric), not their product.
    """
    best = of_report if grade == UNGRADED else grade
    stance = STANCE.get(assertion.stance, QUOTED if assertion.asserter else 1.0)
    believed = sqrt(RELIABILITY[best.reliability] * CREDIBILITY[best.credibility])
    return believed * MODALITY.get(assertion.modality, 1.0) * stance


def is_denied(assertion: Assertion) -> bool:
    """Whether it says that it is not so."""
    return assertion.polarity == DENIED or assertion.stance == ACQUITTED
