"""Records that say the same in every field: one stands for all of them, so that no number of them is too many.

A thousand copies of one record share all their keys, which makes these keys too common to bring anybody together. So
where there are more than a few they are not compared: they are one, if what they say is enough to tell a person by.
That does not hang on weights, nor on how many other records there are. A record of which an officer spoke stands for
itself.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from leconfield.registry.compiled import compiled
from leconfield.registry.linkage.similarity import mixed
from leconfield.registry.linkage.terms import ALONE, DATE, NAME, NO_KEY, Layout, Terms

CROWD: Final = 20
"""Up to so many records that say the same are compared like any others: their keys are not too common by them alone."""


@compiled
def tells(row: npt.NDArray[np.int32], terms: Terms, layout: Layout) -> bool:
    """Whether a record says who it is of: two parts of a name and a day of birth, or a name and an identifier."""
    parts, day, identifier = 0, False, False
    for field in range(len(layout.kind)):
        first = layout.first[field]
        if layout.kind[field] == NAME:
            for column in range(first, first + layout.width[field]):
                parts += row[column] >= 0 and terms.length[row[column]] > 1
        elif row[first] >= 0 and layout.keying[field] == ALONE:
            identifier = True
        elif row[first] >= 0 and layout.kind[field] == DATE and layout.keying[field] != NO_KEY:
            in_year = terms.number[row[first]] % 10000
            day = day or (in_year % 100 > 0 and in_year != 101)
    return (parts >= 2 and day) or (parts >= 1 and identifier)


@compiled
def contents(rows: npt.NDArray[np.int32], terms: Terms, layout: Layout) -> npt.NDArray[np.uint64]:
    """A hash of all that each row says, whatever the order of names; 0 where that is not enough to tell a person by."""
    found = np.zeros(len(rows), np.uint64)
    for row in range(len(rows)):
        if not tells(rows[row], terms, layout):
            continue
        whole = np.uint64(1)
        for column in range(rows.shape[1]):
            if rows[row, column] >= 0:
                whole += mixed(terms.hash[rows[row, column]], np.uint64(5))
        found[row] = mixed(whole, np.uint64(6))
    return found


def standing(said: npt.NDArray[np.uint64], fingerprints: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """For each row, the one that stands for it: of a crowd that says the same, that with the least fingerprint."""
    stands = np.arange(len(said))
    telling = np.flatnonzero(said)
    ordered = telling[np.lexsort((fingerprints[telling], said[telling]))]
    starts = np.flatnonzero(np.concatenate(([True], said[ordered][1:] != said[ordered][:-1])))[: len(ordered)]
    sizes = np.diff(np.append(starts, len(ordered)))
    crowded = np.repeat(sizes > CROWD, sizes)
    stands[ordered[crowded]] = np.repeat(ordered[starts], sizes)[crowded]
    return stands
