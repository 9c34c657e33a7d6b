"""Tables from files, a batch of rows at a time, every value as text: Parquet, and CSV in any encoding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from leconfield.errors import BadInputError
from leconfield.registry.charsets import charset_of
from leconfield.registry.delimited import SAMPLE as LOOKED_AT
from leconfield.registry.delimited import delimiter_of, rows_in

SAMPLE: Final = 20_000
"""How many rows are looked at to tell what the columns are."""
LONGEST_ROW: Final = 1 << 20
"""Bytes that a row of CSV may have."""


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table in a file, and the columns of it."""

    path: Path
    columns: tuple[str, ...]
    encoding: str = ""
    delimiter: str = ""
    before: int = 0
    """Rows of a CSV file before the first one of data, its header and empty ones among them."""

    def batches(self, rows: int) -> Iterator[pa.RecordBatch]:
        """The rows as text, about so many at a time.

        Raises:
            BadInputError: if the file cannot be read to its end.
        """
        try:
            for batch in self._read(rows):
                yield from _as_text(batch, self.columns, rows)
        except (pa.ArrowInvalid, UnicodeError) as error:
            raise BadInputError(f"{self.path}: {_reason(error)}; mend the file and try again") from None

    def sample(self, path_rows: int = SAMPLE) -> dict[str, list[str | None]]:
        """The beginning of each column."""
        found: dict[str, list[str | None]] = {name: [] for name in self.columns}
        count = 0
        for batch in self.batches(4096):
            for name in self.columns:
                found[name].extend(batch.column(name).to_pylist())
            count += batch.num_rows
            if count >= path_rows:
                break
        return found

    def _read(self, rows: int) -> Iterator[pa.RecordBatch]:
        if not self.encoding:
            with pa.parquet.ParquetFile(self.path) as file:
                yield from file.iter_batches(batch_size=max(rows, 4096))
            return
        reading = pa.csv.ReadOptions(
            block_size=LONGEST_ROW,
            encoding=self.encoding,
            column_names=list(self.columns),
            skip_rows_after_names=self.before,
            use_threads=False,
        )
        parsing = pa.csv.ParseOptions(delimiter=self.delimiter, newlines_in_values=True)
        as_text = pa.csv.ConvertOptions(
            column_types=dict.fromkeys(self.columns, pa.string()), strings_can_be_null=True, null_values=[""]
        )
        with pa.csv.open_csv(self.path, reading, parsing, as_text) as reader:
            yield from reader


def open_table(path: Path) -> TableFile:
    """The table in a file, by its ending or its first bytes.

    Raises:
        BadInputError: if it is no table, has no rows, or a column has no name or another's.
    """
    try:
        with path.open("rb") as file:
            head = file.read(LOOKED_AT)
    except IsADirectoryError:
        raise BadInputError(f"{path} is a folder; name a CSV or Parquet file") from None
    if head[:4] == b"PAR1":
        return _parquet(path)
    if not head.strip():
        raise BadInputError(f"{path} is empty; name a table with a header and rows")
    return _csv(path, head)


def _parquet(path: Path) -> TableFile:
    try:
        columns = tuple(pa.parquet.read_schema(path).names)
    except pa.ArrowException as error:
        raise BadInputError(f"{path}: {_first_line(error)}; it is no whole Parquet file") from None
    return TableFile(path, _checked(path, columns))


def _csv(path: Path, head: bytes) -> TableFile:
    encoding = charset_of(_beyond_ascii(path) if head.isascii() else head, str(path))
    text = head.decode(encoding, errors="ignore")
    with path.open("rb") as file:
        before, heads = next(_filled(rows_in(file, str(path))), (0, []))
    if not heads:
        raise BadInputError(f"{path} has no filled cell; name a table with a header and rows")
    columns = tuple(" ".join(each.split()) for each in heads)
    return TableFile(path, _checked(path, columns), encoding.removesuffix("-sig"), delimiter_of(text), before)


def _filled(rows: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """The rows that say anything, each with its number, counted from 1 over all."""
    return ((number, cells) for number, cells in enumerate(rows, 1) if any(map(str.strip, cells)))


def _beyond_ascii(path: Path) -> bytes:
    """The first piece of a file that is not plain ASCII, by which its encoding shows; the last where all are."""
    piece = b""
    with path.open("rb") as file:
        while more := file.read(LOOKED_AT):
            piece = more
            if not piece.isascii():
                break
    return piece


def _checked(path: Path, columns: tuple[str, ...]) -> tuple[str, ...]:
    for number, name in enumerate(columns, 1):
        if not name:
            raise BadInputError(f"{path}: column {number} has no name; give it one in the first row")
        if columns.count(name) > 1:
            raise BadInputError(f'{path}: there are two columns "{name}"; rename one')
    return columns


def _as_text(batch: pa.RecordBatch, columns: tuple[str, ...], rows: int) -> Iterator[pa.RecordBatch]:
    texts = []
    for column in batch.columns:
        text = column if pa.types.is_string(column.type) else _cast(column)
        texts.append(pc.utf8_trim_whitespace(text))
    whole = pa.RecordBatch.from_arrays(texts, names=list(columns))
    for begin in range(0, whole.num_rows, rows):
        yield whole.slice(begin, rows)


def _cast(column: pa.Array) -> pa.Array:
    if pa.types.is_nested(column.type) or pa.types.is_binary(column.type):
        return pa.nulls(len(column), pa.string())
    return column.cast(pa.string())


def _reason(error: Exception) -> str:
    if "straddling" in str(error):
        return f"a row is longer than {LONGEST_ROW:,} bytes, as after a quotation mark that is never closed"
    return _first_line(error)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
