"""A learned model as arrays for compiled code, and the probabilities that follow from it."""

from __future__ import annotations

import math
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
def _place(keys: Longs, key: int) -> int:
    """Where the key stands in sorted ones, or would."""
    low, high = 0, len(keys)
    while low < high:
        middle = (low + high) // 2
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _blend(shares: Floats, key: int, keys: Longs, start: Ints, slots: Ints, counts: Singles) -> None:
    """Blend what was seen in one company into the shares; see `Model.shares`."""
    place = _place(keys, key)
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


class Readings(NamedTuple):
    """What each unit of many parts may stand for: by unit its company, by company its chunks by their first letter.

    `company`: of each unit; `bucket`: by company and first letter (0: the chunk is empty), where its chunks begin;
    `chunk`, `slot`, `share`: of each, in that order, its number, its place among the unit's chunks, its probability;
    `low`, `high`: by company the rows that know the letter before: this letter is in `before`, all that was seen after
    it in `total`, and from `seen_start` on, where in `seen_slot` and `seen` it is by chunk. `letter`: of all chunks.
    """

    company: Ints
    bucket: Ints
    chunk: Ints
    slot: Ints
    share: Floats
    low: Longs
    high: Longs
    before: Bytes
    total: Floats
    seen_start: Ints
    seen_slot: Ints
    seen: Singles
    letter: Bytes
    letter_start: Ints


def readings_of(tables: Tables, models: Ints, units: Ints, sizes: Longs) -> Readings:
    """The readings of parts: the model of each, all their units, and how many of these each has."""
    own = tables.base[np.maximum(np.repeat(models, sizes), 0)] + units
    following = np.append(own[1:], tables.units)
    ends = np.cumsum(sizes)
    following[ends[sizes > 0] - 1] = tables.units
    keys, company = np.unique(own.astype(np.int64) * (tables.units + 1) + following, return_inverse=True)
    count = int(np.sum(tables.own_start[keys // (tables.units + 1) + 1] - tables.own_start[keys // (tables.units + 1)]))
    chunk, slot, share = np.zeros(count, np.int32), np.zeros(count, np.int32), np.zeros(count)
    bucket = np.zeros(LETTERS * len(keys) + 1, np.int32)
    _fill(tables, keys, bucket, chunk, slot, share)
    return Readings(
        company.astype(np.int32),
        bucket,
        chunk,
        slot,
        share,
        np.searchsorted(tables.after_keys, keys * LETTERS),
        np.searchsorted(tables.after_keys, (keys + 1) * LETTERS),
        (tables.after_keys % LETTERS).astype(np.uint8),
        np.diff(np.append(0.0, np.cumsum(tables.after_counts, dtype=np.float64))[tables.after_start]),
        *(tables.after_start, tables.after_slots, tables.after_counts, tables.letter, tables.letter_start),
    )


@compiled
def _fill(tables: Tables, keys: Longs, bucket: Ints, chunk: Ints, slot: Ints, share: Floats) -> None:
    """Write the chunks of each company, those with the same first letter together."""
    place = 0
    for company in range(len(keys)):
        unit = keys[company] // (tables.units + 1)
        first, last = tables.own_start[unit], tables.own_start[unit + 1]
        shares = tables.own_share[first:last].astype(np.float64)
        _blend(
            shares, keys[company], tables.beside_keys, tables.beside_start, tables.beside_slots, tables.beside_counts
        )
        for letter in range(LETTERS):
            bucket[company * LETTERS + letter] = place
            for at in range(last - first):
                begin = tables.letter_start[tables.own_chunk[first + at]]
                end = tables.letter_start[tables.own_chunk[first + at] + 1]
                if (tables.letter[begin] if begin < end else 0) == letter:
                    chunk[place], slot[place], share[place] = tables.own_chunk[first + at], at, shares[at]
                    place += 1
    bucket[len(keys) * LETTERS] = place


@compiled
def _row(readings: Readings, company: int, before: int) -> int:
    """The row that knows this company after this letter; -1 if none does."""
    for row in range(readings.low[company], readings.high[company]):
        if readings.before[row] == before:
            return row
    return -1


@compiled
def _share(readings: Readings, at: int, row: int) -> float:
    """Probability of a chunk in its company after the letter of the row; as `Model.shares`."""
    if row < 0:
        return float(readings.share[at])
    first, last = readings.seen_start[row], readings.seen_start[row + 1]
    trust = TRUST * (last - first)
    seen = 0.0
    for place in range(first, last):
        if readings.seen_slot[place] == readings.slot[at]:
            seen += readings.seen[place]
    return float((readings.share[at] * trust + seen) / (readings.total[row] + trust))


@compiled
def _matches(readings: Readings, chunk: int, letters: Bytes, start: int) -> int:
    """How many letters the chunk has, if they follow from `start`; -1 if not."""
    first = readings.letter_start[chunk]
    size = readings.letter_start[chunk + 1] - first
    if start + size > len(letters):
        return -1
    for at in range(size):
        if readings.letter[first + at] != letters[start + at]:
            return -1
    return int(size)


@compiled
def surprise_of(readings: Readings, first: int, last: int, letters: Bytes) -> float:
    """Bits per letter by which the letters surprise, given the units `first` to `last`; as `transliteration.surprise`.

    IMPLAUSIBLE as soon as it will be more than SURPRISE.
    """
    count = len(letters)
    if last == first or count == 0:
        return NO_READING
    hopeless = 2.0 ** (-SURPRISE * count)
    forward, after = np.zeros(count + 1), np.zeros(count + 1)
    forward[0] = 1.0
    for unit in range(first, last):
        company = readings.company[unit]
        after[:] = 0.0
        likeliest = 0.0
        for start in range(count + 1):
            if forward[start] == 0.0:
                continue
            row = _row(readings, company, letters[start - 1] if start > 0 else 0)
            for turn in range(2 if start < count else 1):
                bucket = company * LETTERS + (letters[start] if turn else 0)
                for at in range(readings.bucket[bucket], readings.bucket[bucket + 1]):
                    size = _matches(readings, readings.chunk[at], letters, start)
                    if size >= 0:
                        share = _share(readings, at, row)
                        if share > LEAST:
                            after[start + size] += forward[start] * share
                            likeliest = max(likeliest, after[start + size])
        forward, after = after, forward
        if likeliest < hopeless:
            return IMPLAUSIBLE
    return -math.log2(forward[count]) / count if forward[count] > 0 else IMPLAUSIBLE
