"""Tables of millions of rows as arrays: the same as `encoding.Encoder` makes, but read in compiled code.

Term ids differ from those of `Encoder` (fields are read beside each other, each with ids of its own until the end);
hashes and everything else that is known of a term are the same.
"""

from __future__ import annotations

from concurrent.futures import Executor
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from leconfield.registry.facts import facts
from leconfield.registry.linkage.batch_reading import CODES, DATES, DIGITS, LOWER, NAMES, PLAIN
from leconfield.registry.linkage.batch_vocabulary import FieldTerms
from leconfield.registry.linkage.fields import PARTS, Field, Plan
from leconfield.registry.linkage.normal import kin, normal, parts
from leconfield.registry.linkage.packing import pack, union_parts
from leconfield.registry.linkage.terms import CODE, DATE, LETTERS, NAME, TAGS, Terms

_BY_ROLE: Final = {"phone": DIGITS, "email": LOWER}
_BY_KIND: Final = {NAME: NAMES, DATE: DATES, CODE: CODES}
_MOST_LETTERS: Final = 4096
"""What is longer is no value to compare; only its beginning is looked at."""


class BatchEncoder:
    """Turns a table, batch after batch, into rows of term ids; `finish` makes of them what the kernels work on."""

    def __init__(self, plan: Plan, workers: Executor) -> None:
        self._plan = plan
        self._workers = workers
        self._terms = [FieldTerms(number + 1) for number in range(len(plan.fields))]
        self._rows: list[npt.NDArray[np.int32]] = []

    def add(self, batch: pa.RecordBatch | pa.Table) -> None:
        """Read some more rows."""
        rows = np.full((batch.num_rows, self._plan.width), -1, np.int32)

        def read(number: int) -> None:
            field = self._plan.fields[number]
            found = [_read(field, self._terms[number], batch.column(name)) for name in field.columns]
            here = rows[:, field.first : field.first + field.width]
            if len(found) == 1:
                here[:] = found[0]
            else:
                union_parts(np.concatenate(found, axis=1), here)

        list(self._workers.map(read, range(len(self._plan.fields))))
        self._rows.append(rows)

    def finish(self) -> tuple[npt.NDArray[np.int32], Terms]:
        """All rows as int32[rows, plan.width], -1 where there is nothing, and what the kernels know of each term.

        What was read is handed over: nothing can be added after it.
        """
        first_ids = np.cumsum([0, *(each.count for each in self._terms)])
        rows = _joined(self._rows, self._plan.width)
        for field, first in zip(self._plan.fields, first_ids, strict=False):
            here = rows[:, field.first : field.first + field.width]
            here += np.where(here >= 0, np.int32(first), np.int32(0))
        terms = _no_terms(int(first_ids[-1]))

        def describe(number: int) -> None:
            _pack_field(terms, int(first_ids[number]), number, self._plan.fields[number], self._terms[number])
            self._terms[number] = FieldTerms(number + 1)

        list(self._workers.map(describe, range(len(self._plan.fields))))
        return rows, terms


def _joined(rows: list[npt.NDArray[np.int32]], width: int) -> npt.NDArray[np.int32]:
    """All batches one after the other; each is let go as soon as it is copied."""
    whole = np.empty((sum(map(len, rows)), width), np.int32)
    end = len(whole)
    while rows:
        last = rows.pop()
        whole[end - len(last) : end] = last
        end -= len(last)
    return whole


def _read(field: Field, terms: FieldTerms, column: pa.Array | pa.ChunkedArray) -> npt.NDArray[np.int32]:
    """The ids of a column, int32[rows, width]."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    text = column if pa.types.is_large_string(column.type) else column.cast(pa.string()).cast(pa.large_string())
    out = np.full((len(text), PARTS if field.kind == NAME else 1), -1, np.int32)
    how = _BY_ROLE.get(field.role, _BY_KIND.get(field.kind, PLAIN))
    few_words = field.role == "sex"  # some of which have a meaning of their own
    left = np.ones(len(text), np.bool_) if few_words else terms.read(how, text, out)
    if left.any():
        where = np.flatnonzero(left)
        coded = text.take(pa.array(where)).dictionary_encode()
        read = np.full((len(coded.dictionary) + 1, out.shape[1]), -1, np.int32)
        for number, value in enumerate(coded.dictionary.to_pylist()):
            ids = [terms.place(*term) for term in _read_slowly(field, value[:_MOST_LETTERS])]
            read[number, : len(ids)] = ids
        out[where] = read[pc.fill_null(coded.indices, len(coded.dictionary)).to_numpy(zero_copy_only=False)]
    return out


def _read_slowly(field: Field, value: str) -> list[tuple[str, int]]:
    if field.kind == NAME:
        return [(part, 0) for part in parts(value)[:PARTS]]
    text, day = normal(value, field.role, field.kind)
    return [(text, day)] if text else []


def _pack_field(terms: Terms, first: int, number: int, field: Field, made: FieldTerms) -> None:
    """Fill in what is known of the terms of one field, of which the first has the id `first`."""
    relations: list[str] = []
    counts = np.zeros(made.count, np.int64)
    if field.kind == NAME:
        for term in made.those_of(facts().nicknames):
            named = kin(made.text(term))
            counts[term] = len(named)
            relations += named
    kin_text = pa.array(relations, pa.large_string())
    kin_letters = np.frombuffer(b"".join(each.encode() for each in relations) or b"\0", np.uint8)
    kin_ends = np.zeros(len(relations) + 1, np.int64)
    np.cumsum(pc.binary_length(kin_text).to_numpy(zero_copy_only=False), out=kin_ends[1:])
    terms.number[first : first + made.count] = made.numbers
    of = np.full(made.count, number, np.int32)
    kinds = np.full(made.count, field.kind, np.int8)
    pack(terms, first, made.letters, made.ends, of, kinds, kin_letters, kin_ends, counts)


def _no_terms(size: int) -> Terms:
    return Terms(
        np.zeros(size, np.uint64),
        np.zeros(size, np.uint64),
        np.zeros((size, LETTERS), np.uint8),
        np.zeros(size, np.uint8),
        np.zeros(size, np.uint32),
        np.zeros((size, TAGS), np.uint32),
        np.zeros(size, np.int32),
    )
