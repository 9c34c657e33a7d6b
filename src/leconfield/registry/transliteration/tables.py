"""A learned model as arrays for compiled code, and the probabilities that follow from it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from leconfield.registry.compiled import compiled
from leconfield.registry.likeness import SURPRISE
from leconfield.registry.transliteration.model import LETTERS, TRUST, model_of
from leconfield.registry.transliteration.spell import IMPLAUSIBLE, NO_READING

LEAST: Final = 1e-5
"""Chunks less likely than this are not tried."""
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]


class Tables(NamedTuple):
    """A model as arrays for compiled code; `letter` are the chunks' letters, from `letter_start` of each chunk."""

    units: int
    base: Ints
    """Where each model's units begin, where several are put together."""
    own_start: Ints
    own_chunk: Ints
    own_share: Singles
    beside_keys: Longs
    beside_start: Ints
    beside_slots: Ints
    beside_counts: Singles
    after_keys: Longs
    after_start: Ints
    after_slots: Ints
    after_counts: Singles
    letter: Bytes
    letter_start: Ints
    ground: Singles


@lru_cache(maxsize=16)
def tables_of(script: str) -> Tables | None:
    """The tables of a script; None if nothing was learned of it."""
    model = model_of(script)
    if model is None:
        return None
    beside, after = model.beside, model.after
    return Tables(
        len(model.units),
        np.zeros(1, np.int32),
        model.own_start,
        model.own_chunk,
        model.own_share,
        *(beside.keys, beside.start, beside.slots, beside.counts),
        *(after.keys, after.start, after.slots, after.counts),
        np.frombuffer("".join(model.chunks).encode(), np.uint8) - 96,
        np.cumsum([0, *map(len, model.chunks)]).astype(np.int32),
        model.ground,
    )


@lru_cache(maxsize=8)
def put_together(scripts: tuple[str, ...]) -> Tables:
    """One set of tables for several models, in this order; an empty name stands for a model that is not needed."""
    found = [tables_of(script) if script else None for script in scripts]
    models = [each or _empty() for each in found]
    units = sum(each.units for each in models)
    base = np.cumsum([0, *(each.units for each in models)])
    chunks = np.cumsum([0, *(len(each.letter_start) - 1 for each in models)])
    return Tables(
        units,
        base[:-1].astype(np.int32),
        _chained([each.own_start for each in models]),
        np.concatenate([each.own_chunk + first for each, first in zip(models, chunks, strict=False)]).astype(np.int32),
        np.concatenate([each.own_share for each in models]),
        np.concatenate([_keys(each, int(first), units, 1) for each, first in zip(models, base, strict=False)]),
        _chained([each.beside_start for each in models]),
        np.concatenate([each.beside_slots for each in models]),
        np.concatenate([each.beside_counts for each in models]),
        np.concatenate([_keys(each, int(first), units, LETTERS) for each, first in zip(models, base, strict=False)]),
        _chained([each.after_start for each in models]),
        np.concatenate([each.after_slots for each in models]),
        np.concatenate([each.after_counts for each in models]),
        np.concatenate([each.letter for each in models]),
        _chained([each.letter_start for each in models]),
        models[0].ground,
    )


def _chained(starts: list[Ints]) -> Ints:
    """Starts of stretches, of several flat arrays laid end to end."""
    ends = np.cumsum([0, *(int(each[-1]) for each in starts)])
    moved = [each[:-1] + first for each, first in zip(starts, ends, strict=False)]
    return np.concatenate([*moved, ends[-1:]]).astype(np.int32)


def _keys(tables: Tables, first: int, units: int, letters: int) -> Longs:
    """A model's keys as they are where its units are numbered from `first` among so many."""
    company = tables.beside_keys if letters == 1 else tables.after_keys
    pair, before = company // letters, company % letters
    unit, following = pair // (tables.units + 1), pair % (tables.units + 1)
    moved = np.where(following == tables.units, units, following + first)
    return ((unit + first) * (units + 1) + moved) * letters + before


def _empty() -> Tables:
    none, one = np.zeros(0, np.int32), np.zeros(1, np.int32)
    shares, keys = np.zeros(0, np.float32), np.zeros(0, np.int64)
    company = (keys, one, none, shares)
    letters = np.zeros(0, np.uint8)
    return Tables(0, one, one, none, shares, *company, *company, letters, one, np.zeros((LETTERS, LETTERS), np.float32))


@compiled
def _blend(shares: Floats, key: int, keys: Longs, start: Ints, slots: Ints, counts: Singles) -> None:
    """Blend what was seen in one company into the shares; see `Model.shares`."""
    place = np.searchsorted(keys, key)
    if place == len(keys) or keys[place] != key:
        return
    total = 0.0
    for at in range(start[place], start[place + 1]):
        total += counts[at]
    trust = TRUST * (start[place + 1] - start[place])
    shares *= trust / (total + trust)
    for at in range(start[place], start[place + 1]):
        shares[slots[at]] += counts[at] / (total + trust)


@compiled
def shares_of(tables: Tables, unit: int, following: int, before: int) -> Floats:
    """Probability of each chunk of the unit in this company, as `Model.shares`."""
    found = tables.own_share[tables.own_start[unit] : tables.own_start[unit + 1]].astype(np.float64)
    key = unit * (tables.units + 1) + following
    _blend(found, key, tables.beside_keys, tables.beside_start, tables.beside_slots, tables.beside_counts)
    key = key * LETTERS + before
    _blend(found, key, tables.after_keys, tables.after_start, tables.after_slots, tables.after_counts)
    return found


@compiled
def surprise_of(tables: Tables, model: int, units: Ints, letters: Bytes) -> float:
    """Bits per letter by which the letters surprise, given the units; as `transliteration.surprise`.

    IMPLAUSIBLE as soon as it will be more than SURPRISE. `model`: which of the models put together numbers the units.
    """
    base = tables.base[model]
    hopeless = 2.0 ** (-SURPRISE * len(letters))
    count = len(letters)
    if len(units) == 0 or count == 0:
        return NO_READING
    forward = np.zeros(count + 1)
    forward[0] = 1.0
    for place in range(len(units)):
        unit = base + units[place]
        following = base + units[place + 1] if place + 1 < len(units) else tables.units
        after = np.zeros(count + 1)
        own = tables.own_start[unit]
        for start in range(count + 1):
            if forward[start] == 0.0:
                continue
            before = letters[start - 1] if start > 0 else 0
            shares = shares_of(tables, unit, following, before)
            for slot in range(len(shares)):
                if shares[slot] <= LEAST:
                    continue
                chunk = tables.own_chunk[own + slot]
                first = tables.letter_start[chunk]
                size = tables.letter_start[chunk + 1] - first
                if start + size > count:
                    continue
                at = 0
                while at < size and tables.letter[first + at] == letters[start + at]:
                    at += 1
                if at == size:
                    after[start + size] += forward[start] * shares[slot]
        forward = after
        if forward.max() < hopeless:
            return IMPLAUSIBLE
    return -np.log2(forward[count]) / count if forward[count] > 0 else IMPLAUSIBLE
