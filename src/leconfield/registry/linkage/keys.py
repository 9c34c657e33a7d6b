"""Blocking keys: two rows that share one rare enough are compared. Hashes of content, the same on every machine."""

from __future__ import annotations

from typing import Final, TypeAlias

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


Keys: TypeAlias = npt.NDArray[np.uint64]
Atoms: TypeAlias = npt.NDArray[np.uint64]
"""[3, _MOST_ATOMS]: scratch for what keys are made of (`atoms`): the parts of names; facts; of each fact, twice the
number of its field, and one more if it is weak."""
_NAMES, _FACTS, _TRAITS = 0, 1, 2


@compiled
def atoms() -> Atoms:
    """Scratch for `row_keys`."""
    return np.zeros((3, _MOST_ATOMS), np.uint64)


@compiled
def _name_atoms(row: npt.NDArray[np.int32], terms: Terms, layout: Layout, field: int, names: Keys, count: int) -> int:
    """Note the skeletons of a name's parts, each once; returns how many are noted."""
    for column in range(layout.first[field], layout.first[field] + layout.width[field]):
        if row[column] < 0 or terms.length[row[column]] <= 1 or count == len(names):
            continue
        skeleton, new = terms.skeleton[row[column]], True
        for i in range(count):
            new = new and names[i] != skeleton
        if new:
            names[count] = skeleton
            count += 1
    return count


@compiled
def _fact_atoms(term: int, terms: Terms, kind: int, field: int, made: Atoms, count: int) -> int:
    """Note a value whole, and a date by its year and its day, a code by its head (weak); returns how many are noted."""
    facts, traits = made[_FACTS], made[_TRAITS]
    if count + 3 > len(facts):
        return count
    facts[count], traits[count] = terms.hash[term], 2 * field
    count += 1
    if kind == DATE and terms.number[term]:
        year, day = terms.number[term] // 10000, terms.number[term] % 10000
        facts[count - 1] = mixed(terms.hash[term], np.uint64(2))
        facts[count], traits[count] = mixed(np.uint64(year), np.uint64(1000 + field)), 2 * field + 1
        count += 1
        if day % 100 and day != 101:
            facts[count], traits[count] = mixed(np.uint64(day), np.uint64(2000 + field)), 2 * field + 1
            count += 1
    elif kind == CODE and terms.tags[term, 0]:
        head = mixed(np.uint64(terms.tags[term, 0]), np.uint64(3000 + field))
        facts[count], traits[count] = head, 2 * field + 1
        count += 1
    return count


@compiled
def _add(keys: Keys, count: int, one: np.uint64, other: np.uint64) -> int:
    """Add the key of two things, if there is room; returns how many there are."""
    if count < len(keys):
        keys[count] = mixed(one, other)
        count += 1
    return count


@compiled
def _with_facts(made: Atoms, name_count: int, fact_count: int, layout: Layout, keys: Keys, count: int) -> int:
    """Add the keys of a name part with a fact, and of two facts of which one is whole; returns how many there are."""
    names, facts, traits = made[_NAMES], made[_FACTS], made[_TRAITS]
    for i in range(name_count):
        for j in range(fact_count):
            if traits[j] & np.uint64(1) or layout.kind[np.int64(traits[j] >> np.uint64(1))] != DATE:
                count = _add(keys, count, names[i], facts[j])
    for i in range(fact_count):
        for j in range(i):
            same_field = traits[i] >> np.uint64(1) == traits[j] >> np.uint64(1)
            if not same_field and not traits[i] & traits[j] & np.uint64(1):
                count = _add(keys, count, min(facts[i], facts[j]), max(facts[i], facts[j]))
    return count


@compiled
def row_keys(row: npt.NDArray[np.int32], terms: Terms, layout: Layout, made: Atoms, keys: Keys) -> int:
    """Fill in the keys of one row, each once, and return how many there are; `made` is scratch.

    Pairs of: parts of names by their skeleton; a date whole, by its year, by its day; codes whole and by their head;
    texts. Identifiers make a key by themselves.
    """
    names, name_count, fact_count, count = made[_NAMES], 0, 0, 0
    for field in range(len(layout.kind)):
        if layout.kind[field] == NAME:
            name_count = _name_atoms(row, terms, layout, field, names, name_count)
        elif row[layout.first[field]] >= 0 and layout.keying[field] != NO_KEY:
            term = row[layout.first[field]]
            if layout.keying[field] == ALONE:
                count = _add(keys, count, terms.hash[term], np.uint64(1))
            fact_count = _fact_atoms(term, terms, layout.kind[field], field, made, fact_count)
    for i in range(name_count):
        for j in range(i):
            count = _add(keys, count, min(names[i], names[j]), max(names[i], names[j]))
    return _with_facts(made, name_count, fact_count, layout, keys, count)


@compiled
def flat_keys(
    rows: npt.NDArray[np.int32], first: int, terms: Terms, layout: Layout
) -> tuple[npt.NDArray[np.uint32], Keys]:
    """The keys of encoded rows, of which the first has the number `first`: the row and the key of each, row by row."""
    of, keys = np.empty(len(rows) * MOST_KEYS, np.uint32), np.empty(len(rows) * MOST_KEYS, np.uint64)
    made, filled = atoms(), 0
    for i in range(len(rows)):
        count = row_keys(rows[i], terms, layout, made, keys[filled : filled + MOST_KEYS])
        of[filled : filled + count] = first + i
        filled += count
    return of[:filled].copy(), keys[:filled].copy()
