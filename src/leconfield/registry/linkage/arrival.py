"""What an arrival, a removal or a judgement changes: keys, pairs, nearest neighbours; then the components around it.

A pair is compared if it shares one key that no more than `RARE` rows bear, or `ENOUGH` that no more than `COMMON` bear,
now; as a key grows common the pairs that hung on it are forgotten, and they come back when it is rarer again. So the
pairs are a function of the set of rows, and so is everything that follows.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from leconfield.registry.compiled import compiled
from leconfield.registry.linkage.batch_pairs import ENOUGH, RARE
from leconfield.registry.linkage.components import recluster
from leconfield.registry.linkage.edges import U64, add_half, cut, soil
from leconfield.registry.linkage.keys import COMMON, MOST_KEYS, atoms, row_keys
from leconfield.registry.linkage.limits import KEPT, NEAREST, STRONG
from leconfield.registry.linkage.scoring import Model, Rows, Shape, compare, contradicts
from leconfield.registry.linkage.similarity import Facts
from leconfield.registry.linkage.state import (
    FREE_EDGE,
    I32,
    I64,
    ROOM_FOR_EDGES,
    ROWS,
    STAMP,
    USED_EDGES,
    USED_NODES,
    USED_SLOTS,
    Graph,
    Postings,
    slot_of,
)
from leconfield.registry.linkage.terms import LEVELS, Layout, Terms

PAIRED: Final = -1_000_000
"""In place of reasons: no comparison is needed any more."""


@compiled
def _meet(postings: Postings, a: int, b: int) -> bool:
    """Whether two rows share a rare key, or three that are not too common."""
    reasons = 0
    for i in range(postings.start[a], postings.start[a + 1]):
        slot = postings.slot[i]
        if slot < 0 or postings.bearers[slot] > COMMON:
            continue
        for j in range(postings.start[b], postings.start[b + 1]):
            if postings.slot[j] == slot:
                reasons += ENOUGH if postings.bearers[slot] <= RARE else 1
    return reasons >= ENOUGH


@compiled
def _grown_common(postings: Postings, graph: Graph, fingerprints: U64, slot: int, dirty: I64, count: int) -> int:
    """Forget the pairs that only this key brought together; returns how many rows are dirty now."""
    node = postings.head[slot]
    while node >= 0:
        row = postings.row[node]
        entry = graph.first[row]
        while entry >= 0:
            other, following = graph.other[entry], graph.after[entry]
            if row < other and not _meet(postings, row, other):
                cut(graph, fingerprints, row, other)
                count = soil(dirty, count, row)
                count = soil(dirty, count, other)
            entry = following
        node = postings.after[node]
    return count


@compiled
def _enlist(postings: Postings, graph: Graph, row: int, keys: U64, count: int) -> None:
    """Write a row under its keys, where it has been before if it has."""
    sizes = graph.sizes
    begin = sizes[USED_NODES] if row == sizes[ROWS] else postings.start[row]
    for i in range(count):
        node = begin + i
        slot = slot_of(postings.keys, keys[i])
        if postings.keys[slot] == np.uint64(0):
            postings.keys[slot] = keys[i]
            sizes[USED_SLOTS] += 1
        head = postings.head[slot]
        postings.slot[node], postings.row[node] = slot, row
        postings.after[node], postings.before[node] = head, -1
        if head >= 0:
            postings.before[head] = node
        postings.head[slot] = node
        postings.bearers[slot] += 1
    if row == sizes[ROWS]:
        sizes[USED_NODES] += count
        postings.start[row], postings.start[row + 1] = begin, sizes[USED_NODES]
        sizes[ROWS] += 1


@compiled
def _met(postings: Postings, graph: Graph, row: int, earlier: bool, met: I64) -> int:
    """Fill in the rows that share a key with a row and are not yet paired with it, with the reasons in `place`.

    `earlier`: only rows before it. Returns how many there are.
    """
    stamp, place = graph.stamp, graph.place
    slots, counts, members, after = postings.slot, postings.bearers, postings.row, postings.after
    graph.sizes[STAMP] += 1
    mark = graph.sizes[STAMP]
    stamp[row], place[row] = mark, PAIRED
    entry = graph.first[row]
    while entry >= 0:
        stamp[graph.other[entry]], place[graph.other[entry]] = mark, PAIRED
        entry = graph.after[entry]
    count = 0
    for mine in range(postings.start[row], postings.start[row + 1]):
        slot = slots[mine]
        if slot < 0 or counts[slot] > COMMON:
            continue
        reason = ENOUGH if counts[slot] <= RARE else 1
        node = postings.head[slot]
        while node >= 0:
            other = members[node]
            node = after[node]
            if earlier and other > row:
                continue
            if stamp[other] == mark:
                place[other] += reason
                continue
            stamp[other], place[other] = mark, reason
            met[count] = other
            count += 1
    return count


@compiled
def _came_nearer(nearest: I32, best: I32, fingerprints: U64, row: int, other: int, evidence: int) -> bool:
    """Make the other the row's nearest neighbour if it is now: by evidence, among equals by fingerprint."""
    if (
        nearest[row] >= 0
        and evidence <= best[row]
        and (evidence < best[row] or fingerprints[other] >= fingerprints[nearest[row]])
    ):
        return False
    nearest[row], best[row] = other, evidence
    return True


@compiled
def _pair_up(
    rows: Rows,
    facts: Facts,
    shape: Shape,
    model: Model,
    rarity: npt.NDArray[np.float32],
    fingerprints: U64,
    limits: I64,
    postings: Postings,
    graph: Graph,
    row: int,
    earlier: bool,
    out: npt.NDArray[np.float32],
    met: I64,
    dirty: I64,
    soiled: int,
) -> int:
    """Compare a row with all that it meets (`earlier`: only with rows before it); returns how many rows are dirty."""
    first, other, score, after, sizes = graph.first, graph.other, graph.score, graph.after, graph.sizes
    nearest, best = graph.nearest, graph.best
    count = _met(postings, graph, row, earlier, met)
    for i in range(count):
        other_row = met[i]
        if graph.place[other_row] < ENOUGH:
            continue
        a, b = (row, other_row) if fingerprints[row] < fingerprints[other_row] else (other_row, row)
        evidence = compare(rows, facts, shape, model, rarity, a, b, limits[STRONG], out)
        if evidence < limits[KEPT]:
            continue
        add_half(first, other, score, after, sizes, row, other_row, evidence)
        add_half(first, other, score, after, sizes, other_row, row, evidence)
        if contradicts(evidence):
            continue
        _came_nearer(nearest, best, fingerprints, row, other_row, evidence)
        nearer = _came_nearer(nearest, best, fingerprints, other_row, row, evidence)
        if evidence >= limits[NEAREST if nearer else STRONG]:
            soiled = soil(dirty, soiled, other_row)
    if nearest[row] >= 0 and best[row] >= limits[NEAREST]:
        soiled = soil(dirty, soiled, nearest[row])
    return soiled


@compiled
def _enter(
    rows: Rows,
    terms: Terms,
    facts: Facts,
    layout: Layout,
    shape: Shape,
    model: Model,
    rarity: npt.NDArray[np.float32],
    fingerprints: U64,
    limits: I64,
    postings: Postings,
    graph: Graph,
    row: int,
    made: U64,
    keys: U64,
    out: npt.NDArray[np.float32],
    dirty: I64,
    met: I64,
) -> None:
    """Write a row under its keys, compare it with whom it meets, and resolve what that changes."""
    graph.first[row] = graph.nearest[row] = graph.opinion[row] = graph.stamp[row] = -1
    graph.best[row] = -1
    graph.ring[row] = graph.cluster[row] = row
    _enlist(postings, graph, row, keys, row_keys(rows[row], terms, layout, made, keys))
    soiled = 0
    for node in range(postings.start[row], postings.start[row + 1]):
        slot = postings.slot[node]
        if postings.bearers[slot] == COMMON + 1 or postings.bearers[slot] == RARE + 1:
            soiled = _grown_common(postings, graph, fingerprints, slot, dirty, soiled)
    soiled = _pair_up(
        rows, facts, shape, model, rarity, fingerprints, limits, postings, graph, row, False, out, met, dirty, soiled
    )
    if soiled:
        soiled = soil(dirty, soiled, row)
        recluster(graph, fingerprints, limits, dirty, soiled)


@compiled
def arrive(
    rows: Rows,
    terms: Terms,
    facts: Facts,
    layout: Layout,
    shape: Shape,
    model: Model,
    rarity: npt.NDArray[np.float32],
    fingerprints: U64,
    limits: I64,
    postings: Postings,
    graph: Graph,
    end: int,
) -> int:
    """Take in the rows that are not in yet, up to `end`, one after another; stops early when the pools are full.

    Returns how many rows are in.
    """
    made, keys = atoms(), np.zeros(MOST_KEYS, np.uint64)
    out = np.zeros((len(shape), LEVELS + 1), np.float32)
    dirty, met = np.empty(ROOM_FOR_EDGES, np.int64), np.empty(ROOM_FOR_EDGES, np.int64)
    sizes = graph.sizes
    while sizes[ROWS] < end and sizes[USED_EDGES] + ROOM_FOR_EDGES <= len(graph.other):
        row = sizes[ROWS]
        _enter(
            rows, terms, facts, layout, shape, model, rarity, fingerprints, limits, postings, graph,
            row, made, keys, out, dirty, met,
        )  # fmt: skip
    return int(sizes[ROWS])


@compiled
def come_back(
    rows: Rows,
    terms: Terms,
    facts: Facts,
    layout: Layout,
    shape: Shape,
    model: Model,
    rarity: npt.NDArray[np.float32],
    fingerprints: U64,
    limits: I64,
    postings: Postings,
    graph: Graph,
    row: int,
) -> None:
    """Take in again a row that has left, as though it had always been there."""
    made, keys = atoms(), np.zeros(MOST_KEYS, np.uint64)
    out = np.zeros((len(shape), LEVELS + 1), np.float32)
    dirty, met = np.empty(ROOM_FOR_EDGES, np.int64), np.empty(ROOM_FOR_EDGES, np.int64)
    _enter(
        rows, terms, facts, layout, shape, model, rarity, fingerprints, limits, postings, graph,
        row, made, keys, out, dirty, met,
    )  # fmt: skip


@compiled
def _strike(postings: Postings, row: int) -> I64:
    """Strike a row from under all its keys; the slots of those that are rarer by that and bring more together."""
    begin, end = postings.start[row], postings.start[row + 1]
    rarer, count = np.empty(end - begin, np.int64), 0
    for node in range(begin, end):
        slot, before, after = postings.slot[node], postings.before[node], postings.after[node]
        if before >= 0:
            postings.after[before] = after
        else:
            postings.head[slot] = after
        if after >= 0:
            postings.before[after] = before
        postings.slot[node] = -1
        postings.bearers[slot] -= 1
        if postings.bearers[slot] == COMMON or postings.bearers[slot] == RARE:
            rarer[count] = slot
            count += 1
    return rarer[:count]


@compiled
def leave(
    rows: Rows,
    facts: Facts,
    shape: Shape,
    model: Model,
    rarity: npt.NDArray[np.float32],
    fingerprints: U64,
    limits: I64,
    postings: Postings,
    graph: Graph,
    row: int,
) -> None:
    """Take a row out, as though it had never come: keys that were too common by it alone bring rows together again."""
    out = np.zeros((len(shape), LEVELS + 1), np.float32)
    dirty, met = np.empty(ROOM_FOR_EDGES * 4, np.int64), np.empty(ROOM_FOR_EDGES, np.int64)
    soiled = 0
    member = graph.ring[row]
    while member != row:
        soiled = soil(dirty, soiled, member)
        following = graph.ring[member]
        graph.ring[member] = member
        member = following
    graph.ring[row], graph.cluster[row] = row, -1
    while graph.first[row] >= 0:
        other = graph.other[graph.first[row]]
        cut(graph, fingerprints, row, other)
        soiled = soil(dirty, soiled, other)
    rarer = _strike(postings, row)
    for slot in rarer:
        member = postings.head[slot]
        while member >= 0:
            soiled = soil(dirty, soiled, postings.row[member])
            soiled = _pair_up(
                rows, facts, shape, model, rarity, fingerprints, limits, postings, graph,
                postings.row[member], False, out, met, dirty, soiled,
            )  # fmt: skip
            member = postings.after[member]
    recluster(graph, fingerprints, limits, dirty, soiled)


@compiled
def settle(
    rows: Rows,
    facts: Facts,
    shape: Shape,
    model: Model,
    rarity: npt.NDArray[np.float32],
    fingerprints: U64,
    limits: I64,
    postings: Postings,
    graph: Graph,
    begin: int,
) -> int:
    """Score every pair anew, from row `begin` on; stops early when the pools are full. Returns the next row.

    When all rows are done their components are resolved.
    """
    out = np.zeros((len(shape), LEVELS + 1), np.float32)
    dirty, met = np.empty(1, np.int64), np.empty(ROOM_FOR_EDGES, np.int64)
    sizes = graph.sizes
    count = sizes[ROWS]
    if begin == 0:
        sizes[USED_EDGES], sizes[FREE_EDGE] = 0, -1
        for row in range(count):
            graph.first[row] = graph.nearest[row] = graph.best[row] = -1
            graph.ring[row] = row
    row = begin
    while row < count and sizes[USED_EDGES] + ROOM_FOR_EDGES <= len(graph.other):
        _pair_up(
            rows, facts, shape, model, rarity, fingerprints, limits, postings, graph, row, True, out, met, dirty, 1
        )
        row += 1
    if row == count:
        everything = np.nonzero(graph.cluster[:count] >= 0)[0]
        recluster(graph, fingerprints, limits, everything, len(everything))
    return row
