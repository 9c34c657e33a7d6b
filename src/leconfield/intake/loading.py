"""Acts of intake for tables: a file with a mapping becomes one report, a record for each thing its rows speak of.

A table of more than `SEGMENT_ROWS` rows becomes a segment of the ledger. A file is read as it goes and never held
whole, so that memory does not grow with it.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as Columns
from datetime import datetime
from itertools import chain, islice
from typing import BinaryIO, Final

from leconfield.errors import BadInputError
from leconfield.intake.filing import Terms
from leconfield.intake.service import FILED, Outcome
from leconfield.intake.sheets import Sheet, looked_up_by
from leconfield.intake.tables import MappedRow, Mapping, Row, mapped, rows, saved_mapping
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Reader
from leconfield.ledger.times import stamp
from leconfield.registry.large import index_names

__all__ = ["HELD", "SEGMENT_ROWS", "Told", "append", "as_stream", "counted", "kept"]
__all__ += ["load_rows", "load_table", "looked_up_by"]

HELD: Final = "held already"
SEGMENT_ROWS: Final = 100_000
"""Rows; a table that has more is kept as an immutable segment."""
Told = Callable[[int], None]
"""Told, now and then, how many rows have been taken."""
_TELL_EVERY: Final = 1000


def load_table(
    desk: Desk,
    by: Reader,
    filename: str,
    content: bytes | BinaryIO,
    mapping: Mapping,
    terms: Terms,
    at: datetime | None = None,
    *,
    segment_rows: int = SEGMENT_ROWS,
    told: Told = lambda _: None,
) -> Outcome:
    """Load a table as one report. All of it or nothing: a row that will not do refuses the table, naming the cell.

    Raises:
        TableError: if the table or a row will not do.
        BadInputError: if it has no rows.
        RefusedError: if the label would hide it from him who loads it, or the disk is full.
    """
    stream = as_stream(content)
    desk.check_writable(by, terms.label)
    all_rows = rows(stream, filename)
    first = deque(islice(all_rows, segment_rows + 1))
    if not first:
        raise BadInputError(f'"{filename}" has no rows; nothing was loaded')
    large = len(first) > segment_rows
    learnt = at or desk.clock()
    sheet = Sheet(desk, terms, mapping.title, filename, kept(desk, stream), learnt)
    found = counted(mapped(chain(_drained(first), all_rows), mapping), told)
    return append(desk, by, sheet, found, large=large)


def append(desk: Desk, by: Reader, sheet: Sheet, found: Iterable[MappedRow], *, large: bool) -> Outcome:
    """Append a sheet with what its rows say, unless it stands already: as a segment if it is large."""
    if desk.holds(by, sheet.report):
        return Outcome(sheet.filename, HELD, sheet.report)
    if large:
        receipt = desk.append_segment(by, sheet.label, sheet.looked(found), sheet.draft, sheet.learnt)
        if receipt.segment is not None:
            index_names(receipt.segment)
    else:
        statements = tuple(dict.fromkeys(sheet.statements(found)))
        (receipt,) = desk.append(by, [sheet.draft(statements)], sheet.learnt)
    return Outcome(sheet.filename, FILED if receipt.new else HELD, receipt.report)


def load_rows(
    desk: Desk, by: Reader, name: str, table: Iterable[Columns[str, str]], terms: Terms, at: datetime
) -> Outcome:
    """Load rows that were made here by the saved mapping of that name."""
    listed = list(table)
    written = io.StringIO()
    writer = csv.DictWriter(written, list(listed[0]))
    writer.writeheader()
    writer.writerows(listed)
    filename = f"{name}-{stamp(at)[:7]}.csv"
    return load_table(desk, by, filename, written.getvalue().encode(), saved_mapping(name), terms, at)


def as_stream(content: bytes | BinaryIO) -> BinaryIO:
    """The content as a file, from its beginning, that can be read more than once."""
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    stream.seek(0)
    return stream


def kept(desk: Desk, stream: BinaryIO) -> str:
    """Put the file away; its digest. It is then read on from where it was."""
    at = stream.tell()
    digest = desk.keep_file(stream)
    stream.seek(at)
    return digest


def counted(found: Iterable[MappedRow], told: Told) -> Iterator[MappedRow]:
    """The rows as they come, telling now and then how many there have been."""
    number = 0
    for number, row in enumerate(found, start=1):
        if not number % _TELL_EVERY:
            told(number)
        yield row
    told(number)


def _drained(found: deque[Row]) -> Iterator[Row]:
    """The rows, each let go of when it has been given."""
    while found:
        yield found.popleft()
