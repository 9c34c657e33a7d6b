"""Spark Connect as an engine: a cluster by its address, or Sail on this machine, without Java."""

from __future__ import annotations

import io
import os
import sys
import tempfile
import uuid
import warnings
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import numpy as np
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.fs
import pyarrow.parquet as pq

from leconfield.errors import BadInputError, LeconfieldError
from leconfield.registry.linkage.batch_functions import Knowledge, Shelf
from leconfield.registry.linkage.engines import SHARES, Batches, BatchFunction

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.types import StructType

ADDRESS: Final = "SPARK_REMOTE"
"""The variable that holds the address of a Spark Connect server, such as sc://host:15002."""
WORK: Final = "LECONFIELD_SPARK_WORK"
"""The variable that holds a folder that this machine and the cluster read and write, such as s3://bucket/work."""
HINT: Final = "pip install 'leconfield[spark]'"
SHELVED: Final = "knowledge"
HERE: Final = ("local", "sc://localhost", "sc://127.0.0.1", "sc://[::1]")


class SparkEngine:
    """Tables as Parquet in a folder of the cluster's, which goes when the work is over."""

    def __init__(self) -> None:
        """Reach the server, or start one.

        Raises:
            LeconfieldError: if packages are missing, the server does not answer, or the cluster has no folder to share.
        """
        with ExitStack() as until:
            address = os.environ.get(ADDRESS)
            self._folder = until.enter_context(_WorkFolder(address))
            self._session = _session(address or _sail(until))
            until.callback(self._session.stop)
            self._until = until.pop_all()
        self._made: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._until.close()

    def give(self, name: str, batches: pa.RecordBatchReader) -> None:
        """Hand in a table."""
        from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415 - an optional package

        with self._folder.writing(self._next(name), batches.schema) as writer:
            for batch in batches:
                writer.write_batch(batch)
        self._show(name, from_arrow_schema(batches.schema))

    def keep(self, name: str, select: str) -> None:
        """Work out a selection now and keep it as a table."""
        self._write(name, self._session.sql(select))

    def apply(
        self, name: str, select: str, function: BatchFunction, schema: pa.Schema, together: str | None = None
    ) -> None:
        """Keep what the function makes of a selection, partition by partition."""
        from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415 - an optional package

        rows, made = self._session.sql(select), from_arrow_schema(schema)
        if together is None:
            self._write(name, rows.mapInArrow(function, made))
        else:
            shares = rows.groupBy((rows[together] % SHARES).alias("share"))
            self._write(name, shares.applyInArrow(_on_tables(function, schema), made))

    def shelve(self, known: Knowledge) -> Shelf:
        """Leave what functions know in the work folder, from where each process of the cluster fetches it once."""
        written = io.BytesIO()
        np.savez(written, allow_pickle=False, **known.arrays())
        self._folder.put(SHELVED, written.getbuffer())
        return Stored(self._folder.within(SHELVED))

    def read(self, select: str) -> Batches:
        """The rows of a selection, as they come."""
        self.keep("selection", select)
        yield from self._folder.batches(self._made["selection"])

    def forget(self, *names: str) -> None:
        """Drop tables."""
        for name in names:
            self._session.catalog.dropTempView(name)
            self._folder.remove(self._made.pop(name))

    def _next(self, name: str) -> str:
        """A new place for a table of that name; what it was before stays until the new one is shown."""
        self._made[name] = f"{name}-{uuid.uuid4().hex}"
        return self._made[name]

    def _write(self, name: str, rows: DataFrame) -> None:
        before = self._made.get(name)
        rows.write.parquet(self._folder.within(self._next(name)))
        self._show(name, rows.schema)
        if before:
            self._folder.remove(before)

    def _show(self, name: str, schema: StructType) -> None:
        written = self._session.read.schema(schema).parquet(self._folder.within(self._made[name]))
        written.createOrReplaceTempView(name)  # with its schema, since a table without rows may have no files


@dataclass(frozen=True, slots=True)
class Stored:
    """Where the functions' knowledge lies."""

    place: str

    def __call__(self) -> Knowledge:
        """Fetch it, the first time it is asked for in a process."""
        return _fetched(self.place)


@lru_cache(maxsize=1)
def _fetched(place: str) -> Knowledge:
    files, path = pyarrow.fs.FileSystem.from_uri(place)
    with files.open_input_stream(path) as stream:
        written = np.load(io.BytesIO(stream.read()), allow_pickle=False)
    return Knowledge.of(written)


def _on_tables(function: BatchFunction, schema: pa.Schema) -> Callable[[pa.Table], pa.Table]:
    return lambda share: pa.Table.from_batches(function(iter(share.to_batches())), schema)


class _WorkFolder:
    """A folder that this machine and those of the cluster reach by the same name."""

    def __init__(self, address: str | None) -> None:
        shared = os.environ.get(WORK)
        if address and not shared and not address.startswith(HERE):
            raise BadInputError(f"set {WORK} to a folder that this machine and those of {address} can read and write")
        base = shared or tempfile.gettempdir()
        self.place = f"{base.rstrip('/')}/leconfield-{uuid.uuid4().hex}"
        self._files, self._path = pyarrow.fs.FileSystem.from_uri(self.place)

    def __enter__(self) -> Self:
        self._files.create_dir(self._path)
        return self

    def __exit__(self, *failure: object) -> None:
        self._files.delete_dir(self._path)

    def within(self, name: str) -> str:
        """The place of a table as the cluster knows it."""
        return f"{self.place}/{name}"

    def writing(self, name: str, schema: pa.Schema) -> pq.ParquetWriter:
        """A writer of a table from here."""
        self._files.create_dir(f"{self._path}/{name}")
        return pq.ParquetWriter(f"{self._path}/{name}/part-0.parquet", schema, filesystem=self._files)

    def put(self, name: str, content: memoryview) -> None:
        """Write a file."""
        with self._files.open_output_stream(f"{self._path}/{name}") as stream:
            stream.write(content)

    def batches(self, name: str) -> Batches:
        """The rows of a table."""
        if self._files.get_file_info(f"{self._path}/{name}").type == pyarrow.fs.FileType.NotFound:
            return
        written = ds.dataset(f"{self._path}/{name}", filesystem=self._files, format="parquet")
        yield from written.to_batches()

    def remove(self, name: str) -> None:
        """Delete a table."""
        if self._files.get_file_info(f"{self._path}/{name}").type == pyarrow.fs.FileType.Directory:
            self._files.delete_dir(f"{self._path}/{name}")  # some engines write nothing where there are no rows


def _sail(until: ExitStack) -> str:
    """Start Sail on this machine, until the work is over; returns its address."""
    os.environ.setdefault("RUST_LOG", "error")
    try:
        from pysail.spark import SparkConnectServer  # noqa: PLC0415 - an optional package
    except ImportError as missing:
        raise LeconfieldError(
            f"{ADDRESS} names no Spark Connect server, and Sail, which would do here, is not installed: {HINT}"
        ) from missing
    server = SparkConnectServer()
    server.start(background=True)
    until.callback(server.stop)
    _, port = server.listening_address
    return f"sc://127.0.0.1:{port}"


def _session(address: str) -> SparkSession:
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    _spare_the_search()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of pandas, which pyspark asks for and we do not use
            from pyspark.errors import PySparkException  # noqa: PLC0415 - an optional package
            from pyspark.sql import SparkSession  # noqa: PLC0415 - an optional package

            opened: SparkSession = SparkSession.builder.remote(address).getOrCreate()
            opened.range(1).count()
    except ImportError as missing:
        raise LeconfieldError(f"resolution over Spark Connect needs pyspark: {HINT}") from missing
    except (PySparkException, OSError) as failed:
        raise BadInputError(f"no Spark Connect server answers at {address}: {failed}") from failed
    return opened


def _spare_the_search() -> None:
    """Say where Spark is: the client looks for a whole one, which it does not need, and ends the program if none is."""
    client = find_spec("pyspark")
    if client is not None and client.origin is not None:
        os.environ.setdefault("SPARK_HOME", str(Path(client.origin).parent))
