"""Resolution in engines of others: the same Arrow functions and a little SQL, in DuckDB or over Spark Connect.

An engine holds tables by name. SQL is the part that DuckDB and Spark both accept: select, join, group by, distinct,
union all. What SQL cannot say is a function over Arrow batches. `plan` is the resolution written with nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, Protocol, Self

import pyarrow as pa

from leconfield.errors import BadInputError
from leconfield.registry.linkage.batch_functions import Knowledge, Shelf

Batches = Iterator[pa.RecordBatch]
BatchFunction = Callable[[Batches], Batches]
"""Batches in, batches out, lazily; it is sent to where the rows are, so it must be a plain function or a dataclass."""

ENGINES: Final = ("duckdb", "spark")
SHARES: Final = 64
"""How many calls share the rows that must come together: each call holds about that part of them in memory."""


class Engine(Protocol):
    """Where tables are held, joined and worked through; used as a context, after which nothing is left of them."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *failure: object) -> None: ...

    def give(self, name: str, batches: pa.RecordBatchReader) -> None:
        """Hand in a table."""

    def keep(self, name: str, select: str) -> None:
        """Work out a selection now and keep it as a table; one of that name is replaced."""

    def apply(
        self, name: str, select: str, function: BatchFunction, schema: pa.Schema, together: str | None = None
    ) -> None:
        """Keep what the function makes of a selection.

        With `together`, a column of whole numbers, rows of one value come within one call, in any order.
        """

    def shelve(self, known: Knowledge) -> Shelf:
        """Leave what functions know where they can fetch it."""

    def read(self, select: str) -> Batches:
        """The rows of a selection, as they come."""

    def forget(self, *names: str) -> None:
        """Drop tables that are no longer needed."""


def count(engine: Engine, select: str) -> int:
    """The one whole number that a selection gives."""
    return int(next(each for each in engine.read(select) if each.num_rows).column(0)[0].as_py())


def open_engine(name: str, threads: int) -> Engine:
    """The engine of that name, to be used as a context.

    Raises:
        BadInputError: if there is none of that name, or no server answers.
        LeconfieldError: if its packages are not installed.
    """
    if name == "duckdb":
        from leconfield.registry.linkage.engines.duck import DuckEngine  # noqa: PLC0415 - loads DuckDB, where used

        return DuckEngine(threads=threads)
    if name == "spark":
        from leconfield.registry.linkage.engines.spark import SparkEngine  # noqa: PLC0415 - loads pyspark, where used

        return SparkEngine()
    raise BadInputError(f'there is no engine "{name}"; use {" or ".join(ENGINES)}, or none to resolve in process')
