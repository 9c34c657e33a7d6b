"""Acts of intake for tables: a file with a mapping becomes one report, a record for each thing its rows speak of.

A table of more than `SEGMENT_ROWS` rows becomes a segment of the ledger; its rows are never held in memory together.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Columns
from dataclasses import replace
from datetime import datetime
from itertools import chain, islice
from typing import Final

from leconfield.errors import BadInputError
from leconfield.intake.filing import Terms
from leconfield.intake.service import FILED, Outcome
from leconfield.intake.tables import MappedRow, Mapping, Row, mapped, rows, saved_mapping
from leconfield.ledger.bulk import Looked
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft, NewReport, NewStatement
from leconfield.ledger.model import BY_TABLE, Reader, SubjectId
from leconfield.ledger.times import stamp, today_of
from leconfield.ledger.vocabulary import IDENTIFIERS, NAMES
from leconfield.registry.identifiers import identifier, identifiers_of_name
from leconfield.registry.scripts import fold, romanise

HELD: Final = "held already"
SEGMENT_ROWS: Final = 100_000
"""Rows; a table that has more is kept as an immutable segment."""


def load_table(
    desk: Desk,
    by: Reader,
    filename: str,
    content: bytes,
    mapping: Mapping,
    terms: Terms,
    at: datetime | None = None,
    *,
    segment_rows: int = SEGMENT_ROWS,
) -> Outcome:
    """Load a table as one report. All of it or nothing: a row that will not do refuses the table, naming the cell.

    Raises:
        TableError: if the table or a row will not do.
    """
    all_rows = rows(content, filename)
    first = deque(islice(all_rows, segment_rows + 1))
    large = len(first) > segment_rows
    found = mapped(chain(_drained(first), all_rows), mapping)
    if not first:
        raise BadInputError(f'"{filename}" has no rows; nothing was loaded')
    learnt = at or desk.clock()
    table = _Table(desk, terms, mapping.title, filename, desk.keep(content), learnt)
    if desk.holds(by, table.report):
        return Outcome(filename, HELD, table.report)
    if large:
        receipt = desk.append_segment(by, terms.label, table.looked(found), table.draft, learnt)
    else:
        kept = tuple(dict.fromkeys(table.statements(found)))
        (receipt,) = desk.append(by, [replace(table.draft(), statements=kept)], learnt)
    return Outcome(filename, FILED if receipt.new else HELD, receipt.report)


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


def looked_up_by(schema: str, prop: str, value: str) -> str:
    """The form under which a value is found however it is written: sorted Latin words of a name, key of an identifier.

    Empty for everything else: nobody is looked up by it.
    """
    named = identifiers_of_name(schema, value) if prop in NAMES else None
    found = identifier(prop, value) if prop in IDENTIFIERS else named
    if found is not None:
        return found.key
    return " ".join(sorted(romanise(fold(value)).split())) if prop in NAMES else ""


class _Table:
    """One table on its way in: its report, and what its rows say; counts the rows that it has been given."""

    def __init__(self, desk: Desk, terms: Terms, title: str, filename: str, digest: str, learnt: datetime) -> None:
        self._ids = desk.ids
        self._terms = terms
        self._title = title
        self._filename = filename
        self._digest = digest
        self._written = today_of(learnt).isoformat()
        self._rows = 0
        self.report = desk.report_id(self._new(), terms.label)

    def draft(self) -> Draft:
        """The entry that brings the report; it tells how many rows there were."""
        return Draft(FILED, self._terms.label, body={"file": self._filename}, report=self._new())

    def statements(self, found: Iterable[MappedRow]) -> Iterator[NewStatement]:
        """What the rows say, repetitions included."""
        for row in found:
            self._rows += 1
            yield from self._said(row)

    def looked(self, found: Iterable[MappedRow]) -> Iterator[Looked]:
        """What the rows say, each with the form under which it is looked up."""
        for each in self.statements(found):
            yield each, looked_up_by(each.schema, each.prop, each.value)

    def _new(self) -> NewReport:
        return NewReport(
            title=f"{self._title}: {self._filename}",
            text=f"{self._title}. {self._rows:,} rows of {self._filename}, loaded as a table.",
            source=self._terms.source,
            channel=self._terms.channel,
            digest=self._digest,
            media_type="text/csv",
            grade=self._terms.grade,
            written=self._written,
        )

    def _said(self, row: MappedRow) -> Iterator[NewStatement]:
        grade = self._terms.grade
        records = {each.key: SubjectId(self._ids.of("record", self.report, each.key)) for each in row.records}
        schemata = {each.key: each.schema for each in row.records}
        for each in row.records:
            for prop, value in each.statements:
                yield NewStatement(records[each.key], each.schema, prop, value, BY_TABLE, self.report, grade=grade)
        for link in row.links:
            left, right = records[link.left], records[link.right]
            made = NewStatement(left, schemata[link.left], link.prop, right, BY_TABLE, self.report, grade=grade)
            yield replace(made, held=link.held)


def _drained(found: deque[Row]) -> Iterator[Row]:
    """The rows, each let go of when it has been given."""
    while found:
        yield found.popleft()
