"""The pairs of records worth scoring, each once, without a list of them all.

Two records are worth scoring if they share three keys, or one that few others have. Of the true pairs among a quarter
of a million historical figures this loses one in a hundred that no other record connects, and it spares three
comparisons in four.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from leconfield.registry.compiled import compiled
from leconfield.registry.linkage.batch_postings import Offsets, Postings, Rows

ENOUGH: Final = 3
"""So many keys in common are enough, however many others have them."""
RARE: Final = 20
"""A key of so many records or fewer is enough by itself."""
AT_A_TIME: Final = 1 << 18
"""Pairs handed out at a time, or as many as one record has."""


@compiled
def _slot(other: int, row: int, seen: Rows, owners: Offsets) -> int:
    """Where another row stands, or would stand, in the open table of those that this row meets."""
    mask = seen.shape[0] - 1
    slot = int((np.uint64(other) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(40)) & mask
    while owners[slot] == row and seen[slot] != other:
        slot = (slot + 1) & mask
    return int(slot)


@compiled
def _gather(
    begin: int, end: int, of: Rows, starts: Offsets, keys: Rows, key_starts: Offsets, left: Rows, right: Rows
) -> tuple[int, int]:
    """Fill the pairs of the rows from `begin` on; returns how many there are, and the row to go on with."""
    seen, owners = np.zeros(1024, np.uint32), np.full(1024, -1, np.int64)
    reasons, slots = np.zeros(1024, np.uint8), np.zeros(1024, np.int64)
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
            seen, owners = np.zeros(size, np.uint32), np.full(size, -1, np.int64)
            reasons, slots = np.zeros(size, np.uint8), np.zeros(size, np.int64)
        met = 0
        for key in keys[key_starts[row] : key_starts[row + 1]]:
            reason = ENOUGH if starts[key + 1] - starts[key] <= RARE else 1
            for at in range(starts[key + 1] - 1, starts[key] - 1, -1):
                other = of[at]
                if other <= row:
                    break
                slot = _slot(other, row, seen, owners)
                if owners[slot] != row:
                    owners[slot], seen[slot], reasons[slot], slots[met] = row, other, 0, slot
                    met += 1
                reasons[slot] = min(ENOUGH, reasons[slot] + reason)
        for each in range(met):
            if reasons[slots[each]] == ENOUGH:
                left[filled], right[filled] = row, seen[slots[each]]
                filled += 1
    return filled, end


def pairs(found: Postings, begin: int, end: int) -> Iterator[tuple[Rows, Rows]]:
    """Every pair of different rows that is worth scoring and of which the lesser is from `begin` up to `end`, once."""
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
