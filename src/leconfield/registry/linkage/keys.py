"""Blocking keys: two rows that share one rare enough are compared. Hashes of content, the same on every machine."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from leconfield.registry.compiled import compiled
from leconfield.registry.linkage.similarity import mixed
from leconfield.registry.linkage.terms import ALONE, CODE, DATE, NAME, NO_KEY, Layout, Terms

MOST_KEYS: Final = 64
"""How many keys a row may have."""
COMMON: Final = 120
"""A key that more rows have brings nobody together."""
_MOST_ATOMS: Final = 24


@compiled
def _add(keys: npt.NDArray[np.uint64], count: int, key: np.uint64) -> int:
    if count == len(keys):
        return count
    for i in range(count):
        if keys[i] == key:
            return count
    keys[count] = key
    return count + 1


@compiled
def row_keys(row: npt.NDArray[np.int32], terms: Terms, layout: Layout, keys: npt.NDArray[np.uint64]) -> int:
    """Fill in the keys of one row and return how many there are.

    Pairs of: parts of names by their skeleton; a date whole, by its year, by its day; codes whole and by their head;
    texts. Identifiers make a key by themselves.
    """
    names = np.zeros(_MOST_ATOMS, np.uint64)
    facts = np.zeros(_MOST_ATOMS, np.uint64)
    strong = np.zeros(_MOST_ATOMS, np.bool_)
    source = np.zeros(_MOST_ATOMS, np.int64)
    name_count, fact_count, count = 0, 0, 0
    for field in range(len(layout.kind)):
        kind, first = layout.kind[field], layout.first[field]
        if kind == NAME:
            for column in range(first, first + layout.width[field]):
                if row[column] >= 0 and terms.length[row[column]] > 1:
                    name_count = _add(names, name_count, terms.skeleton[row[column]])
            continue
        term = row[first]
        if term < 0 or layout.keying[field] == NO_KEY:
            continue
        whole = terms.hash[term]
        if layout.keying[field] == ALONE:
            count = _add(keys, count, mixed(whole, np.uint64(1)))
        if fact_count + 3 > _MOST_ATOMS:
            continue
        facts[fact_count], strong[fact_count], source[fact_count] = whole, True, field
        fact_count += 1
        if kind == DATE and terms.number[term]:
            year, day = terms.number[term] // 10000, terms.number[term] % 10000
            facts[fact_count - 1] = mixed(whole, np.uint64(2))
            facts[fact_count], source[fact_count] = mixed(np.uint64(year), np.uint64(1000 + field)), field
            fact_count += 1
            if day % 100 and day != 101:
                facts[fact_count], source[fact_count] = mixed(np.uint64(day), np.uint64(2000 + field)), field
                fact_count += 1
        elif kind == CODE and terms.tags[term, 0]:
            facts[fact_count], source[fact_count] = (
                mixed(np.uint64(terms.tags[term, 0]), np.uint64(3000 + field)),
                field,
            )
            fact_count += 1
    for i in range(name_count):
        for j in range(i):
            count = _add(keys, count, mixed(min(names[i], names[j]), max(names[i], names[j])))
    for i in range(name_count):
        for j in range(fact_count):
            if not (layout.kind[source[j]] == DATE and strong[j]):
                count = _add(keys, count, mixed(names[i], facts[j]))
    for i in range(fact_count):
        for j in range(i):
            if source[i] != source[j] and (strong[i] or strong[j]):
                count = _add(keys, count, mixed(min(facts[i], facts[j]), max(facts[i], facts[j])))
    return count


@compiled
def keys_of(
    rows: npt.NDArray[np.int32], terms: Terms, layout: Layout, out: npt.NDArray[np.uint64]
) -> npt.NDArray[np.int32]:
    """Fill in uint64[rows, MOST_KEYS] with the keys of each row (0 where there is none); how many each has."""
    counts = np.zeros(len(rows), np.int32)
    for i in range(len(rows)):
        counts[i] = row_keys(rows[i], terms, layout, out[i])
        out[i, counts[i] :] = 0
    return counts
