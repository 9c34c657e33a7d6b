"""Clusters of millions of rows: which rows hang together, then each share of the components by itself."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from leconfield.registry.compiled import compiled
from leconfield.registry.linkage.batch_components import components
from leconfield.registry.linkage.batch_table import Judged
from leconfield.registry.linkage.clustering import by_component, partition
from leconfield.registry.linkage.limits import NEAREST, STRONG
from leconfield.registry.linkage.scoring import contradicts

Rows = npt.NDArray[np.uint32]
Totals = npt.NDArray[np.int32]
NOBODY: Final = np.iinfo(np.uint32).max


@compiled
def meet(left: Rows, right: Rows, total: Totals, prints: npt.NDArray[np.uint64], best: Totals, partner: Rows) -> None:
    """Update each row's best evidence and with whom; among equals, the one of the least fingerprint."""
    nobody = np.uint32(0xFFFFFFFF)
    for pair in range(left.shape[0]):
        if contradicts(total[pair]):
            continue
        for way in range(2):
            a, b = (left[pair], right[pair]) if way == 0 else (right[pair], left[pair])
            if partner[a] != nobody:
                if total[pair] < best[a]:
                    continue
                if total[pair] == best[a] and prints[b] >= prints[partner[a]]:
                    continue
            best[a], partner[a] = total[pair], b


def hanging_together(
    left: Rows,
    right: Rows,
    total: Totals,
    prints: npt.NDArray[np.uint64],
    limits: npt.NDArray[np.int64],
    judged: Judged,
) -> Rows:
    """The component of each row, called after its least row: by strong evidence, nearest neighbours, and judgements."""
    rows = len(prints)
    best, partner = np.zeros(rows, np.int32), np.full(rows, NOBODY, np.uint32)
    meet(left, right, total, prints, best, partner)
    strong = (total >= limits[STRONG]) & (total % 2 == 0)  # and do not contradict each other
    near = np.flatnonzero((partner != NOBODY) & (best >= limits[NEAREST])).astype(np.uint32)
    same = judged.verdict > 0
    return components(
        rows,
        np.concatenate((left[strong], near, judged.left[same].astype(np.uint32))),
        np.concatenate((right[strong], partner[near], judged.right[same].astype(np.uint32))),
    )


def clusters_among(
    members: npt.NDArray[np.int64],
    prints: npt.NDArray[np.uint64],
    left: npt.NDArray[np.integer],
    right: npt.NDArray[np.integer],
    total: Totals,
    limits: npt.NDArray[np.int64],
    judged: Judged,
) -> npt.NDArray[np.int64]:
    """The cluster of each member, called after its least row, where whole components are given.

    `members` are rows, ascending; `prints` theirs; `left`, `right`, `total` the pairs within components.
    """
    own = np.isin(judged.left, members) & np.isin(judged.right, members)
    made = partition(
        len(members),
        np.searchsorted(members, left),
        np.searchsorted(members, right),
        total,
        prints,
        limits,
        np.searchsorted(members, judged.left[own]),
        np.searchsorted(members, judged.right[own]),
        judged.verdict[own],
    )
    return np.asarray(members[made], np.int64)


def clusters_of_share(
    members: npt.NDArray[np.int64],
    place: npt.NDArray[np.int64],
    together: Rows,
    prints: npt.NDArray[np.uint64],
    pairs: tuple[Rows, Rows, Totals],
    limits: npt.NDArray[np.int64],
    judged: Judged,
) -> npt.NDArray[np.int64]:
    """As `clusters_among`, where it is known already who hangs `together`; `place` is that of each row in `members`."""
    left, right, total = pairs
    own = np.isin(judged.left, members) & np.isin(judged.right, members)
    made = by_component(
        place[together[members]],
        place[left],
        place[right],
        total,
        prints,
        limits,
        place[judged.left[own]],
        place[judged.right[own]],
        judged.verdict[own],
    )
    return np.asarray(members[made], np.int64)
