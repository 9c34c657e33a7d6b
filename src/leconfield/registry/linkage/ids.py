"""The ids of records: every record has one, and no two have the same."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from leconfield.errors import BadInputError


def check_present(ids: pa.Array, column: str, before: int) -> None:
    """See that every row has an id; `before` is how many rows came before these.

    Raises:
        BadInputError: if one has none; it is named by its number, the first row being row 1.
    """
    empty = pc.fill_null(pc.equal(ids, ""), fill_value=True)
    if pc.any(empty).as_py():
        row = before + empty.index(True).as_py() + 1
        raise BadInputError(f'row {row:,} has no "{column}"; give every record one, or name another column with --id')


def check_unique(ids: pa.ChunkedArray, fingerprints: npt.NDArray[np.uint64]) -> None:
    """See that no two rows have the same id.

    Raises:
        BadInputError: if two have; the id and both rows are named, the first row being row 1.
    """
    ordered = np.sort(fingerprints)
    again = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    rows = np.flatnonzero(np.isin(fingerprints, again)) if len(again) else again
    seen: dict[str, int] = {}
    for row in rows.tolist():
        note_rows([ids[row].as_py()], row, seen)


def note_rows(ids: Iterable[str], before: int, seen: dict[str, int]) -> None:
    """Note in which row each id is; `before` is how many rows came before these.

    Raises:
        BadInputError: if one was seen already; both rows are named, the first row being row 1.
    """
    for row, each in enumerate(ids, before + 1):
        if each in seen:
            raise BadInputError(
                f'the id "{each}" is there twice, in row {seen[each]:,} and in row {row:,}; ids must be unique'
            )
        seen[each] = row
