"""Why two records are one, or not: the evidence as a waterfall, field by field, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from leconfield.registry.linkage.encoding import Encoder
from leconfield.registry.linkage.fields import Field
from leconfield.registry.linkage.scoring import score_batch
from leconfield.registry.linkage.terms import ABSENT, APART, CLOSE, KINDRED, LEVELS, NAME, PARTIAL, SAME, Weights

_WORDS: Final = {
    ABSENT: "not given on both sides",
    SAME: "the same",
    CLOSE: "an edit or a sound apart",
    KINDRED: "kindred",
    PARTIAL: "agrees in part",
    APART: "different",
}
_OF_PARTS: Final = {SAME: "the same", CLOSE: "alike", KINDRED: "kin", PARTIAL: "by initial", APART: "different"}


@dataclass(frozen=True, slots=True)
class Step:
    """What one field says."""

    field: str
    words: str
    bits: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """All steps, and how much they have to come to before two records are more likely one than not."""

    steps: tuple[Step, ...]
    needed: float

    @property
    def bits(self) -> float:
        """All evidence."""
        return sum(step.bits for step in self.steps)


def explain(
    encoder: Encoder,
    rows: npt.NDArray[np.int32],
    weights: Weights,
    fingerprints: npt.NDArray[np.uint64],
    pair: tuple[int, int],
    needed: float,
) -> Explanation:
    """The waterfall of one pair of rows."""
    left, right = np.array(pair[:1]), np.array(pair[1:])
    bits, counts = score_batch(rows, encoder.terms, encoder.plan.layout, weights, fingerprints, left, right)
    steps = [
        Step(
            field.name, _words(encoder, field, rows[pair[0]], rows[pair[1]], counts[0, number]), float(bits[0, number])
        )
        for number, field in enumerate(encoder.plan.fields)
    ]
    return Explanation(tuple(steps), needed)


def _words(
    encoder: Encoder,
    field: Field,
    left: npt.NDArray[np.int32],
    right: npt.NDArray[np.int32],
    counts: npt.NDArray[np.int16],
) -> str:
    here = slice(field.first, field.first + field.width)
    texts = [" ".join(encoder.text(int(term)) for term in row[here] if term >= 0) for row in (left, right)]
    said = texts[0] if texts[0] == texts[1] else f"{texts[0] or 'nothing'} / {texts[1] or 'nothing'}"
    if field.kind == NAME and not counts[ABSENT]:
        parts = ", ".join(f"{counts[level]} {_OF_PARTS[level]}" for level in range(1, LEVELS) if counts[level])
        return f"{said}: {parts}"
    return f"{said}: {_WORDS[int(np.argmax(counts))]}"
