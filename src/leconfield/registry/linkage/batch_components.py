"""Connected components of millions of edges, by union and find in compiled code."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leconfield.registry.compiled import compiled


@compiled
def join(roots: NDArray[np.uint32], left: NDArray[np.uint32], right: NDArray[np.uint32]) -> None:
    """Join the two ends of every edge, in place; the root of a component is its least row, whatever the order."""
    for edge in range(left.shape[0]):
        one, other = left[edge], right[edge]
        while roots[one] != one:
            roots[one] = roots[roots[one]]
            one = roots[one]
        while roots[other] != other:
            roots[other] = roots[roots[other]]
            other = roots[other]
        if one < other:
            roots[other] = one
        elif other < one:
            roots[one] = other


@compiled
def _settle(roots: NDArray[np.uint32]) -> None:
    for row in range(roots.shape[0]):
        roots[row] = roots[roots[row]]


def components(rows: int, left: NDArray[np.uint32], right: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """For each row from 0, the least row that it hangs together with."""
    roots = np.arange(rows, dtype=np.uint32)
    join(roots, left, right)
    _settle(roots)  # roots only ever point to lesser rows, so one pass from the least row on flattens them
    return roots
