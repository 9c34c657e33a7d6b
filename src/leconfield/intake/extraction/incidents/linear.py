"""A linear classifier over words: term frequency, weighted, normalised, one logistic output for each class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Linear:
    """Learned weights: `vocabulary` gives a term its row in `idf` (terms) and `coefficients` (terms x classes)."""

    vocabulary: Mapping[str, int]
    idf: Vector
    coefficients: Vector
    bias: Vector

    def probabilities(self, terms: Iterable[str]) -> Vector:
        """One probability for each class; the classes are independent of each other."""
        counts = Counter(row for term in terms if (row := self.vocabulary.get(term)) is not None)
        if not counts:
            return logistic(self.bias)
        rows = np.fromiter(counts, dtype=np.intp, count=len(counts))
        weights = np.array([1.0 + log(n) for n in counts.values()]) * self.idf[rows]
        weights /= sqrt(float(weights @ weights))
        return logistic(weights @ self.coefficients[rows] + self.bias)


def logistic(values: Vector) -> Vector:
    """Log-odds to probabilities."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(values, -40.0, 40.0))), dtype=np.float64)
