"""Scored pairs in the graph: noted with both rows, forgotten again, and whom each row has nearest."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from leconfield.registry.compiled import compiled
from leconfield.registry.linkage.scoring import contradicts
from leconfield.registry.linkage.state import FREE_EDGE, I32, I64, USED_EDGES, Graph

U64: TypeAlias = npt.NDArray[np.uint64]


@compiled
def add_half(first: I32, other: I32, score: I32, after: I32, sizes: I64, row: int, partner: int, evidence: int) -> None:
    """Note a pair with one of its rows."""
    entry = sizes[FREE_EDGE]
    if entry >= 0:
        sizes[FREE_EDGE] = after[entry]
    else:
        entry = sizes[USED_EDGES]
        sizes[USED_EDGES] += 1
    other[entry], score[entry], after[entry] = partner, evidence, first[row]
    first[row] = entry


@compiled
def _cut_half(graph: Graph, row: int, partner: int) -> None:
    before, entry = -1, graph.first[row]
    while graph.other[entry] != partner:
        before, entry = entry, graph.after[entry]
    if before < 0:
        graph.first[row] = graph.after[entry]
    else:
        graph.after[before] = graph.after[entry]
    graph.after[entry] = graph.sizes[FREE_EDGE]
    graph.sizes[FREE_EDGE] = entry


@compiled
def _seek_nearest(graph: Graph, row: int, fingerprints: U64) -> None:
    """Find the nearest neighbour anew."""
    graph.nearest[row], graph.best[row] = -1, -1
    entry = graph.first[row]
    while entry >= 0:
        other, score = graph.other[entry], graph.score[entry]
        near = graph.nearest[row]
        if contradicts(score):
            entry = graph.after[entry]
            continue
        if near < 0 or score > graph.best[row]:
            graph.nearest[row], graph.best[row] = other, score
        elif score == graph.best[row] and fingerprints[other] < fingerprints[near]:
            graph.nearest[row] = other
        entry = graph.after[entry]


@compiled
def cut(graph: Graph, fingerprints: U64, a: int, b: int) -> None:
    """Forget a pair."""
    _cut_half(graph, a, b)
    _cut_half(graph, b, a)
    if graph.nearest[a] == b:
        _seek_nearest(graph, a, fingerprints)
    if graph.nearest[b] == a:
        _seek_nearest(graph, b, fingerprints)


@compiled
def soil(dirty: I64, count: int, row: int) -> int:
    """Note that a row's component has to be looked at; returns how many are noted."""
    if count < len(dirty):
        dirty[count] = row
        return count + 1
    return count
