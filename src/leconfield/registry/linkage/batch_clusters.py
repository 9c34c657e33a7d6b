"""Clusters of millions of rows: which rows hang together, then each share of the components by itself."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from leconfield.registry.compiled import compiled
from leconfield.registry.linkage.batch_components import components
from leconfield.registry.linkage.batch_table import Judged
from leconfield.registry.linkage.clustering import _STEP as STEP
from leconfield.registry.linkage.clustering import _STEPS as STEPS
from leconfield.registry.linkage.clustering import LARGEST, partition
from leconfield.registry.linkage.limits import NEAREST, STRONG

Rows = npt.NDArray[np.uint32]
Totals = npt.NDArray[np.int32]
NOBODY: Final = np.iinfo(np.uint32).max


@compiled
def meet(left: Rows, right: Rows, total: Totals, prints: npt.NDArray[np.uint64], best: Totals, partner: Rows) -> None:
    """Update each row's best evidence and with whom; among equals, the one of the least fingerprint."""
    nobody = np.uint32(0xFFFFFFFF)
    for pair in range(left.shape[0]):
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
    strong = total >= limits[STRONG]
    near = np.flatnonzero((partner != NOBODY) & (best >= limits[NEAREST])).astype(np.uint32)
    same = judged.verdict > 0
    return components(
        rows,
        np.concatenate((left[strong], near, judged.left[same].astype(np.uint32))),
        np.concatenate((right[strong], partner[near], judged.right[same].astype(np.uint32))),
    )


def pieces_of(
    together: Rows, left: Rows, right: Rows, total: Totals, limits: npt.NDArray[np.int64], judged: Judged
) -> Rows:
    """Components, those that are too large cut into pieces of stronger ties, as `cluster_component` cuts them.

    Here all of them at once, which takes a second where it takes that, piece by piece, minutes.
    """
    pieces, large = together.copy(), _sizes(together) > LARGEST
    same = judged.verdict > 0
    for step in range(STEPS + 1):
        if not large.any():
            break
        strong = large[left] & (total >= limits[STRONG] + STEP * step)
        told = same & (step < STEPS)
        found = components(
            len(together),
            np.concatenate((left[strong], judged.left[told].astype(np.uint32))),
            np.concatenate((right[strong], judged.right[told].astype(np.uint32))),
        )
        sizes = _sizes(found)
        largest = np.zeros(len(together), np.int64)
        np.maximum.at(largest, together[large], sizes[large])
        settled = large & ((largest[together] <= LARGEST) | (step == STEPS))
        pieces[settled] = np.where(sizes > LARGEST, np.arange(len(together), dtype=np.uint32), found)[settled]
        large &= ~settled
    return pieces


def _sizes(together: Rows) -> npt.NDArray[np.int64]:
    """How many rows are in the component of each row."""
    return np.bincount(together, minlength=len(together))[together]


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
