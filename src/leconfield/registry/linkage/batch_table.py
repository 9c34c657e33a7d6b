"""A whole table, encoded, and the weights learned from it: what every way of resolving it in one batch begins with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leconfield.registry.linkage.batch_encoding import BatchEncoder
from leconfield.registry.linkage.batch_pairs import RARE
from leconfield.registry.linkage.batch_postings import CHUNK, Keys, Rows, shared_keys
from leconfield.registry.linkage.encoding import fingerprints
from leconfield.registry.linkage.fields import Plan
from leconfield.registry.linkage.keys import MOST_KEYS, keys_of
from leconfield.registry.linkage.learning import learn, rarities
from leconfield.registry.linkage.limits import limits
from leconfield.registry.linkage.terms import Layout, Terms, Weights

LEARNED_FROM: Final = 100_000
"""Weights are learned from all rows up to so many, else from about so many that share rare keys."""
_ROWS_PER_SLICE: Final = 20_000
"""A slice of the keys as wide as one in rows over this brings together about `LEARNED_FROM` rows."""

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Judged:
    """What officers have said of pairs of rows: 1 for one person, -1 for two."""

    left: npt.NDArray[np.int64]
    right: npt.NDArray[np.int64]
    verdict: npt.NDArray[np.int64]


NOTHING_JUDGED: Final = Judged(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))


@dataclass(frozen=True, slots=True)
class BatchTable:
    """A table as arrays, ready for keys, pairs and evidence."""

    ids: pa.ChunkedArray
    rows: npt.NDArray[np.int32]
    terms: Terms
    layout: Layout
    fingerprints: npt.NDArray[np.uint64]
    weights: Weights
    judged: Judged = NOTHING_JUDGED

    @property
    def limits(self) -> npt.NDArray[np.int64]:
        """How much evidence it takes among so many rows."""
        return limits(len(self.rows))

    def keys_of(self, begin: int, end: int) -> tuple[Rows, Keys]:
        """The keys of some rows: the row and the key of each."""
        return flat_keys(self.rows[begin:end], begin, self.terms, self.layout)


def flat_keys(rows: npt.NDArray[np.int32], first: int, terms: Terms, layout: Layout) -> tuple[Rows, Keys]:
    """The keys of encoded rows, of which the first has the number `first`, one after the other."""
    keys = np.empty((len(rows), MOST_KEYS), np.uint64)
    counts = keys_of(rows, terms, layout, keys)
    numbers = np.arange(first, first + len(rows), dtype=np.uint32)
    return np.repeat(numbers, counts), keys[np.arange(MOST_KEYS) < counts[:, None]]


def read_table(
    plan: Plan,
    id_column: str,
    batches: Iterable[pa.RecordBatch],
    workers: Executor,
    say: Progress,
    judged: Callable[[pa.ChunkedArray], Judged] | None = None,
) -> BatchTable:
    """Read and encode a table, and learn from it how much each agreement is worth.

    `judged` finds the rows that judgements are about, by their ids.
    """
    encoder, ids, prints = BatchEncoder(plan, workers), [], []
    count = 0
    for batch in batches:
        encoder.add(batch)
        ids.append(batch.column(id_column).cast(pa.string()))
        prints.append(fingerprints(batch.column(id_column)))
        count += batch.num_rows
        say(f"read {count:,} rows")
    rows, terms = encoder.finish()
    whole = pa.chunked_array(ids, pa.string())
    printed = np.concatenate([np.zeros(0, np.uint64), *prints])
    told = judged(whole) if judged else NOTHING_JUDGED
    say(f"learning from {count:,} rows with {len(terms.hash):,} terms")
    weights = _learned(rows, terms, plan.layout, printed, told, workers)
    return BatchTable(whole, rows, terms, plan.layout, printed, weights, told)


def _learned(
    rows: npt.NDArray[np.int32],
    terms: Terms,
    layout: Layout,
    prints: npt.NDArray[np.uint64],
    judged: Judged,
    workers: Executor,
) -> Weights:
    """The weights, from a sample of a large table; how rare each term is, is counted over all of it."""
    if len(rows) <= LEARNED_FROM:
        told = (judged.left, judged.right, judged.verdict > 0) if len(judged.verdict) else None
        return learn(rows, terms, layout, prints, told)
    chosen = np.union1d(_sample(rows, terms, layout, workers), np.concatenate((judged.left, judged.right)))
    told = None
    if len(judged.verdict):
        left, right = np.searchsorted(chosen, judged.left), np.searchsorted(chosen, judged.right)
        told = (left, right, judged.verdict > 0)
    weights = learn(rows[chosen], terms, layout, prints[chosen], told)
    return weights._replace(rarity=rarities(rows, layout, len(terms.hash)))


def _sample(rows: npt.NDArray[np.int32], terms: Terms, layout: Layout, workers: Executor) -> npt.NDArray[np.int64]:
    """Rows that share a rare key of one slice of all keys: the same whatever the order of the rows."""
    bits = (len(rows) // _ROWS_PER_SLICE).bit_length()

    def some(begin: int) -> tuple[Rows, Keys]:
        of, keys = flat_keys(rows[begin : begin + CHUNK], begin, terms, layout)
        chosen = keys >> np.uint64(64 - bits) == 0
        return of[chosen], keys[chosen]

    made = list(workers.map(some, range(0, len(rows), CHUNK)))
    of, keys = np.concatenate([each[0] for each in made]), np.concatenate([each[1] for each in made])
    shared, _ = shared_keys(of, keys, cap=RARE, skip_bits=bits, workers=workers, threads=1)
    return np.unique(shared.astype(np.int64))
