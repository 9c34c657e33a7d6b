"""A sheet: one table on its way in, the report that it becomes, and the statements that its rows make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from leconfield.intake.filing import Terms
from leconfield.intake.service import FILED
from leconfield.intake.tables import MappedRow
from leconfield.ledger.bulk import Looked
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft, NewReport, NewStatement
from leconfield.ledger.model import BY_TABLE, SubjectId
from leconfield.ledger.times import today_of
from leconfield.ledger.vocabulary import IDENTIFIERS, NAMES, THING
from leconfield.registry.identifiers import identifier, identifiers_of_name
from leconfield.registry.scripts import fold, romanise

SchemaOf = Callable[[str], str]
"""The schema of the record with that key, for links whose row does not tell of it."""


class Sheet:
    """One table on its way in: its report, and what its rows say; counts the rows that it has been given."""

    def __init__(
        self,
        desk: Desk,
        terms: Terms,
        title: str,
        filename: str,
        digest: str,
        learnt: datetime,
        *,
        media_type: str = "text/csv",
        schema_of: SchemaOf = lambda _: THING,
    ) -> None:
        self.filename = filename
        self.label = terms.label
        self.learnt = learnt
        self._ids = desk.ids
        self._terms = terms
        self._title = title
        self._digest = digest
        self._media_type = media_type
        self._schema_of = schema_of
        self._rows = 0
        self.report = desk.report_id(self._new(), terms.label)

    def draft(self, statements: tuple[NewStatement, ...] = ()) -> Draft:
        """The entry that brings the report; it tells how many rows there were."""
        return Draft(FILED, self.label, body={"file": self.filename}, report=self._new(), statements=statements)

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
            title=f"{self._title}: {self.filename}",
            text=f"{self._title}. {self._rows:,} rows of {self.filename}, loaded as a table.",
            source=self._terms.source,
            channel=self._terms.channel,
            digest=self._digest,
            media_type=self._media_type,
            grade=self._terms.grade,
            written=today_of(self.learnt).isoformat(),
        )

    def _said(self, row: MappedRow) -> Iterator[NewStatement]:
        grade = self._terms.grade
        schemata = {each.key: each.schema for each in row.records}
        for each in row.records:
            for prop, value in each.statements:
                yield NewStatement(self._id(each.key), each.schema, prop, value, BY_TABLE, self.report, grade=grade)
        for link in row.links:
            schema = schemata.get(link.left) or self._schema_of(link.left)
            left, right = self._id(link.left), self._id(link.right)
            made = NewStatement(left, schema, link.prop, right, BY_TABLE, self.report, grade=grade)
            yield replace(made, held=link.held)
            if link.amount:
                paid = NewStatement(left, schema, "amount", link.amount, BY_TABLE, self.report, grade=grade)
                yield replace(paid, held=link.held)

    def _id(self, key: str) -> SubjectId:
        return SubjectId(self._ids.of("record", self.report, key))


def looked_up_by(schema: str, prop: str, value: str) -> str:
    """The form under which a value is found however it is written: sorted Latin words of a name, key of an identifier.

    Empty for everything else: nobody is looked up by it.
    """
    named = identifiers_of_name(schema, value) if prop in NAMES else None
    found = identifier(prop, value) if prop in IDENTIFIERS else named
    if found is not None:
        return found.key
    return " ".join(sorted(romanise(fold(value)).split())) if prop in NAMES else ""
