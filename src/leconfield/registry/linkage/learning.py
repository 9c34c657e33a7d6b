"""Weights from the table at hand, without labels: how often values agree by chance, and within one person.

Fellegi and Sunter's model (JASA 64, 1969) with term frequencies. By chance: counted over random pairs. Within one
person: expectation and maximisation over pairs that share a key, each field judged by the evidence of the other
fields alone, from guesses that hold for most tables and weigh as much as `_TRUST` pairs. Every sample is drawn by the
fingerprints of rows and keys: the same rows give the same weights in whatever order they lie.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from leconfield.registry.compiled import compiled
from leconfield.registry.linkage.keys import COMMON, MOST_KEYS, atoms, row_keys
from leconfield.registry.linkage.scoring import score_batch
from leconfield.registry.linkage.similarity import mixed
from leconfield.registry.linkage.terms import (
    CATEGORY,
    CODE,
    DATE,
    LEVELS,
    NAME,
    SAME,
    TEXT,
    Layout,
    Terms,
    Weights,
)

RANDOM_PAIRS: Final = 100_000
KEYED_PAIRS: Final = 100_000
_MOST_KEYS: Final = 200_000
ROUNDS: Final = 6
_TRUST: Final = 200.0
JUDGED: Final = 20.0
"""How many sampled pairs an officer's judgement weighs as much as."""
MOST_RARITY: Final = {NAME: 9.0, DATE: 12.0, CODE: 10.0, TEXT: 7.0, CATEGORY: 5.0}
"""The most bits that the rarity of one term brings, by kind of field: what is rarer is shared within families, too."""
MOST_GAIN: Final = 8.0
"""The most bits that a level of agreement brings by itself: chance too rare to be counted is not thereby impossible."""
_SAME_PERSON: Final = {
    NAME: (0, 0.80, 0.07, 0.03, 0.02, 0.08),
    DATE: (0, 0.80, 0.08, 0.05, 0.03, 0.04),
    CODE: (0, 0.75, 0.07, 0.06, 0.02, 0.10),
    TEXT: (0, 0.75, 0.08, 0.07, 0.02, 0.08),
    CATEGORY: (0, 0.85, 0.03, 0.01, 0.01, 0.10),
}
"""The guesses: how the values of two rows of one person agree, by kind of field and level."""
_COUNTS_RARITY: Final = {NAME: (0, 1, 1, 1, 0, 0)}
"""Levels at which the rarity of the term counts; for other kinds only when it is the same."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Pairs of rows and how they agree."""

    left: npt.NDArray[np.int64]
    right: npt.NDArray[np.int64]
    rarity: npt.NDArray[np.float32]
    """[pairs, fields]: bits that come from rarity alone."""
    counts: npt.NDArray[np.float32]
    """[pairs, fields, LEVELS]."""


def threshold(rows: int) -> float:
    """Bits above which two rows are more likely one person than not: the prior falls as there are more rows."""
    return float(np.log2(max(rows, 2))) - PRIOR_BITS


PRIOR_BITS: Final = 2.6
"""log2 of how many other rows of the same person are to be expected, about."""


def learn(
    rows: npt.NDArray[np.int32],
    terms: Terms,
    layout: Layout,
    fingerprints: npt.NDArray[np.uint64],
    judged: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.bool_]] | None = None,
) -> Weights:
    """The weights for these rows; `judged` are pairs (left, right, same) that officers have looked at."""
    order = np.argsort(fingerprints, kind="stable")
    weights = _before(rows, terms, layout)
    chance = _by_chance(_scored(*_random_pairs(len(rows), order), rows, terms, layout, weights, fingerprints))
    keyed = _scored(*_keyed_pairs(rows, terms, layout, order), rows, terms, layout, weights, fingerprints)
    same, apart = None, None
    if judged is not None:
        told = _scored(judged[0], judged[1], rows, terms, layout, weights, fingerprints)
        same = JUDGED * told.counts[judged[2]].sum(axis=0)
        apart = JUDGED * told.counts[~judged[2]].sum(axis=0)
    guess = np.array([_SAME_PERSON[int(kind)] for kind in layout.kind]) * _TRUST
    within = guess / guess.sum(axis=1, keepdims=True)
    chance = _shares(chance if apart is None else chance + apart, _TRUST / 1000)
    gain = np.zeros((len(layout.kind), LEVELS))
    for _ in range(ROUNDS):
        gain = _gains(within, chance, layout)
        seen = _within(keyed.rarity, keyed.counts, gain, threshold(len(rows)))
        within = _shares(seen if same is None else seen + same, guess)
    return weights._replace(gain=_gains(within, chance, layout).astype(np.float32))


def _before(rows: npt.NDArray[np.int32], terms: Terms, layout: Layout) -> Weights:
    """Weights that know how rare terms are, and nothing else."""
    fields = len(layout.kind)
    share = np.zeros((fields, LEVELS), np.float32)
    share[:, SAME] = 1
    for field, kind in enumerate(layout.kind):
        share[field] = _COUNTS_RARITY.get(int(kind), share[field])
    cap = np.array([MOST_RARITY[int(kind)] for kind in layout.kind], np.float32)
    return Weights(np.zeros((fields, LEVELS), np.float32), share, cap, rarities(rows, layout, len(terms.hash)))


def rarities(rows: npt.NDArray[np.int32], layout: Layout, count: int) -> npt.NDArray[np.float32]:
    """-log2 of the share of rows, of those that have the field, in which each term occurs; float32[count]."""
    rarity = np.zeros(count, np.float32)
    for first, width in zip(layout.first, layout.width, strict=True):
        here = rows[:, first : first + width]
        occurs = np.bincount(here[here >= 0], minlength=count)
        present = int((here[:, 0] >= 0).sum())
        rarity = np.where(occurs > 0, np.log2((present + 2) / (occurs + 1)).astype(np.float32), rarity)
    return np.where(rarity == 0, np.float32(np.log2(len(rows) + 2)), rarity).astype(np.float32)


def _scored(
    left: npt.NDArray[np.int64],
    right: npt.NDArray[np.int64],
    rows: npt.NDArray[np.int32],
    terms: Terms,
    layout: Layout,
    weights: Weights,
    fingerprints: npt.NDArray[np.uint64],
) -> Sample:
    bits, counts = score_batch(rows, terms, layout, weights, fingerprints, left, right)
    return Sample(left, right, bits, counts.astype(np.float32))


def _random_pairs(count: int, order: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    if count < 2:
        return order[:0], order[:0]
    drawn = np.random.default_rng(20).integers(0, count, (2, min(RANDOM_PAIRS, count * count)))
    drawn = drawn[:, drawn[0] != drawn[1]]
    return order[drawn[0]], order[drawn[1]]


def _keyed_pairs(
    rows: npt.NDArray[np.int32], terms: Terms, layout: Layout, order: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Pairs that share a key, from as many keys as give enough of them."""
    rank = np.empty(len(rows), np.int64)
    rank[order] = np.arange(len(rows))
    keys, row = _drawn_keys(rows, terms, layout, _MOST_KEYS)
    by_key = np.lexsort((rank[row], keys))
    pairs = np.sort(_pairs_of(keys[by_key], rank[row[by_key]], COMMON))
    pairs = pairs[np.concatenate((pairs[:1] >= 0, pairs[1:] != pairs[:-1]))]
    if len(pairs) > KEYED_PAIRS:
        drawn = _mixed_all(pairs)
        pairs = pairs[drawn <= np.partition(drawn, KEYED_PAIRS)[KEYED_PAIRS]]
    return order[pairs >> 32], order[pairs & 0xFFFFFFFF]


@compiled
def _drawn_keys(
    rows: npt.NDArray[np.int32], terms: Terms, layout: Layout, most: int
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """Keys and the rows that bear them: about as many as `most`, drawn by the keys' own values."""
    made, buffer = atoms(), np.zeros(MOST_KEYS, np.uint64)
    total = 0
    for i in range(len(rows)):
        total += row_keys(rows[i], terms, layout, made, buffer)
    limit = np.uint64(0xFFFFFFFFFFFFFFFF)
    if total > most:
        limit = np.uint64(1.8e19 * (most / total))
    keys, row = np.empty(total, np.uint64), np.empty(total, np.int64)
    count = 0
    for i in range(len(rows)):
        for j in range(row_keys(rows[i], terms, layout, made, buffer)):
            if buffer[j] <= limit:
                keys[count], row[count] = buffer[j], i
                count += 1
    return keys[:count].copy(), row[:count].copy()


@compiled
def _pairs_of(keys: npt.NDArray[np.uint64], rank: npt.NDArray[np.int64], most: int) -> npt.NDArray[np.int64]:
    """The pairs within each run of equal keys that is no longer than `most`, as (smaller rank << 32 | larger)."""
    total = 0
    for fill in range(2):
        if fill:
            out = np.empty(total, np.int64)
        total, start = 0, 0
        for i in range(1, len(keys) + 1):
            if i < len(keys) and keys[i] == keys[start]:
                continue
            if i - start <= most:
                for a in range(start, i):
                    for b in range(a + 1, i):
                        if fill:
                            out[total] = rank[a] << 32 | rank[b]
                        total += 1
            start = i
    return out


@compiled
def _mixed_all(pairs: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
    out = np.empty(len(pairs), np.uint64)
    for i in range(len(pairs)):
        out[i] = mixed(np.uint64(pairs[i]), np.uint64(7))
    return out


def _by_chance(sample: Sample) -> npt.NDArray[np.float64]:
    return np.asarray(sample.counts.sum(axis=0, dtype=np.float64), np.float64)


@compiled
def _within(
    rarity: npt.NDArray[np.float32], counts: npt.NDArray[np.float32], gain: npt.NDArray[np.float64], needed: float
) -> npt.NDArray[np.float64]:
    """Outcomes within one person: each pair counts as much as the other fields say that it is one."""
    seen, bits = np.zeros(gain.shape), np.zeros(len(gain))
    for pair in range(len(counts)):
        total = 0.0
        for field in range(len(gain)):
            bits[field] = rarity[pair, field]
            for level in range(LEVELS):
                bits[field] += counts[pair, field, level] * gain[field, level]
            total += bits[field]
        for field in range(len(gain)):
            doubt = min(60.0, max(-60.0, needed - total + bits[field]))
            belief = 1 / (1 + 2.0**doubt)
            for level in range(LEVELS):
                seen[field, level] += belief * counts[pair, field, level]
    return seen


def _shares(counts: npt.NDArray[np.float64], guess: npt.NDArray[np.float64] | float) -> npt.NDArray[np.float64]:
    smooth = counts + guess
    smooth[:, 0] = 0
    shares: npt.NDArray[np.float64] = smooth / smooth.sum(axis=1, keepdims=True)
    return shares


def _gains(within: npt.NDArray[np.float64], chance: npt.NDArray[np.float64], layout: Layout) -> npt.NDArray[np.float64]:
    """log2 m/u; where the rarity of the term stands for u, how much more often the level occurs than the same term."""
    gain = np.zeros_like(within)
    for field, kind in enumerate(layout.kind):
        counted = np.array(_COUNTS_RARITY.get(int(kind), (0, 1, 0, 0, 0, 0)), bool)
        for level in range(1, LEVELS):
            by_chance = chance[field, level] / chance[field, SAME] if counted[level] else chance[field, level]
            by_chance = max(by_chance, 1.0) if counted[level] else by_chance
            gain[field, level] = min(np.log2(within[field, level] / by_chance), MOST_GAIN)
    return gain
