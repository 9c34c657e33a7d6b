"""Which records share a key, for millions of records in bounded memory.

Keys are 64-bit hashes. They are taken in parts by their highest bits, so that only one part is held at a time; of each
part, only the keys that between two and `cap` records share are kept.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from leconfield.registry.compiled import compiled

Rows = NDArray[np.uint32]
Keys = NDArray[np.uint64]
Offsets = NDArray[np.int64]
KeysOf = Callable[[int, int], tuple[Rows, Keys]]
"""The keys of the records from one row up to another: rows (ascending) and a key for each."""

CHUNK: Final = 1 << 16
"""Records whose keys are made at a time."""
PIECES: Final = 64
"""Each part of the keys falls into so many pieces, which workers take on side by side."""
BUCKET: Final = 4096
"""About how many keys are grouped at a time: they stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The shared keys both ways: the rows of each key (ascending), and the keys of each row."""

    rows: Rows
    starts: Offsets
    keys: Rows
    key_starts: Offsets

    @property
    def shared(self) -> int:
        """How many keys at least two records share."""
        return len(self.starts) - 1


@compiled
def _histogram(keys: Keys, shift: np.uint64, counts: Offsets) -> None:
    mask = np.uint64(counts.shape[0] - 1)
    for each in range(keys.shape[0]):
        counts[np.int64((keys[each] >> shift) & mask)] += 1


@compiled
def _scatter(rows: Rows, keys: Keys, shift: np.uint64, ends: Offsets, to_rows: Rows, to_keys: Keys) -> None:
    """Move every key to its bucket, in the order they came; `ends` begins as where the buckets begin."""
    mask = np.uint64(ends.shape[0] - 1)
    for each in range(keys.shape[0]):
        bucket = np.int64((keys[each] >> shift) & mask)
        to_rows[ends[bucket]], to_keys[ends[bucket]] = rows[each], keys[each]
        ends[bucket] += 1


@compiled
def _slot(key: np.uint64, bucket: int, held: Keys, owners: Offsets) -> int:
    """Where a key of this bucket stands, or would stand, in an open table that the buckets use one after the other."""
    mask = held.shape[0] - 1
    slot = int((key * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(33)) & mask
    while owners[slot] == bucket and held[slot] != key:
        slot = (slot + 1) & mask
    return int(slot)


@compiled
def _group(
    rows: Rows, keys: Keys, bounds: Offsets, size: int, cap: int, out_rows: Rows, out_sizes: Rows
) -> tuple[int, int]:
    """Gather the rows of each key, bucket after bucket; returns how many rows and how many keys were kept."""
    held, owners = np.zeros(size, np.uint64), np.full(size, -1, np.int64)
    last, counts, next_at = np.zeros(size, np.uint32), np.zeros(size, np.int64), np.zeros(size, np.int64)
    kept_rows = kept_keys = 0
    for bucket in range(bounds.shape[0] - 1):
        for each in range(bounds[bucket], bounds[bucket + 1]):
            slot = _slot(keys[each], bucket, held, owners)
            if owners[slot] != bucket:
                owners[slot], held[slot], counts[slot], next_at[slot] = bucket, keys[each], 1, -1
            elif last[slot] != rows[each]:
                counts[slot] += 1
            last[slot] = rows[each]
        for each in range(bounds[bucket], bounds[bucket + 1]):
            slot = _slot(keys[each], bucket, held, owners)
            if counts[slot] < 2 or counts[slot] > cap:
                continue
            if next_at[slot] < 0:
                next_at[slot] = kept_rows
                out_sizes[kept_keys] = counts[slot]
                kept_rows, kept_keys = kept_rows + counts[slot], kept_keys + 1
            elif last[slot] == rows[each]:
                continue
            out_rows[next_at[slot]] = rows[each]
            last[slot] = rows[each]
            next_at[slot] += 1
    return kept_rows, kept_keys


@compiled
def _invert(rows: Rows, starts: Offsets, ends: Offsets, keys: Rows) -> None:
    """Write the keys of each row, ascending; `ends` begins as where the rows begin."""
    for key in range(starts.shape[0] - 1):
        for each in range(starts[key], starts[key + 1]):
            keys[ends[rows[each]]] = key
            ends[rows[each]] += 1


def _offsets(counts: NDArray[np.integer]) -> Offsets:
    made = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=made[1:])
    return made


@compiled
def _spread(rows: Rows, keys: Keys, shift: np.uint64, first: np.uint64) -> tuple[Rows, Keys, Offsets]:
    """The keys of one part, of which `first` is the first piece, piece after piece; and where each of these ends."""
    bounds = np.zeros(PIECES + 1, np.int64)
    for each in range(keys.shape[0]):
        piece = (keys[each] >> shift) - first
        if piece < np.uint64(PIECES):
            bounds[np.int64(piece) + 1] += 1
    for piece in range(PIECES):
        bounds[piece + 1] += bounds[piece]
    ends = bounds[:-1].copy()
    to_rows, to_keys = np.empty(bounds[-1], np.uint32), np.empty(bounds[-1], np.uint64)
    for each in range(keys.shape[0]):
        piece = (keys[each] >> shift) - first
        if piece < np.uint64(PIECES):
            at = ends[np.int64(piece)]
            to_rows[at], to_keys[at] = rows[each], keys[each]
            ends[np.int64(piece)] += 1
    return to_rows, to_keys, bounds


def shared_keys(rows: Rows, keys: Keys, *, cap: int, skip_bits: int) -> tuple[Rows, Rows]:
    """The rows of each key that two to `cap` rows share, one key after the other, and how many rows each key has.

    `skip_bits` highest bits are the same for all keys. Keys come in an order of their own, rows ascend.
    """
    bits = max(0, (len(keys) // BUCKET).bit_length())
    shift = np.uint64(min(63, 64 - skip_bits - bits))
    counts = np.zeros(1 << bits, np.int64)
    _histogram(keys, shift, counts)
    bounds = _offsets(counts)
    by_rows, by_keys = np.empty_like(rows), np.empty_like(keys)
    _scatter(rows, keys, shift, bounds[:-1].copy(), by_rows, by_keys)
    size = 1 << max(4, int(counts.max()).bit_length() + 1)
    out, sizes = np.empty(len(rows), np.uint32), np.empty(len(rows) // 2 + 1, np.uint32)
    filled, groups = _group(by_rows, by_keys, bounds, size, cap, out, sizes)
    return out[:filled].copy(), sizes[:groups].copy()


def postings(rows: int, keys_of: KeysOf, *, cap: int, parts: int, workers: Executor) -> Postings:
    """The shared keys of `rows` records; `parts`, a power of two, says in how many passes their keys are taken."""
    groups: list[tuple[Rows, Rows]] = []
    for part in range(parts):
        groups += _part(rows, keys_of, cap, part, parts, workers)
    of = np.concatenate([each[0] for each in groups])
    starts = _offsets(np.concatenate([each[1] for each in groups]))
    del groups
    key_starts = _offsets(np.bincount(of, minlength=rows))
    keys_by_row = np.empty(len(of), np.uint32)
    _invert(of, starts, key_starts[:-1].copy(), keys_by_row)
    return Postings(of, starts, keys_by_row, key_starts)


def _part(rows: int, keys_of: KeysOf, cap: int, part: int, parts: int, workers: Executor) -> list[tuple[Rows, Rows]]:
    """The shared keys of one part, piece by piece."""
    bits = (parts * PIECES).bit_length() - 1

    def some(start: int) -> tuple[Rows, Keys, Offsets]:
        return _spread(*keys_of(start, min(start + CHUNK, rows)), np.uint64(64 - bits), np.uint64(part * PIECES))

    made = list(workers.map(some, range(0, max(1, rows), CHUNK)))

    def gather(piece: int) -> tuple[Rows, Rows]:
        spans = [(each, slice(each[2][piece], each[2][piece + 1])) for each in made]
        of = np.concatenate([each[0][span] for each, span in spans])
        keys = np.concatenate([each[1][span] for each, span in spans])
        return shared_keys(of, keys, cap=cap, skip_bits=bits)

    return list(workers.map(gather, range(PIECES)))
