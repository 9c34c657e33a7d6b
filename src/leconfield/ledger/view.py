"""A view: what one reader may see, as of one moment. The only way to read.

A view exists only after the question it answers has been recorded in the audit. Everything it gives is a function of
the world of what is visible: *as if the rest had never been written*. There is no administrator's view.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from leconfield.errors import NotFoundError
from leconfield.ledger import labels
from leconfield.ledger.files import Files
from leconfield.ledger.marking import Marking, marking_for
from leconfield.ledger.model import Entry, Question, Reader, Report, ReportId, Statement, StatementId, SubjectId
from leconfield.ledger.times import stamp
from leconfield.ledger.world import Derived, World

D = TypeVar("D", bound=Derived)


class View:
    """What `reader` may see as of `as_of` (None: now), opened to answer one `question`."""

    __slots__ = ("_files", "as_of", "moment", "question", "reader", "world")

    def __init__(
        self,
        reader: Reader,
        as_of: datetime | None,
        question: Question,
        world: World,
        files: Files,
        opened: datetime | None = None,
    ) -> None:
        self.reader = reader
        self.as_of = as_of
        self.question = question
        self.world = world
        shown = as_of or opened
        self.moment = stamp(shown) if shown else ""
        """The moment that it shows, as a stamp: what is late is late by it; empty where no clock was at hand."""
        self._files = files

    @property
    def marking(self) -> Marking:
        """The marking of everything this view could show; it stands at the head and foot of every page."""
        return marking_for(self.reader.tokens)

    @property
    def own_label(self) -> str:
        """The narrowest label that this reader can write: for those who hold all that he does."""
        return labels.all_of(str(labels.Token(each)) for each in self.reader.tokens)

    def label_of(self, label: str) -> str:
        """A label as this reader knows it: codewords that he does not hold are not in it."""
        return labels.as_known(label, self.reader.tokens)

    def reports(self) -> list[Report]:
        """All reports, newest first."""
        return sorted(self.world.reports.values(), key=lambda each: (each.learnt, each.id), reverse=True)

    def report(self, report_id: str) -> Report:
        """One report.

        Raises:
            NotFoundError: in the same words whether it is hidden or has never existed.
        """
        found = self.world.reports.get(ReportId(report_id))
        if found is None:
            raise NotFoundError(f'no report "{report_id}" here; look it up in the inbox or by search')
        return found

    def original(self, report_id: str) -> bytes:
        """The bytes that the report came in."""
        return self._files.read(self.report(report_id).digest)

    def kept(self, digest: str, *, about: str) -> bytes:
        """The bytes put away by `Desk.keep` under a digest that a visible entry about that thing names in its body.

        Raises:
            NotFoundError: if no entry here names it, in the same words whether one does that is hidden.
            DamagedError: if the bytes are gone or are not what was kept.
        """
        if not digest or not any(digest in each.body.values() for each in self.entries(about=about)):
            raise NotFoundError("no such file is kept here; look it up on the page that names it")
        return self._files.read(digest)

    def statements(
        self, *, subject: str | None = None, report: str | None = None, prop: str | None = None
    ) -> list[Statement]:
        """Statements of one subject's record, or of one report, or all; in the order in which they were learnt.

        Those of a subject's record include what large tables say of it; of a report, and all, are those in memory:
        the rows of a large table are asked for by subject, value, identifier or name (`world.bulk`), never listed.
        """
        found: Iterable[Statement]
        if subject is not None:
            found = (*self.world.by_subject.get(SubjectId(subject), ()), *self.world.bulk.statements_of(subject))
        elif report is not None:
            found = self.world.by_report.get(ReportId(report), ())
        else:
            found = self.world.statements.values()
        kept = [
            each for each in found if (prop is None or each.prop == prop) and (report is None or each.report == report)
        ]
        return sorted(kept, key=lambda each: (each.learnt, each.report, each.start, each.id))

    def statement(self, statement_id: str) -> Statement:
        """One statement.

        Raises:
            NotFoundError: in the same words whether it is hidden or has never existed.
        """
        found = self.world.statements.get(StatementId(statement_id)) or self.world.bulk.statement(statement_id)
        if found is None:
            raise NotFoundError(f'no statement "{statement_id}" here')
        return found

    def pointing_at(self, value: str) -> list[Statement]:
        """Statements with that value, large tables included: links to a record, or whoever bears an identifier."""
        found = (*self.world.pointing_at.get(value, ()), *self.world.bulk.pointing_at(value))
        return sorted(found, key=lambda each: (each.learnt, each.id))

    def entries(self, *, about: str | None = None, kind: str | None = None) -> list[Entry]:
        """What was done, in order: all of it, or about one thing, or of one kind."""
        return [
            each
            for each in self.world.entries
            if (about is None or each.about == about) and (kind is None or each.kind == kind)
        ]

    def derived(self, kind: type[D]) -> D:
        """Something computed from this view's world: an index, a partition, a graph."""
        return self.world.derived(kind)
