"""How much evidence it takes: to be a neighbour, to hang together, to be one. In thousandths of a bit."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from leconfield.registry.linkage.learning import threshold

KEPT: Final = 0
"""Pairs with less are forgotten."""
NEAREST: Final = 1
"""What a row's nearest neighbour needs to be looked at together with it."""
STRONG: Final = 2
"""What any two rows need to be looked at together."""
JOINED: Final = 3
"""What two clusters need, on the average of their pairs, to be one."""
MISSING: Final = 4
"""What is taken off for pairs that share no key, by their share of all pairs."""

_OFFSETS: Final = {KEPT: -12.0, NEAREST: -1.0, STRONG: 7.0, JOINED: -4.0}
_MISSING_BITS: Final = 4.0


def limits(rows: int) -> npt.NDArray[np.int64]:
    """The limits for that many rows: each doubling takes one bit more, as the odds of chance do."""
    middle = threshold(rows)
    found = [max(middle + _OFFSETS[kind], 0.0) for kind in (KEPT, NEAREST, STRONG, JOINED)]
    return np.array([round(each * 1000) for each in (*found, _MISSING_BITS)], np.int64)
