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
"""What is taken off for pairs that share no key, by their share of all pairs and the root of the smaller side."""

_OFFSETS: Final = {KEPT: -9.0, NEAREST: -1.0, STRONG: 5.0, JOINED: -8.0}
_MISSING_BITS: Final = 5.0
_MANY: Final = 1 << 16
_STEEPER: Final = {NEAREST: -0.75, STRONG: 1.5, JOINED: -0.25, MISSING: 0.5}
"""Bits that each doubling takes besides, once there are many rows: the rarer values are among them, the more of their
rarity is that of a family or a village, which the prior knows nothing of; and weak ties meet more often. Less is asked
of a nearest neighbour and of two clusters as a whole, for which chance has as many chances as a row has neighbours."""


def limits(rows: int) -> npt.NDArray[np.int64]:
    """The limits for that many rows: each doubling takes one bit more, as the odds of chance do, and then some."""
    middle = threshold(rows)
    doublings = max(0.0, float(np.log2(max(rows, 1) / _MANY)))
    found = [
        max(middle + _OFFSETS[kind] + _STEEPER.get(kind, 0.0) * doublings, 0.0)
        for kind in (KEPT, NEAREST, STRONG, JOINED)
    ]
    missing = _MISSING_BITS + _STEEPER[MISSING] * doublings
    return np.array([round(each * 1000) for each in (*found, missing)], np.int64)
