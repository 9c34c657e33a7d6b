"""The pairs of records worth scoring: those that share a key, each once, without a list of them all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from leconfield.registry.compiled import compiled
from leconfield.registry.linkage.batch_postings import Offsets, Postings, Rows

AT_A_TIME: Final = 1 << 18
"""Pairs handed out at a time, or as many as one record has."""


@compiled
def _gather(
    begin: int, end: int, of: Rows, starts: Offsets, keys: Rows, key_starts: Offsets, left: Rows, right: Rows
) -> tuple[int, int]:
    """Fill the pairs of the rows from `begin` on; returns how many there are, and the row to go on with."""
    seen, owners = np.zeros(1024, np.uint32), np.zeros(1024, np.int64)
    filled = 0
    for row in range(begin, end):
        most = 0
        for key in keys[key_starts[row] : key_starts[row + 1]]:
            most += starts[key + 1] - starts[key]
        if filled + most > left.shape[0]:
            return filled, row
        if 2 * most > seen.shape[0]:
            size = seen.shape[0]
            while size < 2 * most:
                size *= 2
            seen, owners = np.zeros(size, np.uint32), np.zeros(size, np.int64)
        mask = seen.shape[0] - 1
        for key in keys[key_starts[row] : key_starts[row + 1]]:
            for at in range(starts[key + 1] - 1, starts[key] - 1, -1):
                other = of[at]
                if other <= row:
                    break
                slot = np.int64((np.uint64(other) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(40)) & mask
                while owners[slot] == row + 1 and seen[slot] != other:
                    slot = (slot + 1) & mask
                if owners[slot] != row + 1:
                    owners[slot], seen[slot] = row + 1, other
                    left[filled], right[filled] = row, other
                    filled += 1
    return filled, end


def pairs(found: Postings, begin: int, end: int) -> Iterator[tuple[Rows, Rows]]:
    """Every pair of different rows that share a key and of which the lesser is from `begin` up to `end`, each once."""
    room = AT_A_TIME
    while begin < end:
        left, right = np.empty(room, np.uint32), np.empty(room, np.uint32)
        filled, stopped = _gather(begin, end, found.rows, found.starts, found.keys, found.key_starts, left, right)
        if stopped == begin:
            room *= 2
            continue
        begin, room = stopped, AT_A_TIME
        if filled:
            yield left[:filled], right[:filled]
