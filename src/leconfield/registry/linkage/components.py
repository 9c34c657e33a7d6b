"""Resolving anew the components around rows that changed, and no others."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leconfield.registry.compiled import compiled
from leconfield.registry.linkage.clustering import cluster_component
from leconfield.registry.linkage.limits import NEAREST, STRONG
from leconfield.registry.linkage.scoring import contradicts
from leconfield.registry.linkage.state import I64, STAMP, Graph


@compiled
def _hangs(graph: Graph, limits: I64, row: int, other: int, score: int) -> bool:
    """Whether two rows are looked at together."""
    if contradicts(score):
        return False
    if score >= limits[STRONG]:
        return True
    return bool(score >= limits[NEAREST] and (graph.nearest[row] == other or graph.nearest[other] == row))


@compiled
def _reached(graph: Graph, limits: I64, members: I64, mark: int) -> int:
    """Everything that hangs together with the first of `members`; fills them in and returns how many there are."""
    count, done = 1, 0
    graph.stamp[members[0]] = mark
    while done < count:
        row = members[done]
        done += 1
        entry = graph.first[row]
        while entry >= 0:
            other = graph.other[entry]
            if graph.stamp[other] != mark and _hangs(graph, limits, row, other, graph.score[entry]):
                graph.stamp[other] = mark
                members[count] = other
                count += 1
            entry = graph.after[entry]
        entry = graph.opinion[row]
        while entry >= 0:
            other = graph.opinion_other[entry]
            if graph.opinion_says[entry] > 0 and graph.stamp[other] != mark:
                graph.stamp[other] = mark
                members[count] = other
                count += 1
            entry = graph.opinion_after[entry]
    return count


@compiled
def _pairs_within(graph: Graph, members: I64, mark: int) -> npt.NDArray[np.int64]:
    """The pairs and judgements among rows that bear the mark, by their places.

    int64[4, pairs]: left, right, evidence, judged.
    """
    room = 0
    for row in members:
        entry = graph.first[row]
        while entry >= 0:
            room += graph.stamp[graph.other[entry]] == mark
            entry = graph.after[entry]
        entry = graph.opinion[row]
        while entry >= 0:
            room += graph.stamp[graph.opinion_other[entry]] == mark
            entry = graph.opinion_after[entry]
    pairs = np.empty((4, room // 2), np.int64)
    count = 0
    for i in range(len(members)):
        row = members[i]
        entry = graph.first[row]
        while entry >= 0:
            other = graph.other[entry]
            if graph.stamp[other] == mark and graph.place[other] > i:
                pairs[0, count], pairs[1, count] = i, graph.place[other]
                pairs[2, count], pairs[3, count] = graph.score[entry], 0
                count += 1
            entry = graph.after[entry]
        entry = graph.opinion[row]
        while entry >= 0:
            other = graph.opinion_other[entry]
            if graph.stamp[other] == mark and graph.place[other] > i:
                pairs[0, count], pairs[1, count] = i, graph.place[other]
                pairs[2, count], pairs[3, count] = 0, graph.opinion_says[entry]
                count += 1
            entry = graph.opinion_after[entry]
    return pairs


@compiled
def _resolve(graph: Graph, fingerprints: npt.NDArray[np.uint64], limits: I64, members: I64, mark: int) -> None:
    """Cluster one component, and note who is in it."""
    count = len(members)
    for i in range(count):
        graph.ring[members[i]] = members[(i + 1) % count]
    if count == 1:
        graph.cluster[members[0]] = members[0]
        return
    ordered = members[np.argsort(fingerprints[members])]
    for i in range(count):
        graph.place[ordered[i]] = i
    pairs = _pairs_within(graph, ordered, mark)
    found = cluster_component(count, pairs[0], pairs[1], pairs[2], pairs[3], limits)
    first = np.full(count, np.int64(2**62))
    for i in range(count):
        first[found[i]] = min(first[found[i]], ordered[i])
    for i in range(count):
        graph.cluster[ordered[i]] = first[found[i]]


@compiled
def recluster(graph: Graph, fingerprints: npt.NDArray[np.uint64], limits: I64, dirty: I64, count: int) -> None:
    """Resolve anew every component that a dirty row is in, or was in when it was last resolved."""
    graph.sizes[STAMP] += 1
    mark = graph.sizes[STAMP]
    size = 0
    touched = np.empty(max(64, count), np.int64)
    for i in range(count):
        row = dirty[i]
        while graph.stamp[row] != mark:
            graph.stamp[row] = mark
            if size == len(touched):
                touched = np.concatenate((touched, np.empty(size, np.int64)))
            touched[size] = row
            size += 1
            row = graph.ring[row]
    members = np.empty(size, np.int64)
    start = mark
    for i in range(size):
        if graph.stamp[touched[i]] > start or graph.cluster[touched[i]] < 0:
            continue
        graph.sizes[STAMP] += 1
        members[0] = touched[i]
        found = _reached(graph, limits, members, graph.sizes[STAMP])
        _resolve(graph, fingerprints, limits, members[:found], graph.sizes[STAMP])
