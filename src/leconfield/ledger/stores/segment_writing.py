"""Writing a segment: rows in any order and any number, sorted and freed of repetitions on disk, not in memory.

Rows go into a file as they come; DuckDB then sorts that file into the segment. Sorted by subject, a record lies
together; every column is a dictionary with a Bloom filter, so that looking up one value opens few row groups.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
from pyarrow import parquet

from leconfield.errors import RefusedError
from leconfield.ledger.stores.segments import COLUMNS, digest_of

Cells = tuple[str | int, ...]
"""One row, in the order of `COLUMNS`."""

_NUMBERS: Final = frozenset({"start", "stop"})
_SCHEMA: Final = pa.schema([(name, pa.int32() if name in _NUMBERS else pa.string()) for name in COLUMNS])
_BATCH: Final = 10_000
_MEMORY: Final = "128MB"
_SORT: Final = """
    COPY (SELECT DISTINCT * FROM read_parquet($unsorted) ORDER BY subject, prop, value, id) TO '{sorted}' (
        FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 16384,
        DICTIONARY_SIZE_LIMIT 16384, STRING_DICTIONARY_PAGE_SIZE_LIMIT 50000000
    )
"""
"""A row group is a whole number of DuckDB's vectors of 2,048 rows, so that no dictionary is over the limit: without
a dictionary DuckDB writes no Bloom filter."""

_RECORDS: Final = "SELECT count(*) FROM (SELECT subject FROM read_parquet($segment) GROUP BY subject)"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A segment that is ready to be published."""

    path: Path
    digest: str
    rows: int
    records: int


def prepare(rows: Iterable[Cells], workshop: Path) -> Prepared:
    """Write the rows as a segment into the workshop; memory does not grow with their number.

    Raises:
        RefusedError: if the disk is full.
    """
    unsorted, segment = workshop / "unsorted.parquet", workshop / "segment.parquet"
    try:
        _write(rows, unsorted)
        rows_kept, records = _sort(unsorted, segment, workshop / "sorting")
    except (OSError, duckdb.Error) as error:
        raise RefusedError(
            f"the table cannot be kept ({error}); free space on the desk's disk and try again"
        ) from error
    unsorted.unlink()
    return Prepared(segment, digest_of(segment), rows_kept, records)


def _write(rows: Iterable[Cells], path: Path) -> None:
    with parquet.ParquetWriter(path, _SCHEMA, compression="zstd", compression_level=1) as writer:
        for batch in _batches(iter(rows)):
            columns = zip(*batch, strict=True)
            arrays = [pa.array(column, field.type) for column, field in zip(columns, _SCHEMA, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema=_SCHEMA))


def _batches(rows: Iterator[Cells]) -> Iterator[list[Cells]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _sort(unsorted: Path, segment: Path, scratch: Path) -> tuple[int, int]:
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": "1",
        "memory_limit": _MEMORY,
        "temp_directory": str(scratch),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    with duckdb.connect(":memory:", config=settings) as connection:
        target = str(segment).replace("'", "''")
        kept = connection.execute(_SORT.format(sorted=target), {"unsorted": str(unsorted)}).fetchone()
        records = connection.execute(_RECORDS, {"segment": str(segment)}).fetchone()
    return int(kept[0]) if kept else 0, int(records[0]) if records else 0
