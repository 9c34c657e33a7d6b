"""Acts of intake for tables: a file with a mapping becomes one report, a record for each thing its rows speak of."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from collections.abc import Mapping as Columns
from datetime import datetime
from itertools import chain

from leconfield.errors import BadInputError
from leconfield.intake.filing import Terms
from leconfield.intake.service import FILED, Outcome
from leconfield.intake.tables import MappedRow, Mapping, mapped, rows, saved_mapping
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft, NewReport, NewStatement
from leconfield.ledger.model import BY_TABLE, Reader, ReportId, SubjectId
from leconfield.ledger.times import stamp, today_of

SEGMENT_ROWS = 100_000
"""Rows from which on a table is kept as an immutable segment."""


def load_table(
    desk: Desk, by: Reader, filename: str, content: bytes, mapping: Mapping, terms: Terms, at: datetime | None = None
) -> Outcome:
    """Load a table as one report. All of it or nothing: a row that will not do refuses the table, naming the cell.

    Raises:
        TableError: if the table or a row will not do.
    """
    found = list(mapped(rows(content, filename), mapping))
    if not found:
        raise BadInputError(f'"{filename}" has no rows; nothing was loaded')
    learnt = at or desk.clock()
    new = NewReport(
        title=f"{mapping.title}: {filename}",
        text=f"{mapping.title}. {len(found):,} rows of {filename}, loaded as a table.",
        source=terms.source,
        channel=terms.channel,
        digest=desk.keep(content),
        media_type="text/csv",
        grade=terms.grade,
        written=today_of(learnt).isoformat(),
    )
    report = desk.report_id(new, terms.label)
    statements = tuple(dict.fromkeys(chain.from_iterable(_statements(desk, report, row, terms) for row in found)))
    draft = Draft(FILED, terms.label, body={"file": filename}, report=new, statements=statements)
    (receipt,) = desk.append(by, [draft], learnt)
    return Outcome(filename, FILED if receipt.new else "held already", receipt.report)


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


def _statements(desk: Desk, report: ReportId, row: MappedRow, terms: Terms) -> Iterable[NewStatement]:
    records = {each.key: SubjectId(desk.ids.of("record", report, each.key)) for each in row.records}
    schemata = {each.key: each.schema for each in row.records}
    for each in row.records:
        for prop, value in each.statements:
            yield NewStatement(records[each.key], each.schema, prop, value, BY_TABLE, report, grade=terms.grade)
    for link in row.links:
        yield NewStatement(
            records[link.left],
            schemata[link.left],
            link.prop,
            records[link.right],
            BY_TABLE,
            report,
            grade=terms.grade,
            held=link.held,
        )
