"""Builders: a desk with people who know each other, and reports that come in about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from leconfield.desk.interest import service
from leconfield.desk.interest.model import SubjectOfInterest
from leconfield.desk.interest.state import interest_in
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft, NewReport, NewStatement
from leconfield.ledger.grades import Grade
from leconfield.ledger.judgements import judging
from leconfield.ledger.model import BY_PERSON, PLAIN, Assertion, Question, Reader, ReportId, SubjectId
from leconfield.ledger.view import View
from leconfield.registry.lookup import subject_at
from tests.ledger.desks import KEYS, ROB, START

REVIEW = "2026-09-01"


class Day:
    """A clock that stands still until somebody moves it; no two looks at one moment are told apart by it."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at

    def on(self, days: float) -> None:
        """Move on by so many days."""
        self.at += timedelta(days=days)


@dataclass
class Circle:
    """A desk, and the records on it by the names that a test gives them."""

    clock: Day = field(default_factory=Day)
    desk: Desk = field(init=False)
    records: dict[str, SubjectId] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.desk = Desk.in_memory(KEYS, self.clock)

    def view(self, reader: Reader = ROB, as_of: datetime | None = None) -> View:
        return self.desk.view(reader, as_of, asking=Question("test"))

    def report(
        self,
        text: str,
        *said: tuple[str, str, str],
        source: str = "HERON",
        grade: str = "B2",
        label: str = "S",
        assertion: Assertion = PLAIN,
        schema: str = "Person",
    ) -> ReportId:
        """File a report; `said` are key, property and value (of a link the other's key)."""
        self.clock.on(1)
        paper = NewReport(
            "A report",
            text,
            source,
            "agent",
            self.desk.keep(text.encode()),
            "text/plain",
            grade=Grade(grade[0], int(grade[1])),
        )
        report = self.desk.report_id(paper, label)
        statements = tuple(self._said(*each, report, text, assertion, schema) for each in said)
        self.desk.append(ROB, [Draft("filed", label, report=paper, statements=statements)])
        return report

    def _said(
        self, key: str, prop: str, value: str, report: ReportId, text: str, assertion: Assertion, schema: str
    ) -> NewStatement:
        value = self.record(value) if value in self.records and prop not in ("name", "notes") else value
        start = text.find(value)
        return NewStatement(
            self.record(key),
            schema,
            prop,
            value,
            BY_PERSON,
            report,
            start,
            start + len(value) if start >= 0 else -1,
            assertion=assertion,
        )

    def record(self, key: str) -> SubjectId:
        return self.records.setdefault(key, SubjectId(self.desk.ids.of("record", "test", key)))

    def person(self, key: str, name: str, label: str = "S") -> SubjectId:
        """Somebody whom a report names."""
        self.report(f"{name} was named in {key}.", (key, "name", name), label=label)
        return self.record(key)

    def open(self, key: str, tier: str = "3", by: Reader = ROB, label: str = "S", review: str = REVIEW) -> None:
        service.open_subject(
            self.desk, self.view(by), self.record(key), tier=tier, reason="heard of", review=review, label=label
        )

    def close(self, key: str, review: str = REVIEW, by: Reader = ROB, label: str = "") -> None:
        service.close(
            self.desk, self.view(by), self.record(key),
            reason="nothing came of it", risk="low", residual="may take it up again", review=review, label=label,
        )  # fmt: skip

    def closed(self, key: str, name: str, label: str = "S") -> SubjectId:
        """Somebody who was of interest once."""
        made = self.person(key, name, label)
        self.open(key, label=label)
        self.close(key)
        return made

    def judge(self, left: str, right: str, verdict: str = "same") -> None:
        self.clock.on(1)
        self.desk.append(ROB, [judging(self.record(left), self.record(right), verdict, "seen both", "S")])

    def of(self, key: str, by: Reader = ROB, as_of: datetime | None = None) -> SubjectOfInterest | None:
        view = self.view(by, as_of)
        subject = subject_at(view, self.record(key))
        return interest_in(view, subject.id, subject.records)
