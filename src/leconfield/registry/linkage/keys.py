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
def _name_atoms(
    row: npt.NDArray[np.int32], terms: Terms, layout: Layout, field: int, names: npt.NDArray[np.uint64], count: int
) -> int:
    """Note the skeletons of a name's parts; returns how many are noted."""
    for column in range(layout.first[field], layout.first[field] + layout.width[field]):
        if row[column] >= 0 and terms.length[row[column]] > 1:
            count = _add(names, count, terms.skeleton[row[column]])
    return count


@compiled
def _fact_atoms(
    term: int,
    terms: Terms,
    kind: int,
    field: int,
    facts: npt.NDArray[np.uint64],
    weak: npt.NDArray[np.bool_],
    source: npt.NDArray[np.int64],
    count: int,
) -> int:
    """Note a value whole, and a date by its year and its day, a code by its head (weak); returns how many are noted."""
    if count + 3 > len(facts):
        return count
    facts[count], source[count] = terms.hash[term], field
    count += 1
    if kind == DATE and terms.number[term]:
        year, day = terms.number[term] // 10000, terms.number[term] % 10000
        facts[count - 1] = mixed(terms.hash[term], np.uint64(2))
        facts[count], weak[count], source[count] = mixed(np.uint64(year), np.uint64(1000 + field)), True, field
        count += 1
        if day % 100 and day != 101:
            facts[count], weak[count], source[count] = mixed(np.uint64(day), np.uint64(2000 + field)), True, field
            count += 1
    elif kind == CODE and terms.tags[term, 0]:
        head = mixed(np.uint64(terms.tags[term, 0]), np.uint64(3000 + field))
        facts[count], weak[count], source[count] = head, True, field
        count += 1
    return count


@compiled
def _with_facts(
    names: npt.NDArray[np.uint64],
    name_count: int,
    layout: Layout,
    facts: npt.NDArray[np.uint64],
    weak: npt.NDArray[np.bool_],
    source: npt.NDArray[np.int64],
    fact_count: int,
    keys: npt.NDArray[np.uint64],
    count: int,
) -> int:
    """Add the keys of a name part with a fact, and of two facts of which one is whole; returns how many there are."""
    for i in range(name_count):
        for j in range(fact_count):
            if weak[j] or layout.kind[source[j]] != DATE:
                count = _add(keys, count, mixed(names[i], facts[j]))
    for i in range(fact_count):
        for j in range(i):
            if source[i] != source[j] and not (weak[i] and weak[j]):
                count = _add(keys, count, mixed(min(facts[i], facts[j]), max(facts[i], facts[j])))
    return count


@compiled
def row_keys(row: npt.NDArray[np.int32], terms: Terms, layout: Layout, keys: npt.NDArray[np.uint64]) -> int:
    """Fill in the keys of one row and return how many there are.

    Pairs of: parts of names by their skeleton; a date whole, by its year, by its day; codes whole and by their head;
    texts. Identifiers make a key by themselves.
    """
    names = np.zeros(_MOST_ATOMS, np.uint64)
    facts = np.zeros(_MOST_ATOMS, np.uint64)
    weak = np.zeros(_MOST_ATOMS, np.bool_)
    source = np.zeros(_MOST_ATOMS, np.int64)
    name_count, fact_count, count = 0, 0, 0
    for field in range(len(layout.kind)):
        if layout.kind[field] == NAME:
            name_count = _name_atoms(row, terms, layout, field, names, name_count)
        elif row[layout.first[field]] >= 0 and layout.keying[field] != NO_KEY:
            term = row[layout.first[field]]
            if layout.keying[field] == ALONE:
                count = _add(keys, count, mixed(terms.hash[term], np.uint64(1)))
            fact_count = _fact_atoms(term, terms, layout.kind[field], field, facts, weak, source, fact_count)
    for i in range(name_count):
        for j in range(i):
            count = _add(keys, count, mixed(min(names[i], names[j]), max(names[i], names[j])))
    return _with_facts(names, name_count, layout, facts, weak, source, fact_count, keys, count)


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
