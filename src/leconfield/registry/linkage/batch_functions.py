"""What engines cannot say in SQL, as functions over Arrow batches: keys, evidence with its explanation, clusters.

They are sent to wherever the rows are. What all of them need to know (terms, weights) is too much to send along: it is
left where every machine can fetch it, once (`Shelf`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leconfield.registry.linkage.batch_clusters import clusters_among
from leconfield.registry.linkage.batch_table import Judged
from leconfield.registry.linkage.keys import flat_keys
from leconfield.registry.linkage.limits import KEPT, STRONG
from leconfield.registry.linkage.scoring import model_of, score_batch, shape_of, totals
from leconfield.registry.linkage.similarity import WORDS, Facts, facts_of
from leconfield.registry.linkage.terms import Layout, Terms, Weights

Batches = Iterator[pa.RecordBatch]

RECORDS: Final = pa.schema({"row_id": pa.int64(), "print": pa.int64(), "terms": pa.binary()})
KEYED: Final = pa.schema({"row_id": pa.int64(), "match_key": pa.int64()})
SCORED: Final = pa.schema(
    {
        "left_id": pa.int64(),
        "right_id": pa.int64(),
        "left_print": pa.int64(),
        "right_print": pa.int64(),
        "evidence": pa.int32(),
    }
)
EXPLAINED: Final = SCORED.append(pa.field("bits", pa.list_(pa.float32())))
CLUSTERED: Final = pa.schema({"row_id": pa.int64(), "cluster": pa.int64()})
_SIGN: Final = np.uint64(1 << 63)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What functions know of the table as a whole."""

    terms: Terms
    layout: Layout
    weights: Weights
    facts: Facts
    limits: npt.NDArray[np.int64]
    judged: Judged

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """All of it by name, to be written down."""
        parts: tuple[Terms | Layout | Weights, ...] = (self.terms, self.layout, self.weights)
        named = {
            f"{number} {name}": array for number, part in enumerate(parts) for name, array in part._asdict().items()
        }
        told = {"left": self.judged.left, "right": self.judged.right, "verdict": self.judged.verdict}
        return {**named, **told, "facts": self.facts, "limits": self.limits}

    @staticmethod
    def of(arrays: Mapping[str, npt.NDArray[Any]]) -> Knowledge:
        """The same again from what was written down."""

        def part(number: int, names: Iterable[str]) -> dict[str, npt.NDArray[Any]]:
            return {name: arrays[f"{number} {name}"] for name in names}

        return Knowledge(
            Terms(**part(0, Terms._fields)),
            Layout(**part(1, Layout._fields)),
            Weights(**part(2, Weights._fields)),
            arrays["facts"],
            arrays["limits"],
            Judged(arrays["left"], arrays["right"], arrays["verdict"]),
        )


Shelf = Callable[[], Knowledge]
"""Where to get it; calling it twice costs nothing."""


def knowledge(
    terms: Terms, layout: Layout, weights: Weights, limits: npt.NDArray[np.int64], judged: Judged
) -> Knowledge:
    """All that the functions need, packed."""
    facts = np.empty((len(terms.hash), WORDS), np.int64)
    facts_of(terms, facts, 0, len(facts))
    return Knowledge(terms, layout, weights, facts, limits, judged)


def signed(hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """Hashes as engines can hold them, in the same order; the way back is the same."""
    flipped: npt.NDArray[np.int64] = (hashes ^ _SIGN).view(np.int64)
    return flipped


def records(
    rows: npt.NDArray[np.int32], prints: npt.NDArray[np.uint64], rows_at_a_time: int = 1 << 16
) -> pa.RecordBatchReader:
    """Encoded rows as a table to hand to an engine."""

    def batches() -> Batches:
        for begin in range(0, len(rows), rows_at_a_time):
            some = np.ascontiguousarray(rows[begin : begin + rows_at_a_time])
            ends = np.arange(len(some) + 1, dtype=np.int32) * (4 * rows.shape[1])
            terms = pa.Array.from_buffers(pa.binary(), len(some), [None, pa.py_buffer(ends), pa.py_buffer(some)])
            numbers = pa.array(np.arange(begin, begin + len(some)))
            printed = pa.array(signed(prints[begin : begin + len(some)]))
            yield pa.RecordBatch.from_arrays([numbers, printed, terms], schema=RECORDS)

    return pa.RecordBatchReader.from_batches(RECORDS, batches())


@dataclass(frozen=True, slots=True)
class Keys:
    """Records in, one row for each of their keys out."""

    shelf: Shelf

    def __call__(self, batches: Batches) -> Batches:
        """`RECORDS` in, `KEYED` out."""
        known = self.shelf()
        for batch in batches:
            rows = _rows(batch.column("terms"), _width(known))
            of, keys = flat_keys(rows, 0, known.terms, known.layout)
            numbers = _numbers(batch, "row_id")[of]
            yield pa.RecordBatch.from_arrays([pa.array(numbers), pa.array(signed(keys))], schema=KEYED)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Pairs with the terms of both in; the evidence out, of those that have enough of it.

    With `explained`, the bits of each field beside it: the waterfall of every pair.
    """

    shelf: Shelf
    explained: bool = False

    def __call__(self, batches: Batches) -> Batches:
        """left_id, right_id, left_print, right_print, left_terms, right_terms in; `SCORED` or `EXPLAINED` out."""
        known = self.shelf()
        for batch in batches:
            if batch.num_rows:
                yield self._judge(known, batch)

    def _judge(self, known: Knowledge, batch: pa.RecordBatch) -> pa.RecordBatch:
        width = _width(known)
        rows = np.concatenate([_rows(batch.column(side), width) for side in ("left_terms", "right_terms")])
        prints = np.concatenate([_hashes(batch, side) for side in ("left_print", "right_print")])
        left = np.arange(batch.num_rows)
        right = left + batch.num_rows
        shape, model = shape_of(known.layout), model_of(known.weights)
        total = totals(rows, known.facts, shape, model, known.weights.rarity, prints, left, right, known.limits[STRONG])
        enough = np.flatnonzero(total >= known.limits[KEPT])
        kept = batch.select(SCORED.names[:-1]).take(pa.array(enough))
        columns = [*(column.cast(pa.int64()) for column in kept.columns), pa.array(total[enough])]
        if not self.explained:
            return pa.RecordBatch.from_arrays(columns, schema=SCORED)
        bits, _ = score_batch(rows, known.terms, known.layout, known.weights, prints, left[enough], right[enough])
        ends = np.arange(len(enough) + 1, dtype=np.int32) * bits.shape[1]
        explained = pa.ListArray.from_arrays(pa.array(ends), pa.array(bits.ravel()))
        return pa.RecordBatch.from_arrays([*columns, explained], schema=EXPLAINED)


@dataclass(frozen=True, slots=True)
class Clustering:
    """Whole components of scored pairs in, the cluster of each of their rows out."""

    shelf: Shelf

    def __call__(self, batches: Batches) -> Batches:
        """Component and `SCORED` in, `CLUSTERED` out."""
        given = [batch for batch in batches if batch.num_rows]
        if given:
            yield _clustered(self.shelf(), pa.Table.from_batches(given))


def _clustered(known: Knowledge, table: pa.Table) -> pa.RecordBatch:
    left, right = _numbers(table, "left_id"), _numbers(table, "right_id")
    ends = np.concatenate((left, right))
    members, first = np.unique(ends, return_index=True)
    prints = np.concatenate((_hashes(table, "left_print"), _hashes(table, "right_print")))[first]
    total = _numbers(table, "evidence").astype(np.int32)
    of = clusters_among(members, prints, left, right, total, known.limits, known.judged)
    return pa.RecordBatch.from_arrays([pa.array(members), pa.array(of)], schema=CLUSTERED)


def _width(known: Knowledge) -> int:
    return int(known.layout.first[-1] + known.layout.width[-1])


def _rows(terms: pa.Array, width: int) -> npt.NDArray[np.int32]:
    """Encoded rows, int32[rows, width]."""
    if not len(terms):
        return np.zeros((0, width), np.int32)
    whole = terms.cast(pa.large_binary())
    _, offsets, letters = whole.buffers()
    begin = int(np.frombuffer(offsets, np.int64)[whole.offset])
    return np.frombuffer(letters, np.int32, count=len(whole) * width, offset=begin).reshape(len(whole), width)


def _numbers(table: pa.RecordBatch | pa.Table, name: str) -> npt.NDArray[np.int64]:
    values: npt.NDArray[np.int64] = np.asarray(table.column(name))
    return values


def _hashes(table: pa.RecordBatch | pa.Table, name: str) -> npt.NDArray[np.uint64]:
    return _numbers(table, name).view(np.uint64) ^ _SIGN
