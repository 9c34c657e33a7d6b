"""The one scoring function: evidence in bits for and against two rows being of one person, field by field."""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from leconfield.registry.compiled import compiled
from leconfield.registry.linkage.levels import part_level, strangers, value_level
from leconfield.registry.linkage.similarity import WORDS, Facts, facts_of
from leconfield.registry.linkage.terms import ABSENT, APART, LEVELS, NAME, SAME, Layout, Terms, Weights

Rows: TypeAlias = npt.NDArray[np.int32]
Shape: TypeAlias = npt.NDArray[np.int32]
"""[fields, 4]: kind, first column, width, whether it is sure (`shape_of`)."""
Model: TypeAlias = npt.NDArray[np.float32]
"""[fields, 2 * LEVELS + 1]: gains, shares of rarity, and the most that rarity brings (`model_of`)."""
Outcome: TypeAlias = npt.NDArray[np.float32]
"""[fields, LEVELS + 1]: how many outcomes of each level, and the bits of the field."""
BITS: int = LEVELS


@compiled
def shape_of(layout: Layout) -> Shape:
    """The layout as one array."""
    shape = np.empty((len(layout.kind), 4), np.int32)
    for field in range(len(shape)):
        shape[field, 0], shape[field, 1] = layout.kind[field], layout.first[field]
        shape[field, 2], shape[field, 3] = layout.width[field], layout.sure[field]
    return shape


@compiled
def model_of(weights: Weights) -> Model:
    """What levels are worth, as one array."""
    model = np.empty((len(weights.cap), 2 * LEVELS + 1), np.float32)
    model[:, :LEVELS] = weights.gain
    model[:, LEVELS : 2 * LEVELS] = weights.share
    model[:, 2 * LEVELS] = weights.cap
    return model


@compiled
def _worth(model: Model, field: int, level: int, rare: float) -> float:
    """Bits for one outcome, the rarity of the term being `rare` bits."""
    return float(model[field, level] + model[field, LEVELS + level] * min(rare, model[field, 2 * LEVELS]))


@compiled
def _parts(rows: Rows, row: int, first: int, width: int) -> int:
    """How many parts a name has."""
    count = 0
    while count < width and rows[row, first + count] >= 0:
        count += 1
    return count


@compiled
def _names(
    rows: Rows,
    facts: Facts,
    shape: Shape,
    model: Model,
    rarity: npt.NDArray[np.float32],
    left: int,
    right: int,
    field: int,
    out: Outcome,
) -> float:
    """Align the parts of two names, the same ones first, then the best of the others; what has no partner is apart."""
    first, width = shape[field, 1], shape[field, 2]
    count_a, count_b, met = _parts(rows, left, first, width), _parts(rows, right, first, width), 0
    if count_a == 0 or count_b == 0:
        out[field, ABSENT] += 1
        return 0.0
    used_a, used_b, bits = 0, 0, 0.0
    for i in range(count_a):
        a = rows[left, first + i]
        for j in range(count_b):
            if a == rows[right, first + j]:
                used_a |= 1 << i
                used_b |= 1 << j
                met += 1
                out[field, SAME] += 1
                bits += _worth(model, field, SAME, rarity[a])
                break
    fewer = min(count_a, count_b)
    for i in range(count_a):
        if met == fewer:
            break
        if used_a >> i & 1:
            continue
        a = rows[left, first + i]
        best, partner = APART, 0
        for j in range(count_b):
            if used_b >> j & 1 or strangers(facts, a, rows[right, first + j]):
                continue
            level = part_level(facts, a, rows[right, first + j])
            if level < best:
                best, partner = level, j
        if best < APART:
            used_b |= 1 << partner
            met += 1
            out[field, best] += 1
            bits += _worth(model, field, best, min(rarity[a], rarity[rows[right, first + partner]]))
    out[field, APART] += fewer - met
    return float(bits + (fewer - met) * model[field, APART])


@compiled
def compare(
    rows: Rows,
    facts: Facts,
    shape: Shape,
    model: Model,
    rarity: npt.NDArray[np.float32],
    left: int,
    right: int,
    strong: int,
    out: Outcome,
) -> int:
    """Compare two rows, the one with the smaller fingerprint on the left: all bits, in thousandths.

    Whole numbers, so that sums do not depend on their order. The last bit is no evidence: it is 1 if the rows
    contradict each other (`contradicts`), that is, if they are apart in what a person has one of, and all else is not
    `strong` enough to take it for an error. Fills in the outcomes.
    """
    total, apart = 0.0, 0
    for field in range(len(shape)):
        for level in range(LEVELS):
            out[field, level] = 0
        if shape[field, 0] == NAME:
            found = _names(rows, facts, shape, model, rarity, left, right, field, out)
        else:
            a, b = rows[left, shape[field, 1]], rows[right, shape[field, 1]]
            level, found = ABSENT, 0.0
            if a >= 0 and b >= 0:
                level = SAME if a == b else value_level(facts, shape[field, 0], a, b)
                found = _worth(model, field, level, min(rarity[a], rarity[b]))
                if level == APART and shape[field, 3]:
                    apart = 1
            out[field, level] = 1
        out[field, BITS] = found
        total += found
    evidence = math.floor(total * 500 + 0.5) * 2
    return evidence + apart if evidence < strong else evidence


@compiled
def contradicts(evidence: int) -> bool:
    """Whether two rows of which this is the evidence cannot be one (`compare`)."""
    return bool(evidence & 1)


@compiled
def score_batch(
    rows: Rows,
    terms: Terms,
    layout: Layout,
    weights: Weights,
    fingerprints: npt.NDArray[np.uint64],
    left: npt.NDArray[np.int64],
    right: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int16]]:
    """Compare pairs of rows: float32[pairs, fields] of bits, int16[pairs, fields, LEVELS] of outcomes.

    A pair's evidence is the sum over its fields. A name has an outcome for each part of the shorter one. The same
    whichever row of a pair is called left.
    """
    facts = np.empty((len(terms.hash), WORDS), np.int64)
    facts_of(terms, facts, 0, len(facts))
    shape, model, rarity = shape_of(layout), model_of(weights), weights.rarity
    bits = np.zeros((len(left), len(shape)), np.float32)
    counts = np.zeros((len(left), len(shape), LEVELS), np.int16)
    out = np.zeros((len(shape), LEVELS + 1), np.float32)
    for pair in range(len(left)):
        a, b = left[pair], right[pair]
        if fingerprints[a] > fingerprints[b]:
            a, b = b, a
        compare(rows, facts, shape, model, rarity, a, b, 0, out)
        for field in range(len(shape)):
            bits[pair, field] = out[field, BITS]
            for level in range(LEVELS):
                counts[pair, field, level] = np.int16(out[field, level])
    return bits, counts


@compiled
def totals(
    rows: Rows,
    facts: Facts,
    shape: Shape,
    model: Model,
    rarity: npt.NDArray[np.float32],
    fingerprints: npt.NDArray[np.uint64],
    left: npt.NDArray[np.integer],
    right: npt.NDArray[np.integer],
    strong: int,
) -> npt.NDArray[np.int32]:
    """The evidence for each pair in thousandths of a bit, from arrays that are packed already."""
    total = np.empty(len(left), np.int32)
    out = np.zeros((len(shape), LEVELS + 1), np.float32)
    for pair in range(len(left)):
        a, b = left[pair], right[pair]
        if fingerprints[a] > fingerprints[b]:
            a, b = b, a
        total[pair] = compare(rows, facts, shape, model, rarity, a, b, strong, out)
    return total
