"""From scored pairs to clusters, each component by itself, the same in whatever order pairs and rows come.

Rows hang together if a pair of them has strong evidence, or if one is the other's nearest neighbour with enough of it,
unless they contradict each other: so every row without strong ties hangs on one neighbour only, and chains of weak ties
do not grow into giants. Within such a component clusters are joined greedily, best average first, until no average
reaches the limit (average linkage). No cluster holds two rows that contradict each other, whatever the average, unless
an officer joined them. Sums are of whole numbers and ties are broken by fingerprints: the result is a function of the
set of pairs.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from leconfield.registry.compiled import compiled
from leconfield.registry.linkage.limits import JOINED, KEPT, MISSING, NEAREST, STRONG
from leconfield.registry.linkage.scoring import contradicts

LARGEST: Final = 256
"""Larger components are cut apart by asking for stronger ties, two bits at a time, until their pieces are smaller."""
_STEP: Final = 2000
_STEPS: Final = 40


@compiled
def root_of(parents: npt.NDArray[np.int64], row: int) -> int:
    """The representative of a row's set, with the path to it made shorter."""
    while parents[row] != row:
        parents[row] = parents[parents[row]]
        row = parents[row]
    return row


@compiled
def unite(parents: npt.NDArray[np.int64], a: int, b: int) -> None:
    """Make one set of two, represented by the smaller number."""
    a, b = root_of(parents, a), root_of(parents, b)
    parents[max(a, b)] = min(a, b)


@compiled
def _worth(total: int, seen: int, size: int, other: int, missing: int) -> float:
    """The average evidence of the pairs seen, less what the pairs not seen cost: the more, the larger both clusters.

    One record may well share keys with a few of many others; two crowds that are one have more in common.
    """
    pairs = size * other
    return total / seen - missing * (pairs - seen) / pairs * math.sqrt(min(size, other))


@compiled
def _best_of(
    i: int,
    alive: npt.NDArray[np.bool_],
    totals: npt.NDArray[np.int64],
    seen: npt.NDArray[np.int64],
    apart: npt.NDArray[np.bool_],
    size: npt.NDArray[np.int64],
    missing: int,
) -> tuple[int, float]:
    partner, most = -1, -1e18
    for j in range(len(alive)):
        if j == i or not alive[j] or seen[i, j] == 0 or apart[i, j]:
            continue
        worth = _worth(totals[i, j], seen[i, j], size[i], size[j], missing)
        if worth > most:
            partner, most = j, worth
    return partner, most


@compiled
def _merge(
    a: int,
    b: int,
    alive: npt.NDArray[np.bool_],
    totals: npt.NDArray[np.int64],
    seen: npt.NDArray[np.int64],
    apart: npt.NDArray[np.bool_],
    size: npt.NDArray[np.int64],
    parents: npt.NDArray[np.int64],
) -> None:
    alive[b] = False
    parents[b] = a
    size[a] += size[b]
    for j in range(len(alive)):
        totals[a, j] += totals[b, j]
        totals[j, a] = totals[a, j]
        seen[a, j] += seen[b, j]
        seen[j, a] = seen[a, j]
        apart[a, j] |= apart[b, j]
        apart[j, a] = apart[a, j]


@compiled
def _fill(
    left: npt.NDArray[np.int64],
    right: npt.NDArray[np.int64],
    total: npt.NDArray[np.int64],
    judged: npt.NDArray[np.int64],
    totals: npt.NDArray[np.int64],
    seen: npt.NDArray[np.int64],
    apart: npt.NDArray[np.bool_],
    told: npt.NDArray[np.int8],
) -> None:
    for k in range(len(left)):
        a, b = left[k], right[k]
        if judged[k]:
            told[a, b] = told[b, a] = judged[k]
            apart[a, b] = apart[b, a] = judged[k] < 0
        else:
            totals[a, b] = totals[b, a] = total[k]
            seen[a, b] = seen[b, a] = 1


@compiled
def _keep_apart(
    left: npt.NDArray[np.int64],
    right: npt.NDArray[np.int64],
    total: npt.NDArray[np.int64],
    judged: npt.NDArray[np.int64],
    apart: npt.NDArray[np.bool_],
    parents: npt.NDArray[np.int64],
) -> None:
    """Rows that contradict each other are apart, and so is what becomes one with either: officers alone join them."""
    for k in range(len(left)):
        if judged[k] == 0 and contradicts(total[k]):
            a, b = root_of(parents, left[k]), root_of(parents, right[k])
            if a != b:
                apart[a, b] = apart[b, a] = True


@compiled
def _worthiest(
    alive: npt.NDArray[np.bool_], partner: npt.NDArray[np.int64], worth: npt.NDArray[np.float64], least: int
) -> int:
    """The cluster whose best partner is the best of all; -1 if none is good enough."""
    best = -1
    for i in range(len(alive)):
        if alive[i] and partner[i] >= 0 and worth[i] >= least and (best < 0 or worth[i] > worth[best]):
            best = i
    return best


@compiled
def _look_again(
    a: int,
    b: int,
    alive: npt.NDArray[np.bool_],
    totals: npt.NDArray[np.int64],
    seen: npt.NDArray[np.int64],
    apart: npt.NDArray[np.bool_],
    size: npt.NDArray[np.int64],
    partner: npt.NDArray[np.int64],
    worth: npt.NDArray[np.float64],
    missing: int,
) -> None:
    """Update the best partners once b has gone into a."""
    for i in range(len(alive)):
        if not alive[i]:
            continue
        if i == a or partner[i] == a or partner[i] == b:
            partner[i], worth[i] = _best_of(i, alive, totals, seen, apart, size, missing)
        elif seen[i, a] and not apart[i, a]:
            with_a = _worth(totals[i, a], seen[i, a], size[i], size[a], missing)
            if with_a > worth[i] or (with_a == worth[i] and a < partner[i]):
                partner[i], worth[i] = a, with_a


@compiled
def agglomerate(
    count: int,
    left: npt.NDArray[np.int64],
    right: npt.NDArray[np.int64],
    total: npt.NDArray[np.int64],
    judged: npt.NDArray[np.int64],
    limits: npt.NDArray[np.int64],
) -> npt.NDArray[np.int64]:
    """Clusters of one component whose rows are numbered from 0 in the order of their fingerprints: int64[count].

    Each cluster is named by its first row. `judged` says of a pair 1 (one person), -1 (two) or 0; a pair that is only
    judged counts for nothing else. A judgement that two are one yields to those that they, or what is already one with
    them, are two.
    """
    totals = np.zeros((count, count), np.int64)
    seen = np.zeros((count, count), np.int64)
    apart = np.zeros((count, count), np.bool_)
    alive = np.ones(count, np.bool_)
    size = np.ones(count, np.int64)
    parents = np.arange(count)
    told = np.zeros((count, count), np.int8)
    _fill(left, right, total, judged, totals, seen, apart, told)
    for i in range(count):
        for j in range(i + 1, count):
            if told[i, j] == 1:
                a, b = root_of(parents, i), root_of(parents, j)
                if a != b and not apart[a, b]:
                    _merge(min(a, b), max(a, b), alive, totals, seen, apart, size, parents)
    _keep_apart(left, right, total, judged, apart, parents)
    partner = np.empty(count, np.int64)
    worth = np.empty(count, np.float64)
    for i in range(count):
        partner[i], worth[i] = _best_of(i, alive, totals, seen, apart, size, limits[MISSING])
    a = _worthiest(alive, partner, worth, limits[JOINED])
    while a >= 0:
        b = partner[a]
        a, b = min(a, b), max(a, b)
        _merge(a, b, alive, totals, seen, apart, size, parents)
        _look_again(a, b, alive, totals, seen, apart, size, partner, worth, limits[MISSING])
        a = _worthiest(alive, partner, worth, limits[JOINED])
    for i in range(count):
        parents[i] = root_of(parents, i)
    return parents


@compiled
def cluster_component(
    count: int,
    left: npt.NDArray[np.int64],
    right: npt.NDArray[np.int64],
    total: npt.NDArray[np.int64],
    judged: npt.NDArray[np.int64],
    limits: npt.NDArray[np.int64],
) -> npt.NDArray[np.int64]:
    """As `agglomerate`, for a component of any size: one that is too large falls into pieces of stronger ties."""
    if count <= LARGEST:
        return agglomerate(count, left, right, total, judged, limits)
    parents = np.arange(count)
    for step in range(_STEPS + 1):
        needed = limits[STRONG] + _STEP * step
        pieces = np.arange(count)
        for k in range(len(left)):
            if (judged[k] > 0 and step < _STEPS) or (
                judged[k] == 0 and total[k] >= needed and not contradicts(total[k])
            ):
                unite(pieces, left[k], right[k])
        sizes = np.zeros(count, np.int64)
        for i in range(count):
            pieces[i] = root_of(pieces, i)
            sizes[pieces[i]] += 1
        if sizes.max() <= LARGEST or step == _STEPS:
            break
    inside = np.nonzero(pieces[left] == pieces[right])[0]
    inside = inside[np.argsort(pieces[left[inside]], kind="mergesort")]
    ordered = np.argsort(pieces, kind="mergesort")
    place = np.zeros(count, np.int64)
    start, pair = 0, 0
    while start < count:
        piece = pieces[ordered[start]]
        end = start + sizes[piece]
        members = ordered[start:end]
        place[members] = np.arange(end - start)
        pair_end = pair
        while pair_end < len(inside) and pieces[left[inside[pair_end]]] == piece:
            pair_end += 1
        if 1 < end - start <= LARGEST:
            pairs = inside[pair:pair_end]
            found = agglomerate(
                end - start, place[left[pairs]], place[right[pairs]], total[pairs], judged[pairs], limits
            )
            parents[members] = members[found]
        start, pair = end, pair_end
    return parents


@compiled
def _ranks(fingerprints: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    ranks = np.empty(len(fingerprints), np.int64)
    ranks[np.argsort(fingerprints)] = np.arange(len(fingerprints))
    return ranks


@compiled
def nearest_of(
    rows: int,
    left: npt.NDArray[np.int64],
    right: npt.NDArray[np.int64],
    total: npt.NDArray[np.int32],
    fingerprints: npt.NDArray[np.uint64],
) -> npt.NDArray[np.int64]:
    """The pair in which each row has the most evidence, -1 if it has none; among equals that with the least partner."""
    nearest = np.full(rows, -1, np.int64)
    for k in range(len(left)):
        if contradicts(total[k]):
            continue
        for a, b in ((left[k], right[k]), (right[k], left[k])):
            best = nearest[a]
            if best >= 0:
                other = right[best] if left[best] == a else left[best]
                if total[k] < total[best] or (total[k] == total[best] and fingerprints[b] > fingerprints[other]):
                    continue
            nearest[a] = k
    return nearest


@compiled
def partition(
    rows: int,
    left: npt.NDArray[np.int64],
    right: npt.NDArray[np.int64],
    total: npt.NDArray[np.int32],
    fingerprints: npt.NDArray[np.uint64],
    limits: npt.NDArray[np.int64],
    judged_left: npt.NDArray[np.int64],
    judged_right: npt.NDArray[np.int64],
    judged: npt.NDArray[np.int64],
) -> npt.NDArray[np.int64]:
    """The cluster of every row, named by its first row: int64[rows]. Each pair is given once."""
    parents = np.arange(rows)
    nearest = nearest_of(rows, left, right, total, fingerprints)
    for k in range(len(left)):
        near = nearest[left[k]] == k or nearest[right[k]] == k
        if not contradicts(total[k]) and (total[k] >= limits[STRONG] or (near and total[k] >= limits[NEAREST])):
            unite(parents, left[k], right[k])
    for k in range(len(judged)):
        if judged[k] > 0:
            unite(parents, judged_left[k], judged_right[k])
    for i in range(rows):
        parents[i] = root_of(parents, i)
    return by_component(parents, left, right, total, fingerprints, limits, judged_left, judged_right, judged)


@compiled
def by_component(
    parents: npt.NDArray[np.int64],
    left: npt.NDArray[np.int64],
    right: npt.NDArray[np.int64],
    total: npt.NDArray[np.int32],
    fingerprints: npt.NDArray[np.uint64],
    limits: npt.NDArray[np.int64],
    judged_left: npt.NDArray[np.int64],
    judged_right: npt.NDArray[np.int64],
    judged: npt.NDArray[np.int64],
) -> npt.NDArray[np.int64]:
    """As `partition`, where `parents` says already which component each row is in."""
    rows = len(parents)
    ranks = _ranks(fingerprints)
    ordered = np.argsort(parents * rows + ranks)
    inside = np.nonzero((parents[left] == parents[right]) & (total >= limits[KEPT]))[0]
    inside = inside[np.argsort(parents[left[inside]], kind="mergesort")]
    told = np.nonzero(parents[judged_left] == parents[judged_right])[0]
    told = told[np.argsort(parents[judged_left[told]], kind="mergesort")]
    place = np.zeros(rows, np.int64)
    clusters = np.arange(rows)
    pair, said, start = 0, 0, 0
    while start < rows:
        component = parents[ordered[start]]
        end = start
        while end < rows and parents[ordered[end]] == component:
            place[ordered[end]] = end - start
            end += 1
        pair_end = pair
        while pair_end < len(inside) and parents[left[inside[pair_end]]] == component:
            pair_end += 1
        said_end = said
        while said_end < len(told) and parents[judged_left[told[said_end]]] == component:
            said_end += 1
        if end - start > 1:
            pairs, words = inside[pair:pair_end], told[said:said_end]
            found = cluster_component(
                end - start,
                np.concatenate((place[left[pairs]], place[judged_left[words]])),
                np.concatenate((place[right[pairs]], place[judged_right[words]])),
                np.concatenate((total[pairs].astype(np.int64), np.zeros(len(words), np.int64))),
                np.concatenate((np.zeros(len(pairs), np.int64), judged[words])),
                limits,
            )
            _name_by_first(ordered[start:end], found, clusters)
        pair, said, start = pair_end, said_end, end
    return clusters


@compiled
def _name_by_first(
    members: npt.NDArray[np.int64], found: npt.NDArray[np.int64], clusters: npt.NDArray[np.int64]
) -> None:
    """Name each cluster by its smallest row number: the row that came first."""
    first = np.full(len(members), np.int64(2**62))
    for i in range(len(members)):
        first[found[i]] = min(first[found[i]], members[i])
    for i in range(len(members)):
        clusters[members[i]] = first[found[i]]
