"""Reading segments: DuckDB over the files it is handed, and shut in with them. It has no row security of its own."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import duckdb

from leconfield.errors import DamagedError
from leconfield.ledger.stores.segments import COLUMNS

Row = dict[str, Any]

_MEMORY: Final = "256MB"
_SELECT: Final = f"SELECT {', '.join(COLUMNS)} FROM statement"  # noqa: S608 - our own constants, never input
_BY_SUBJECT: Final = f"{_SELECT} WHERE subject IN ({{marks}})"  # sorted by subject: statistics of row groups
_BY_VALUE: Final = f"{_SELECT} WHERE value = $1"  # Bloom filter of value
_BY_ID: Final = f"{_SELECT} WHERE id = $1"  # Bloom filter of id
_BY_LOOKUP: Final = f"{_SELECT} WHERE prop IN (SELECT unnest($1)) AND lookup IN ({{marks}})"  # Bloom filter of lookup
_BEARERS: Final = "SELECT subject, value FROM statement WHERE prop IN (SELECT unnest($1))"  # a scan of two columns
_VALUES: Final = "SELECT schema, prop, value FROM statement WHERE prop IN (SELECT unnest($1))"  # a scan of three
_MOST_AT_ONCE: Final = 100
_MANY: Final = 10_000


class SegmentReader:
    """Queries over some segments: it can open these files and nothing else, and change nothing."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._lock = threading.Lock()
        settings: dict[str, str | bool | int | float | list[str]] = {
            "threads": "1",
            "memory_limit": _MEMORY,
            "temp_directory": "",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        files = [str(path) for path in paths]
        try:
            self._connection = duckdb.connect(":memory:", config=settings)
            self._connection.read_parquet(files).create_view("statement")
            self._connection.execute("SET parquet_metadata_cache = true")
            self._connection.execute("SET allowed_paths = $1", [files])
            self._connection.execute("SET enable_external_access = false")
            self._connection.execute("SET lock_configuration = true")
        except duckdb.Error as error:
            raise _damaged(error) from error

    def by_subject(self, subjects: Sequence[str]) -> list[Row]:
        """The rows of these records; in order of their ids, as they lie, so that each row group is read once."""
        found: list[Row] = []
        for some in _chunks(sorted(subjects)):
            found += self._rows(_BY_SUBJECT.format(marks=_marks(some, 1)), list(some))
        return found

    def by_value(self, value: str) -> list[Row]:
        """The rows that have just this value."""
        return self._rows(_BY_VALUE, [value])

    def by_id(self, statement: str) -> list[Row]:
        """The row of that id, if there is one."""
        return self._rows(_BY_ID, [statement])

    def by_lookup(self, props: Collection[str], keys: Sequence[str]) -> list[Row]:
        """The rows of these properties that are looked up under one of the keys."""
        found: list[Row] = []
        for some in _chunks(keys):
            found += self._rows(_BY_LOOKUP.format(marks=_marks(some, 2)), [sorted(props), *some])
        return found

    def bearers(self, props: Collection[str]) -> Iterator[tuple[str, str]]:
        """Who has which value of these properties: all of them, as they lie."""
        return self._scan(_BEARERS, props)

    def values(self, props: Collection[str]) -> Iterator[tuple[str, str, str]]:
        """What is said by these properties: the schema of what it is said of, the property, the value; as they lie."""
        return self._scan(_VALUES, props)

    def _scan(self, query: str, props: Collection[str]) -> Iterator[Any]:
        with self._lock:
            try:
                found = self._connection.execute(query, [sorted(props)])
                while some := found.fetchmany(_MANY):
                    yield from some
            except duckdb.Error as error:
                raise _damaged(error) from error

    def _rows(self, query: str, values: list[object]) -> list[Row]:
        with self._lock:
            try:
                found = self._connection.execute(query, values).fetchall()
            except duckdb.Error as error:
                raise _damaged(error) from error
        return list(_named(found))


def _chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[at : at + _MOST_AT_ONCE] for at in range(0, len(values), _MOST_AT_ONCE))


def _marks(values: Sequence[str], first: int) -> str:
    return ", ".join(f"${place}" for place in range(first, len(values) + first))


def _named(found: list[tuple[Any, ...]]) -> Iterator[Row]:
    for cells in found:
        yield dict(zip(COLUMNS, cells, strict=True))


def _damaged(error: duckdb.Error) -> DamagedError:
    return DamagedError(f'a segment cannot be read ({error}); run "leconfield audit verify", restore it from a backup')
