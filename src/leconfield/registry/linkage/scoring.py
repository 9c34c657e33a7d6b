"""The one scoring function: evidence in bits for and against two rows being of one person, field by field."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from leconfield.registry.compiled import compiled
from leconfield.registry.linkage.similarity import digits_apart, kindred, within
from leconfield.registry.linkage.terms import (
    ABSENT,
    APART,
    CATEGORY,
    CLOSE,
    DATE,
    KINDRED,
    LEVELS,
    NAME,
    PARTIAL,
    SAME,
    Layout,
    Terms,
    Weights,
)

MOST_PARTS: Final = 8


@compiled
def date_level(a: int, b: int) -> int:
    """How far two dates agree: a digit or day and month swapped is close; the year alone is in part."""
    apart = digits_apart(a, b)
    year_a, year_b = a // 10000, b // 10000
    day_a, day_b = a % 10000, b % 10000
    if apart <= 1 or (year_a == year_b and day_a // 100 == day_b % 100 and day_a % 100 == day_b // 100):
        return CLOSE
    unsure = day_a == 0 or day_b == 0 or day_a == 101 or day_b == 101
    if year_a == year_b and unsure:
        return PARTIAL
    if apart == 2 or year_a == year_b or day_a == day_b:
        return KINDRED
    return APART


@compiled
def part_level(terms: Terms, a: int, b: int) -> int:
    """How far two different parts of names agree."""
    shorter = min(int(terms.length[a]), int(terms.length[b]))
    if shorter == 1:
        return PARTIAL if terms.letters[a, 0] == terms.letters[b, 0] else APART
    if shorter >= 3 and within(terms, a, b, 2 if shorter >= 7 else 1):
        return CLOSE
    if shorter >= 4 and terms.skeleton[a] == terms.skeleton[b]:
        return CLOSE
    return KINDRED if kindred(terms, a, b) else APART


@compiled
def value_level(terms: Terms, kind: int, a: int, b: int) -> int:
    """How far two different values of one field agree."""
    if kind == DATE and terms.number[a] and terms.number[b]:
        return date_level(int(terms.number[a]), int(terms.number[b]))
    shorter = min(int(terms.length[a]), int(terms.length[b]))
    if shorter >= 3 and within(terms, a, b, 2 if shorter >= 8 else 1):
        return CLOSE
    if kind != CATEGORY and kindred(terms, a, b):
        return KINDRED
    return APART


@compiled
def _outcome(
    weights: Weights,
    field: int,
    level: int,
    rarity: float,
    bits: npt.NDArray[np.float32],
    counts: npt.NDArray[np.int16],
) -> None:
    counts[field, level] += 1
    bits[field] += weights.gain[field, level] + weights.share[field, level] * min(rarity, weights.cap[field])


@compiled
def _names(
    a: npt.NDArray[np.int32],
    b: npt.NDArray[np.int32],
    terms: Terms,
    weights: Weights,
    field: int,
    bits: npt.NDArray[np.float32],
    counts: npt.NDArray[np.int16],
) -> None:
    """Align the parts of two names, the same ones first, then the best of the others; what has no partner is apart."""
    width = len(a)
    used_a, used_b = 0, 0
    count_a, count_b, met = 0, 0, 0
    for i in range(width):
        count_a += a[i] >= 0
        count_b += b[i] >= 0
    if count_a == 0 or count_b == 0:
        counts[field, ABSENT] += 1
        return
    for i in range(count_a):
        for j in range(count_b):
            if a[i] == b[j] and not used_b >> j & 1:
                used_a |= 1 << i
                used_b |= 1 << j
                met += 1
                _outcome(weights, field, SAME, weights.rarity[a[i]], bits, counts)
                break
    fewer = min(count_a, count_b)
    for i in range(count_a):
        if met == fewer:
            break
        if used_a >> i & 1:
            continue
        best, partner = APART, 0
        for j in range(count_b):
            if used_b >> j & 1:
                continue
            level = part_level(terms, a[i], b[j])
            if level < best:
                best, partner = level, j
        if best < APART:
            used_b |= 1 << partner
            met += 1
            _outcome(weights, field, best, min(weights.rarity[a[i]], weights.rarity[b[partner]]), bits, counts)
    for _ in range(fewer - met):
        _outcome(weights, field, APART, 0.0, bits, counts)


@compiled
def compare(
    rows: npt.NDArray[np.int32],
    terms: Terms,
    layout: Layout,
    weights: Weights,
    fingerprints: npt.NDArray[np.uint64],
    left: int,
    right: int,
    bits: npt.NDArray[np.float32],
    counts: npt.NDArray[np.int16],
) -> float:
    """Compare two rows: fills in bits[fields] and counts[fields, LEVELS] of outcomes, and returns all bits.

    The same whichever of the two is called left.
    """
    bits[:] = 0
    counts[:] = 0
    if fingerprints[left] > fingerprints[right]:
        left, right = right, left
    total = 0.0
    for field in range(len(layout.kind)):
        first = layout.first[field]
        if layout.kind[field] == NAME:
            end = first + layout.width[field]
            _names(rows[left, first:end], rows[right, first:end], terms, weights, field, bits, counts)
        else:
            a, b = rows[left, first], rows[right, first]
            if a < 0 or b < 0:
                counts[field, ABSENT] += 1
            elif a == b:
                _outcome(weights, field, SAME, weights.rarity[a], bits, counts)
            else:
                rarity = min(weights.rarity[a], weights.rarity[b])
                _outcome(weights, field, value_level(terms, layout.kind[field], a, b), rarity, bits, counts)
        total += bits[field]
    return total


@compiled
def score_batch(
    rows: npt.NDArray[np.int32],
    terms: Terms,
    layout: Layout,
    weights: Weights,
    fingerprints: npt.NDArray[np.uint64],
    left: npt.NDArray[np.int64],
    right: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int16]]:
    """Compare pairs of rows: float32[pairs, fields] of bits, int16[pairs, fields, LEVELS] of outcomes.

    A pair's evidence is the sum over its fields. A name has an outcome for each part of the shorter one.
    """
    fields = len(layout.kind)
    bits = np.zeros((len(left), fields), np.float32)
    counts = np.zeros((len(left), fields, LEVELS), np.int16)
    for pair in range(len(left)):
        compare(rows, terms, layout, weights, fingerprints, left[pair], right[pair], bits[pair], counts[pair])
    return bits, counts


@compiled
def total_batch(
    rows: npt.NDArray[np.int32],
    terms: Terms,
    layout: Layout,
    weights: Weights,
    fingerprints: npt.NDArray[np.uint64],
    left: npt.NDArray[np.int64],
    right: npt.NDArray[np.int64],
) -> npt.NDArray[np.int32]:
    """The evidence for each pair in thousandths of a bit: whole numbers, so that sums do not depend on their order."""
    bits = np.zeros(len(layout.kind), np.float32)
    counts = np.zeros((len(layout.kind), LEVELS), np.int16)
    out = np.empty(len(left), np.int32)
    for pair in range(len(left)):
        total = compare(rows, terms, layout, weights, fingerprints, left[pair], right[pair], bits, counts)
        out[pair] = np.int32(round(total * 1000))
    return out
