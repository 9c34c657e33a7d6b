"""Boosted decision trees as flat arrays: what the ranking of fillers was learnt as."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leconfield.intake.extraction.incidents.linear import Vector, logistic

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees over one table of nodes; `roots` are the first nodes, a leaf points to itself."""

    roots: NDArray[np.int32]
    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]
    base: float
    depth: int

    def probabilities(self, rows: Matrix) -> Vector:
        """The probability of each row (rows x features); rows go left where the feature is at most the threshold."""
        if not len(rows):
            return np.zeros(0)
        values = rows.astype(np.float32)
        nodes = np.broadcast_to(self.roots, (len(rows), len(self.roots))).copy()
        index = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            goes_left = values[index, self.feature[nodes]] <= self.threshold[nodes]
            nodes = np.where(goes_left, self.left[nodes], self.right[nodes])
        return logistic(self.value[nodes].sum(axis=1, dtype=np.float64) + self.base)
