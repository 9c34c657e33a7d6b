"""What the resolver holds in memory, as arrays for compiled code, and how they grow."""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from leconfield.registry.compiled import compiled
from leconfield.registry.linkage.keys import COMMON, MOST_KEYS

I32: TypeAlias = npt.NDArray[np.int32]
I64: TypeAlias = npt.NDArray[np.int64]

USED_SLOTS: Final = 0
USED_NODES: Final = 1
USED_EDGES: Final = 2
FREE_EDGE: Final = 3
USED_OPINIONS: Final = 4
STAMP: Final = 5
ROWS: Final = 6
SIZES: Final = 8
ROOM_FOR_EDGES: Final = 2 * MOST_KEYS * COMMON
"""Entries that one arrival may need at most."""


class Postings(NamedTuple):
    """Which rows bear each key. A row's nodes lie side by side from `start[row]`."""

    keys: npt.NDArray[np.uint64]
    """[slots]: an open-addressed table; 0 where it is free."""
    count: I32
    head: I32
    slot: I32
    """[nodes]: the slot of each node, -1 once its row is removed."""
    row: I32
    after: I32
    before: I32
    start: I64
    """[rows + 1]."""


class Graph(NamedTuple):
    """Scored pairs by row, what officers said, and the components and clusters that follow."""

    first: I32
    """[rows]: a row's first edge; -1 for none."""
    other: I32
    """[edges]: every pair lies in it twice."""
    score: I32
    after: I32
    nearest: I32
    """[rows]: the row with which there is the most evidence."""
    best: I32
    """[rows]: how much that is."""
    opinion: I32
    """[rows]: a row's first judgement; -1 for none."""
    opinion_other: I32
    opinion_says: I32
    """[judgements]: 1 for one person, -1 for two."""
    opinion_after: I32
    ring: I32
    """[rows]: the next row of the same component, round and round."""
    cluster: I32
    """[rows]: the first row of its cluster; -1 once removed."""
    stamp: I32
    """[rows]: scratch."""
    place: I32
    """[rows]: scratch."""
    sizes: I64
    """[SIZES]: how much of each pool is in use, and other single numbers."""


def empty_postings() -> Postings:
    """No keys yet."""
    return Postings(
        np.zeros(1 << 12, np.uint64),
        np.zeros(1 << 12, np.int32),
        np.full(1 << 12, -1, np.int32),
        *(np.full(1 << 12, -1, np.int32) for _ in range(4)),
        np.zeros(257, np.int64),
    )


def empty_graph() -> Graph:
    """No pairs yet."""
    sizes = np.zeros(SIZES, np.int64)
    sizes[FREE_EDGE] = -1
    rows = [np.full(256, -1, np.int32) for _ in range(3)]
    edges = [np.full(2 * ROOM_FOR_EDGES, -1, np.int32) for _ in range(3)]
    opinions = [np.full(16, -1, np.int32) for _ in range(3)]
    best = np.full(256, -1, np.int32)
    scratch = [np.full(256, -1, np.int32) for _ in range(4)]
    return Graph(rows[0], *edges, rows[1], best, rows[2], *opinions, *scratch, sizes)


def longer(array: npt.NDArray[np.generic], size: int, fill: int = -1) -> npt.NDArray[np.generic]:
    """The array, with room for at least `size` rows."""
    if len(array) >= size:
        return array
    grown = np.full((max(size, 2 * len(array)), *array.shape[1:]), fill, array.dtype)
    grown[: len(array)] = array
    return grown


def with_room(postings: Postings, graph: Graph, rows: int) -> tuple[Postings, Graph]:
    """Both, with room for that many rows in all and for what one of them may bring."""
    sizes = graph.sizes
    nodes = int(sizes[USED_NODES]) + MOST_KEYS * max(1, rows - int(sizes[ROWS]))
    if 2 * (int(sizes[USED_SLOTS]) + nodes - int(sizes[USED_NODES])) > len(postings.keys):
        slots = len(postings.keys) * 4
        while slots < 2 * (int(sizes[USED_SLOTS]) + nodes - int(sizes[USED_NODES])):
            slots *= 2
        keys, count, head = np.zeros(slots, np.uint64), np.zeros(slots, np.int32), np.full(slots, -1, np.int32)
        _rehash(postings, keys, count, head)
        postings = postings._replace(keys=keys, count=count, head=head)
    by_node = {name: longer(getattr(postings, name), nodes) for name in ("slot", "row", "after", "before")}
    postings = postings._replace(start=longer(postings.start, rows + 1, 0), **by_node)
    edges = int(sizes[USED_EDGES]) + ROOM_FOR_EDGES
    by_edge = {name: longer(getattr(graph, name), edges) for name in ("other", "score", "after")}
    by_row = {
        name: longer(getattr(graph, name), rows)
        for name in ("first", "nearest", "best", "opinion", "ring", "cluster", "stamp", "place")
    }
    said = {
        name: longer(getattr(graph, name), int(sizes[USED_OPINIONS]) + 2)
        for name in ("opinion_other", "opinion_says", "opinion_after")
    }
    return postings, graph._replace(**by_edge, **by_row, **said)


@compiled
def slot_of(keys: npt.NDArray[np.uint64], key: np.uint64) -> int:
    """Where a key is in the table, or where there is room for it."""
    mask = len(keys) - 1
    slot = np.int64(key >> np.uint64(7)) & mask
    while keys[slot] != np.uint64(0) and keys[slot] != key:
        slot = slot + 1 & mask
    return slot


@compiled
def _rehash(postings: Postings, keys: npt.NDArray[np.uint64], count: I32, head: I32) -> None:
    """Move every key to its slot in a larger table."""
    old_keys, old_count, old_head = postings.keys, postings.count, postings.head
    slots, after = postings.slot, postings.after
    for old in range(len(old_keys)):
        if old_keys[old] == np.uint64(0):
            continue
        new = slot_of(keys, old_keys[old])
        keys[new], count[new], head[new] = old_keys[old], old_count[old], old_head[old]
        node = head[new]
        while node >= 0:
            slots[node] = new
            node = after[node]
