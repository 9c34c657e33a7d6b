"""DuckDB as an engine: one file on disk, bounded memory, batches streamed through our functions."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final, Self

import duckdb
import pyarrow as pa

from leconfield.registry.linkage.batch_functions import Knowledge, Shelf
from leconfield.registry.linkage.engines import SHARES, Batches, BatchFunction

MEMORY: Final = "4GB"
BATCH_ROWS: Final = 1 << 16


class DuckEngine:
    """Tables in a database file of its own, which goes when the work is over."""

    def __init__(self, *, threads: int, memory: str = MEMORY) -> None:
        """`memory` as DuckDB writes it (4GB): beyond it, rows are put aside on disk."""
        self._folder = tempfile.TemporaryDirectory(prefix="leconfield-")
        self._database = duckdb.connect(
            Path(self._folder.name) / "resolution.duckdb",
            config={"threads": threads, "memory_limit": memory, "preserve_insertion_order": False},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._database.close()
        self._folder.cleanup()

    def give(self, name: str, batches: pa.RecordBatchReader) -> None:
        """Hand in a table."""
        self._database.register("given", batches)
        self.keep(name, "select * from given")
        self._database.unregister("given")

    def keep(self, name: str, select: str) -> None:
        """Work out a selection now and keep it as a table."""
        self._database.execute(f"create or replace table {name} as {select}")

    def apply(
        self, name: str, select: str, function: BatchFunction, schema: pa.Schema, together: str | None = None
    ) -> None:
        """Stream a selection through the function into a table."""
        if together is None:
            made = function(self.read(select))
        else:
            self.keep("shares", select)
            made = (batch for share in range(SHARES) for batch in function(self._share(together, share)))
        self.give(name, pa.RecordBatchReader.from_batches(schema, made))
        if together is not None:
            self.forget("shares")

    def shelve(self, known: Knowledge) -> Shelf:
        """Keep what functions know in memory: they run here."""
        return lambda: known

    def read(self, select: str) -> Batches:
        """The rows of a selection, as they come."""
        with self._database.cursor() as reading:
            yield from reading.sql(select).to_arrow_reader(BATCH_ROWS)

    def _share(self, together: str, share: int) -> Batches:
        return self.read(f"select * from shares where {together} % {SHARES} = {share}")  # noqa: S608 - our own words

    def forget(self, *names: str) -> None:
        """Drop tables."""
        for name in names:
            self._database.execute(f"drop table {name}")
