"""A whole table, encoded, and the weights learned from it: what every way of resolving it in one batch begins with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
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
from leconfield.registry.linkage.ids import check_present, check_unique
from leconfield.registry.linkage.keys import flat_keys
from leconfield.registry.linkage.learning import learn, rarities
from leconfield.registry.linkage.limits import limits
from leconfield.registry.linkage.terms import Layout, Terms, Weights
from leconfield.registry.linkage.twins import contents, standing

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
    """A table as arrays, ready for keys, pairs and evidence. Of records that say the same, one stands for all."""

    ids: pa.ChunkedArray
    """Of all records of the table."""
    stands: npt.NDArray[np.int64]
    """For each record, the encoded row that stands for it."""
    rows: npt.NDArray[np.int32]
    terms: Terms
    layout: Layout
    fingerprints: npt.NDArray[np.uint64]
    learning: Future[Weights]
    judged: Judged = NOTHING_JUDGED

    @property
    def weights(self) -> Weights:
        """How much each agreement is worth; the first who asks waits until it is learned."""
        return self.learning.result()

    @property
    def limits(self) -> npt.NDArray[np.int64]:
        """How much evidence it takes among so many rows."""
        return limits(len(self.rows))

    def whole(self, clusters: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """For each record, the first record of its cluster, from the cluster of each encoded row."""
        of, first = clusters[self.stands], np.empty(len(self.rows), np.int64)
        first[of[::-1]] = np.arange(len(of))[::-1]  # what is written last stays: the first record
        return np.asarray(first[of], np.int64)

    def keys_of(self, begin: int, end: int) -> tuple[Rows, Keys]:
        """The keys of some rows: the row and the key of each."""
        return flat_keys(self.rows[begin:end], begin, self.terms, self.layout)


def read_table(
    plan: Plan,
    id_column: str,
    batches: Iterable[pa.RecordBatch],
    workers: Executor,
    say: Progress,
    judged: Callable[[pa.ChunkedArray], Judged] | None = None,
) -> BatchTable:
    """Read and encode a table, and begin to learn from it how much each agreement is worth.

    `judged` finds the rows that judgements are about, by their ids.

    Raises:
        BadInputError: if a row has no id, or that of another.
    """
    encoder, ids, prints = BatchEncoder(plan, workers), [], []
    count = 0
    for batch in batches:
        named = batch.column(id_column).cast(pa.string())
        check_present(named, id_column, count)
        encoder.add(batch)
        ids.append(named)
        prints.append(fingerprints(named))
        count += batch.num_rows
        say(f"read {count:,} rows")
    rows, terms = encoder.finish()
    whole = pa.chunked_array(ids, pa.string())
    printed = np.concatenate([np.zeros(0, np.uint64), *prints])
    check_unique(whole, printed)
    told = judged(whole) if judged else NOTHING_JUDGED
    say(f"learning from {count:,} rows with {len(terms.hash):,} terms")
    said = contents(rows, terms, plan.layout)
    said[told.left], said[told.right] = 0, 0  # of whom officers spoke, stands for nobody
    stands = standing(said, printed)
    alone = stands == np.arange(count)
    place = (np.cumsum(alone) - 1)[stands]
    if not alone.all():
        rows, printed = rows[alone], printed[alone]
    told = Judged(place[told.left], place[told.right], told.verdict)
    chosen = _chosen(rows, terms, plan.layout, told, workers)
    learning = workers.submit(_learned, rows, terms, plan.layout, printed, told, chosen)
    return BatchTable(whole, place, rows, terms, plan.layout, printed, learning, told)


def _learned(
    rows: npt.NDArray[np.int32],
    terms: Terms,
    layout: Layout,
    prints: npt.NDArray[np.uint64],
    judged: Judged,
    chosen: npt.NDArray[np.int64] | None,
) -> Weights:
    """The weights, from all rows or those chosen; how rare each term is, is counted over all of them."""
    if chosen is None:
        told = (judged.left, judged.right, judged.verdict > 0) if len(judged.verdict) else None
        return learn(rows, terms, layout, prints, told)
    told = None
    if len(judged.verdict):
        left, right = np.searchsorted(chosen, judged.left), np.searchsorted(chosen, judged.right)
        told = (left, right, judged.verdict > 0)
    weights = learn(rows[chosen], terms, layout, prints[chosen], told)
    return weights._replace(rarity=rarities(rows, layout, len(terms.hash)))


def _chosen(
    rows: npt.NDArray[np.int32], terms: Terms, layout: Layout, judged: Judged, workers: Executor
) -> npt.NDArray[np.int64] | None:
    """The rows that weights are learned from, ascending, if it is not all of them."""
    if len(rows) <= LEARNED_FROM:
        return None
    return np.union1d(_sample(rows, terms, layout, workers), np.concatenate((judged.left, judged.right)))


def _sample(rows: npt.NDArray[np.int32], terms: Terms, layout: Layout, workers: Executor) -> npt.NDArray[np.int64]:
    """Rows that share a rare key of one slice of all keys: the same whatever the order of the rows."""
    bits = (len(rows) // _ROWS_PER_SLICE).bit_length()

    def some(begin: int) -> tuple[Rows, Keys]:
        of, keys = flat_keys(rows[begin : begin + CHUNK], begin, terms, layout)
        chosen = keys >> np.uint64(64 - bits) == 0
        return of[chosen], keys[chosen]

    made = list(workers.map(some, range(0, len(rows), CHUNK)))
    of, keys = np.concatenate([each[0] for each in made]), np.concatenate([each[1] for each in made])
    shared, _ = shared_keys(of, keys, cap=RARE, skip_bits=bits)
    return np.unique(shared.astype(np.int64))
