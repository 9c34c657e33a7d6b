"""Resolution of a whole table at once, in process: the same candidates, evidence and clusters as in any engine.

Read, encode and learn (`batch_table`); shared keys (`batch_postings`); pairs that share enough of them (`batch_pairs`);
the evidence for each (`scoring.totals`); components, and clusters within each (`batch_clusters`). Threads share the
work, since compiled code lets go of the interpreter; the answer does not depend on how many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leconfield.registry.linkage.batch_clusters import clusters_of_share, hanging_together
from leconfield.registry.linkage.batch_pairs import pairs as candidates
from leconfield.registry.linkage.batch_postings import Postings, postings
from leconfield.registry.linkage.batch_table import BatchTable, Judged, Progress, read_table
from leconfield.registry.linkage.engines import open_engine
from leconfield.registry.linkage.fields import Plan
from leconfield.registry.linkage.keys import COMMON
from leconfield.registry.linkage.limits import KEPT, STRONG
from leconfield.registry.linkage.scoring import model_of, shape_of, totals
from leconfield.registry.linkage.similarity import WORDS, facts_of

Rows = npt.NDArray[np.uint32]
Scored = tuple[Rows, Rows, npt.NDArray[np.int32]]
"""Pairs of rows, left and right, and the evidence for each in thousandths of a bit."""

ROWS_PER_PART: Final = 1 << 22
"""Keys are taken in as many parts as there are so many rows."""
_ROWS_AT_A_TIME: Final = 1 << 14
_SHARES: Final = 16


@dataclass(frozen=True, slots=True)
class Clusters:
    """Whom each row belongs with."""

    ids: pa.ChunkedArray
    of_rows: npt.NDArray[np.int64]
    """For each row, the first row of its cluster."""

    @property
    def names(self) -> pa.ChunkedArray:
        """The cluster of each row, called after the id of its first row."""
        return self.ids.take(pa.array(self.of_rows))


def resolve_batch(
    plan: Plan,
    id_column: str,
    batches: Iterable[pa.RecordBatch],
    *,
    threads: int,
    say: Progress,
    judged: Callable[[pa.ChunkedArray], Judged] | None = None,
    engine: str | None = None,
) -> Clusters:
    """The clusters of a table: in process, or in an engine (duckdb, spark).

    Raises:
        BadInputError: if there is no engine of that name, or no server where it should be.
        LeconfieldError: if the engine's packages are not installed.
    """
    with ExitStack() as until:
        opened = until.enter_context(open_engine(engine, threads)) if engine else None
        workers = until.enter_context(ThreadPoolExecutor(threads))
        table = read_table(plan, id_column, batches, workers, say, judged)
        if opened is None:
            return Clusters(table.ids, table.whole(clusters_of(table, workers, threads, say)))
        from leconfield.registry.linkage.engines.plan import clusters_in  # noqa: PLC0415 - only where it is asked for

        return Clusters(table.ids, table.whole(clusters_in(opened, table, say)))


def clusters_of(table: BatchTable, workers: Executor, threads: int, say: Progress) -> npt.NDArray[np.int64]:
    """For each encoded row of a table, the first row of its cluster."""
    count = len(table.rows)
    parts = 1 << (count // ROWS_PER_PART).bit_length()
    found = postings(count, table.keys_of, cap=COMMON, parts=parts, workers=workers)
    say(f"comparing rows by {found.shared:,} shared keys")
    left, right, total = _scored(table, found, workers, threads, say)
    del found
    together = hanging_together(left, right, total, table.fingerprints, table.limits, table.judged)
    inside = together[left] == together[right]
    left, right, total = left[inside], right[inside], total[inside]
    say(f"clustering by {len(left):,} pairs")
    return _clustered(table, together, (left, right, total), workers)


def _scored(table: BatchTable, found: Postings, workers: Executor, threads: int, say: Progress) -> Scored:
    """All pairs with enough evidence to be remembered."""
    facts = np.empty((len(table.terms.hash), WORDS), np.int64)
    facts_of(table.terms, facts, 0, len(facts))
    shape, model = shape_of(table.layout), model_of(table.weights)
    floor, count = table.limits[KEPT], len(table.rows)
    spare = [np.zeros(count, np.uint8) for _ in range(threads)]

    def some(begin: int) -> list[Scored]:
        kept, reasons = [], spare.pop()
        for left, right in candidates(found, begin, min(count, begin + _ROWS_AT_A_TIME), reasons):
            total = totals(
                table.rows,
                facts,
                shape,
                model,
                table.weights.rarity,
                table.fingerprints,
                left,
                right,
                table.limits[STRONG],
            )
            enough = total >= floor
            kept.append((left[enough], right[enough], total[enough]))
        spare.append(reasons)
        return kept

    kept: list[Scored] = []
    for done, made in enumerate(workers.map(some, range(0, count, _ROWS_AT_A_TIME)), 1):
        kept += made
        say(f"compared {min(count, done * _ROWS_AT_A_TIME):,} of {count:,} rows")
    nothing = np.zeros(0, np.uint32), np.zeros(0, np.uint32), np.zeros(0, np.int32)
    left, right, total = (np.concatenate(column) for column in zip(nothing, *kept, strict=True))
    return left, right, total


def _clustered(table: BatchTable, together: Rows, inside: Scored, workers: Executor) -> npt.NDArray[np.int64]:
    """Cluster the components, a share of them at a time."""
    clusters, place = np.arange(len(together)), np.zeros(len(together), np.int64)
    share_of_row = together % _SHARES
    share_of_pair = share_of_row[inside[0]]
    alone = np.bincount(together, minlength=len(together))[together] == 1

    def some(share: int) -> None:
        members = np.flatnonzero((share_of_row == share) & ~alone)
        place[members] = np.arange(len(members))
        left, right, total = (each[share_of_pair == share] for each in inside)
        prints, pairs = table.fingerprints[members], (left, right, total)
        clusters[members] = clusters_of_share(members, place, together, prints, pairs, table.limits, table.judged)

    list(workers.map(some, range(_SHARES)))
    return clusters
