"""What the resolver holds in memory, as arrays for compiled code, and how they grow."""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from leconfield.registry.compiled import compiled
from leconfield.registry.linkage.keys import COMMON, MOST_KEYS

I32: TypeAlias = npt.NDArray[np.int32]
I64: TypeAlias = npt.NDArray[np.int64]
Number = TypeVar("Number", bound=np.generic)

USED_SLOTS: Final = 0
USED_NODES: Final = 1
USED_EDGES: Final = 2
FREE_EDGE: Final = 3
USED_OPINIONS: Final = 4
STAMP: Final = 5
ROWS: Final = 6
SIZES: Final = 8
_BY_ROW: Final = ("first", "nearest", "best", "opinion", "ring", "cluster", "stamp", "place")
_BY_EDGE: Final = ("other", "score", "after")
_BY_OPINION: Final = ("opinion_other", "opinion_says", "opinion_after")
ROOM_FOR_EDGES: Final = 2 * MOST_KEYS * COMMON
"""Entries that one arrival may need at most."""


class Postings(NamedTuple):
    """Which rows bear each key. A row's nodes lie side by side from `start[row]`."""

    keys: npt.NDArray[np.uint64]
    """[slots]: an open-addressed table; 0 where it is free."""
    bearers: I32
    """[slots]: how many rows bear the key."""
    head: I32
    """[slots]: the first node of its rows."""
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


def _blank(size: int) -> I32:
    return np.full(size, -1, np.int32)


def empty_postings() -> Postings:
    """No keys yet."""
    slots = 1 << 12
    return Postings(
        keys=np.zeros(slots, np.uint64),
        bearers=np.zeros(slots, np.int32),
        head=_blank(slots),
        slot=_blank(slots),
        row=_blank(slots),
        after=_blank(slots),
        before=_blank(slots),
        start=np.zeros(257, np.int64),
    )


def empty_graph() -> Graph:
    """No pairs yet."""
    sizes = np.zeros(SIZES, np.int64)
    sizes[FREE_EDGE] = -1
    return Graph(
        **{name: _blank(256) for name in _BY_ROW},
        **{name: _blank(2 * ROOM_FOR_EDGES) for name in _BY_EDGE},
        **{name: _blank(16) for name in _BY_OPINION},
        sizes=sizes,
    )


def longer(array: npt.NDArray[Number], size: int, fill: int = -1) -> npt.NDArray[Number]:
    """The array, with room for at least `size` rows."""
    if len(array) >= size:
        return array
    grown = np.full((max(size, 2 * len(array)), *array.shape[1:]), fill, array.dtype)
    grown[: len(array)] = array
    return grown


def with_room(postings: Postings, graph: Graph, rows: int) -> tuple[Postings, Graph]:
    """Both, with room for that many rows in all and for what one of them may bring."""
    sizes = graph.sizes
    fresh = MOST_KEYS * max(1, rows - int(sizes[ROWS]))
    nodes = int(sizes[USED_NODES]) + fresh
    slots = len(postings.keys)
    while slots < 2 * (int(sizes[USED_SLOTS]) + fresh):
        slots *= 4
    if slots > len(postings.keys):
        keys, bearers, head = np.zeros(slots, np.uint64), np.zeros(slots, np.int32), _blank(slots)
        _rehash(postings, keys, bearers, head)
        postings = postings._replace(keys=keys, bearers=bearers, head=head)
    postings = postings._replace(
        start=longer(postings.start, rows + 1, 0),
        slot=longer(postings.slot, nodes),
        row=longer(postings.row, nodes),
        after=longer(postings.after, nodes),
        before=longer(postings.before, nodes),
    )
    room = dict.fromkeys(_BY_ROW, rows)
    room |= dict.fromkeys(_BY_EDGE, int(sizes[USED_EDGES]) + ROOM_FOR_EDGES)
    room |= dict.fromkeys(_BY_OPINION, int(sizes[USED_OPINIONS]) + 2)
    grown = {name: longer(getattr(graph, name), size) for name, size in room.items()}
    return postings, Graph(**grown, sizes=sizes)


@compiled
def slot_of(keys: npt.NDArray[np.uint64], key: np.uint64) -> int:
    """Where a key is in the table, or where there is room for it."""
    mask = len(keys) - 1
    slot = np.int64(key >> np.uint64(7)) & mask
    while keys[slot] != np.uint64(0) and keys[slot] != key:
        slot = slot + 1 & mask
    return int(slot)


@compiled
def _rehash(postings: Postings, keys: npt.NDArray[np.uint64], count: I32, head: I32) -> None:
    """Move every key to its slot in a larger table."""
    old_keys, old_count, old_head = postings.keys, postings.bearers, postings.head
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
