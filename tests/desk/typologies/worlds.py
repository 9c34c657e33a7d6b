"""Builders of small worlds: reports and what they say, without a desk around them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from leconfield.ledger.grades import Grade, parse_grade
from leconfield.ledger.model import (
    IN_TEXT,
    PLAIN,
    Assertion,
    Entry,
    Judgement,
    Report,
    ReportId,
    Statement,
    StatementId,
    SubjectId,
)
from leconfield.ledger.times import ALWAYS, Held
from leconfield.ledger.world import Delta, World

DAY = "2026-03-02"
TODAY = date.fromisoformat(DAY).toordinal()


@dataclass
class Told:
    """What is told to a world, report by report; `world()` is the world that holds all of it."""

    reports: list[Report] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def report(
        self,
        text: str = "",
        *,
        source: str = "HERON",
        origin: str = "",
        grade: str = "A1",
        day: str = DAY,
        label: str = "",
    ) -> ReportId:
        number = ReportId(f"r{len(self.reports):03}")
        learnt = f"{day}T12:00:00.000000Z"
        self.reports.append(
            Report(
                number,
                "A report",
                text,
                source,
                origin,
                "agent",
                parse_grade(grade),
                label,
                day,
                "",
                learnt,
                "",
                "text/plain",
            )
        )
        return number

    def say(
        self,
        subject: str,
        prop: str,
        value: str,
        *,
        schema: str = "Person",
        quote: str = "",
        report: str = "",
        assertion: Assertion = PLAIN,
        held: Held = ALWAYS,
        grade: Grade | None = None,
        key: str = "",
        label: str = "",
    ) -> StatementId:
        """Say it in the last report, or in the one named; `quote` is where it stands in the text."""
        source = next((each for each in self.reports if each.id == report), self.reports[-1])
        start = source.text.find(quote) if quote else -1
        assert not quote or start >= 0, quote
        made = StatementId(key or f"s{len(self.statements):05}")
        self.statements.append(
            Statement(
                made,
                SubjectId(subject),
                schema,
                prop,
                value,
                source.id,
                label or source.label,
                IN_TEXT,
                source.learnt,
                start,
                start + len(quote) if quote else -1,
                grade or source.grade,
                assertion,
                held,
            )
        )
        return made

    def named(self, subject: str, name: str, *, schema: str = "Person", **rest: str) -> StatementId:
        """Somebody's name; where it stands in the last report's text, as read there."""
        quote = name if name in self.reports[-1].text else ""
        return self.say(subject, "name", name, schema=schema, quote=quote, **rest)  # type: ignore[arg-type]

    def delta(self) -> Delta:
        return Delta(tuple(self.reports), tuple(self.statements), tuple(self.judgements), tuple(self.entries))

    def world(self) -> World:
        world = World()
        world.grow(self.delta())
        return world
