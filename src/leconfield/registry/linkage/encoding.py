"""Tables as arrays: each distinct value is read once and becomes the id of a term."""

from __future__ import annotations

from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from leconfield.registry.linkage.fields import Field, Plan
from leconfield.registry.linkage.normal import kin, normal, parts
from leconfield.registry.linkage.packing import fingerprint_all, pack, union_parts
from leconfield.registry.linkage.terms import LETTERS, NAME, TAGS, Terms

_REMEMBERED: Final = 1 << 16
"""How many raw values of a column are remembered from one batch to the next."""
_FEW: Final = 256
"""Up to so many values are not sought for equals first."""
_MOST_BYTES: Final = 4096
"""What is longer is no value to compare; only its beginning is looked at."""


def fingerprints(ids: pa.Array) -> npt.NDArray[np.uint64]:
    """One number for each id, the same wherever and in whatever order the rows come."""
    text = ids.cast(pa.large_string())
    if text.null_count:
        text = pc.fill_null(text, "")
    letters, offsets = _buffers(text)
    return fingerprint_all(letters, offsets)


class Encoder:
    """Turns tables of one plan into rows of term ids, and keeps what compiled code must know of every term."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._ids: list[dict[str, int]] = [{} for _ in plan.fields]
        self._remembered: list[dict[str | None, tuple[int, ...]]] = [{} for _ in plan.fields]
        self._fresh: list[tuple[int, str, int]] = []
        self._texts: list[str] = []
        self._size = 0
        self._terms = _empty(1024)

    @property
    def terms(self) -> Terms:
        """All terms so far; the arrays may be longer than `count`."""
        self._pack()
        return self._terms

    @property
    def count(self) -> int:
        """How many terms there are."""
        return len(self._texts)

    def text(self, term: int) -> str:
        """The term as it is compared."""
        return self._texts[term]

    def encode(self, table: pa.Table | pa.RecordBatch) -> npt.NDArray[np.int32]:
        """The rows of a table as int32[rows, plan.width] of term ids, -1 where there is nothing."""
        rows = np.full((table.num_rows, self.plan.width), -1, np.int32)
        for number, field in enumerate(self.plan.fields):
            found = [self._column(number, field, table.column(name)) for name in field.columns]
            here = rows[:, field.first : field.first + field.width]
            if len(found) == 1:
                here[:] = found[0]
            else:
                union_parts(np.concatenate(found, axis=1), here)
        self._pack()
        return rows

    def _column(self, number: int, field: Field, column: pa.Array | pa.ChunkedArray) -> npt.NDArray[np.int32]:
        if isinstance(column, pa.ChunkedArray):
            column = column.combine_chunks()
        if len(column) <= _FEW:
            return self._values(number, field, _text(column).to_pylist())
        coded = column if pa.types.is_dictionary(column.type) else column.cast(pa.string()).dictionary_encode()
        distinct = self._values(number, field, [*coded.dictionary.cast(pa.string()).to_pylist(), None])
        where = pc.fill_null(coded.indices, len(distinct) - 1).to_numpy(zero_copy_only=False)
        return np.asarray(distinct[where], np.int32)

    def _values(self, number: int, field: Field, values: list[str | None]) -> npt.NDArray[np.int32]:
        """The terms of each value, as many columns as the field has."""
        known = self._remembered[number]
        if len(known) > _REMEMBERED:
            known.clear()
        found = []
        for value in values:
            ids = known.get(value)
            if ids is None:
                ids = known[value] = self._read(number, field, value)
            found.append(ids)
        return np.array(found, np.int32).reshape(len(values), field.width)

    def _read(self, number: int, field: Field, value: str | None) -> tuple[int, ...]:
        ids: list[int] = []
        if value is not None and field.kind == NAME:
            ids = [self._term(number, part, 0) for part in parts(value[:_MOST_BYTES])[: field.width]]
        elif value is not None:
            text, day = normal(value[:_MOST_BYTES], field.role, field.kind)
            ids = [self._term(number, text, day)] if text else []
        return (*ids, *[-1] * (field.width - len(ids)))

    def _term(self, number: int, text: str, day: int) -> int:
        known = self._ids[number]
        term = known.get(text)
        if term is None:
            term = known[text] = len(self._texts)
            self._texts.append(text)
            self._fresh.append((number, text, day))
        return term

    def _pack(self) -> None:
        """Tell compiled code of the terms that are new."""
        if not self._fresh:
            return
        start, end = self._size, len(self._texts)
        if end > len(self._terms.hash):
            self._terms = _grown(self._terms, max(end, 2 * len(self._terms.hash)))
        fresh, self._fresh = self._fresh, []
        numbers, texts, days = zip(*fresh, strict=True)
        kinds = self.plan.layout.kind[np.array(numbers)]
        relations = [kin(text) if kind == NAME else [] for text, kind in zip(texts, kinds, strict=True)]
        letters, offsets = _buffers(pa.array(texts, pa.large_string()))
        kin_letters, kin_offsets = _buffers(pa.array(list(chain.from_iterable(relations)), pa.large_string()))
        kin_counts = np.array([len(each) for each in relations], np.int64)
        self._terms.number[start:end] = days
        pack(
            self._terms,
            start,
            letters,
            offsets,
            np.array(numbers, np.int32),
            kinds,
            kin_letters,
            kin_offsets,
            kin_counts,
        )
        self._size = end


def _text(column: pa.Array) -> pa.Array:
    return column if pa.types.is_string(column.type) else column.cast(pa.string())


def _buffers(text: pa.Array) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """The bytes of all strings, and where each begins."""
    if isinstance(text, pa.ChunkedArray):
        text = text.combine_chunks()
    _, offsets, data = text.buffers()
    if not len(text):
        return np.zeros(1, np.uint8), np.zeros(1, np.int64)
    where = np.frombuffer(offsets, np.int64)[text.offset : text.offset + len(text) + 1]
    return (np.frombuffer(data, np.uint8) if data and data.size else np.zeros(1, np.uint8)), where


def _empty(size: int) -> Terms:
    return Terms(
        np.zeros(size, np.uint64),
        np.zeros(size, np.uint64),
        np.zeros((size, LETTERS), np.uint8),
        np.zeros(size, np.uint8),
        np.zeros(size, np.uint32),
        np.zeros((size, TAGS), np.uint32),
        np.zeros(size, np.int32),
    )


def _grown(terms: Terms, size: int) -> Terms:
    larger = _empty(size)
    for name in Terms._fields:
        old = getattr(terms, name)
        getattr(larger, name)[: len(old)] = old
    return larger
