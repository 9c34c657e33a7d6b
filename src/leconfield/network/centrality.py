"""Who matters in a picture: degree, betweenness, communities. Denied links carry nothing; no score judges anybody."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import rustworkx as rx

from leconfield.errors import BadInputError
from leconfield.ledger.model import SubjectId
from leconfield.network.model import Picture

MOST_NODES: Final = 5000
"""Betweenness takes time with nodes times links: about three seconds for this many."""

_ONE_THREAD: Final = 2**31
"""Sums of fractions made by several threads differ in their last digits from run to run."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Where a subject stands in a picture."""

    id: SubjectId
    degree: int
    """Subjects it is linked with."""
    betweenness: float
    """Share of the shortest paths between two others that lead through it, 0 to 1 (Freeman 1977)."""
    community: int
    """Number of its community; 0 is the largest."""


def measures(picture: Picture) -> tuple[Measure, ...]:
    """The measures of every subject of a picture, the most central first.

    Raises:
        BadInputError: if the picture is too large to be computed while somebody waits.
    """
    if len(picture.nodes) > MOST_NODES:
        raise BadInputError(
            f"{len(picture.nodes)} subjects are too many to measure at once ({MOST_NODES} at most); "
            "narrow the picture by time, by kind of link or by kind of subject"
        )
    ids = sorted(each.id for each in picture.nodes)
    weights = _weights(picture, {each: at for at, each in enumerate(ids)})
    between = _betweenness(len(ids), weights)
    degree = Counter(end for pair in weights for end in pair)
    community = communities(len(ids), weights)
    found = [Measure(each, degree[at], between[at], community[at]) for at, each in enumerate(ids)]
    return tuple(sorted(found, key=lambda each: (-each.betweenness, -each.degree, each.id)))


def _weights(picture: Picture, place: Mapping[SubjectId, int]) -> dict[tuple[int, int], int]:
    """Pairs of linked nodes, lower one first, with the number of independent origins that link them."""
    origins: dict[tuple[int, int], set[str]] = defaultdict(set)
    for link in picture.links:
        if not link.denied:
            left, right = sorted((place[link.left], place[link.right]))
            origins[left, right].update(link.origins)
    return {pair: len(origins[pair]) for pair in sorted(origins)}


def _betweenness(size: int, pairs: Mapping[tuple[int, int], int]) -> list[float]:
    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(size))
    graph.add_edges_from_no_data(list(pairs))
    found = rx.graph_betweenness_centrality(graph, normalized=True, parallel_threshold=_ONE_THREAD)
    return [float(found[at]) for at in range(size)]


def communities(size: int, weights: Mapping[tuple[int, int], int]) -> list[int]:
    """The community of every node `0 ... size - 1`, numbered from the largest (then the one with the lowest node).

    Louvain's method (Blondel, Guillaume, Lambiotte, Lefebvre 2008) with nodes in a fixed order and whole-number
    weights, so that it is a function of the network alone: no chance, no rounding.
    """
    group = list(range(size))
    coarse, loops = dict(weights), [0] * size
    while True:
        moved = _move(coarse, loops)
        numbers = {each: at for at, each in enumerate(sorted(set(moved)))}
        group = [numbers[moved[each]] for each in group]
        if len(numbers) == len(moved):
            return _numbered(group)
        coarse, loops = _merge(coarse, loops, [numbers[each] for each in moved])


def _move(weights: Mapping[tuple[int, int], int], loops: Sequence[int]) -> list[int]:
    """Move single nodes to the neighbouring group that gains most modularity, until none gains."""
    beside: list[dict[int, int]] = [{} for _ in loops]
    for (left, right), weight in weights.items():
        beside[left][right] = beside[right][left] = weight
    strength = [2 * loop + sum(near.values()) for loop, near in zip(loops, beside, strict=True)]
    total = sum(strength)
    group = list(range(len(loops)))
    mass = list(strength)
    moving = True
    while moving:
        moving = False
        for node, near in enumerate(beside):
            own = group[node]
            mass[own] -= strength[node]
            pull = {own: 0}
            for other, weight in near.items():
                pull[group[other]] = pull.get(group[other], 0) + weight
            gain = {each: pull[each] * total - mass[each] * strength[node] for each in pull}
            best = min(gain, key=lambda each: (-gain[each], each != own, each))
            group[node] = best
            mass[best] += strength[node]
            moving = moving or best != own
    return group


def _merge(
    weights: Mapping[tuple[int, int], int], loops: Sequence[int], group: Sequence[int]
) -> tuple[dict[tuple[int, int], int], list[int]]:
    """Each group becomes one node; what linked its members becomes its loop."""
    merged: Counter[tuple[int, int]] = Counter()
    inner = [0] * (max(group) + 1)
    for node, loop in enumerate(loops):
        inner[group[node]] += loop
    for (left, right), weight in weights.items():
        low, high = sorted((group[left], group[right]))
        if low == high:
            inner[low] += weight
        else:
            merged[low, high] += weight
    return dict(merged), inner


def _numbered(group: Sequence[int]) -> list[int]:
    sizes = Counter(group)
    first = {each: at for at, each in reversed(list(enumerate(group)))}
    ranked = sorted(sizes, key=lambda each: (-sizes[each], first[each]))
    number = {each: at for at, each in enumerate(ranked)}
    return [number[each] for each in group]
