"""The pairs of records worth scoring, each once, without a list of them all.

Two records are worth scoring if they share three keys, or one that few others have. Of the true pairs among a quarter
of a million historical figures this loses one in a hundred that no other record connects, and it spares three
comparisons in four.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from leconfield.registry.compiled import compiled
from leconfield.registry.linkage.batch_postings import Offsets, Postings, Rows

ENOUGH: Final = 3
"""So many keys in common are enough, however many others have them."""
RARE: Final = 20
"""A key of so many records or fewer is enough by itself."""
Reasons = npt.NDArray[np.uint8]
AT_A_TIME: Final = 1 << 18
"""Pairs handed out at a time, or as many as one record has."""


@compiled
def _gather(
    begin: int,
    end: int,
    of: Rows,
    starts: Offsets,
    keys: Rows,
    key_starts: Offsets,
    reasons: Reasons,
    left: Rows,
    right: Rows,
) -> tuple[int, int]:
    """Fill the pairs of the rows from `begin` on; returns how many there are, and the row to go on with.

    `reasons`, one for each row, are all 0 before and after.
    """
    filled = 0
    for row in range(begin, end):
        most = 0
        for key in keys[key_starts[row] : key_starts[row + 1]]:
            most += starts[key + 1] - starts[key]
        if filled + most > left.shape[0]:
            return filled, row
        last = filled  # whom the row meets is noted where its pairs will be
        for key in keys[key_starts[row] : key_starts[row + 1]]:
            reason = ENOUGH if starts[key + 1] - starts[key] <= RARE else 1
            for at in range(starts[key + 1] - 1, starts[key] - 1, -1):
                other = of[at]
                if other <= row:
                    break
                if reasons[other] == 0:
                    right[last] = other
                    last += 1
                reasons[other] = min(ENOUGH, reasons[other] + reason)
        for each in range(filled, last):
            other = right[each]
            if reasons[other] == ENOUGH:
                left[filled], right[filled] = row, other
                filled += 1
            reasons[other] = 0
    return filled, end


def pairs(found: Postings, begin: int, end: int, reasons: Reasons) -> Iterator[tuple[Rows, Rows]]:
    """Every pair of different rows that is worth scoring and of which the lesser is from `begin` up to `end`, once.

    `reasons` is scratch: one number for each row, all of them 0, and 0 again at the end.
    """
    room = AT_A_TIME
    while begin < end:
        left, right = np.empty(room, np.uint32), np.empty(room, np.uint32)
        filled, stopped = _gather(
            begin, end, found.rows, found.starts, found.keys, found.key_starts, reasons, left, right
        )
        if stopped == begin:
            room *= 2
            continue
        begin, room = stopped, AT_A_TIME
        if filled:
            yield left[:filled], right[:filled]
