"""Small worlds for the tests of networks, written as one would tell them."""

from __future__ import annotations

from dataclasses import dataclass, field

from leconfield.errors import NotFoundError
from leconfield.ledger.grades import UNGRADED
from leconfield.ledger.model import (
    IN_TEXT,
    PLAIN,
    Assertion,
    Report,
    ReportId,
    Statement,
    StatementId,
    SubjectId,
)
from leconfield.ledger.times import ALWAYS, Held
from leconfield.ledger.vocabulary import PERSON
from leconfield.ledger.world import Delta, World
from leconfield.network.graph import Graph

DENIAL = Assertion(polarity="denied")


@dataclass(frozen=True)
class Cluster:
    """A subject of the trivial partition."""

    id: SubjectId
    schema: str
    names: tuple[str, ...]
    records: frozenset[SubjectId]
    registered: bool


class Clusters:
    """The partition that a test tells: every record is itself unless it is said to be somebody else."""

    def __init__(self, world: World, same_as: dict[str, str], registered: frozenset[str]) -> None:
        self._world, self._same_as, self._registered = world, same_as, registered

    def subject_of(self, record: SubjectId) -> Cluster:
        if record not in self._world.by_subject:
            raise NotFoundError(f'nothing by the id "{record}" is known here')
        subject = SubjectId(self._same_as.get(record, record))
        joined = {SubjectId(record) for record, whose in self._same_as.items() if whose == subject}
        records = frozenset({subject} | joined)
        stated = [each for record in sorted(records) for each in self._world.by_subject.get(record, ())]
        names = tuple(each.value for each in stated if each.prop == "name")
        return Cluster(subject, stated[0].schema, names, records, subject in self._registered)


@dataclass
class Told:
    """A world in the making."""

    reports: dict[str, Report] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    same_as: dict[str, str] = field(default_factory=dict)
    registered: set[str] = field(default_factory=set)

    def report(self, name: str, source: str = "", origin: str = "", written: str = "") -> Told:
        self.reports[name] = Report(
            id=ReportId(name),
            title=f"Report {name}",
            text="",
            source=source or f"source of {name}",
            origin=origin,
            channel="open",
            grade=UNGRADED,
            label="",
            written=written,
            place="",
            learnt="2026-01-01T00:00:00.000000Z",
            digest="",
            media_type="text/plain",
        )
        return self

    def named(self, record: str, name: str, report: str = "r0", at: int = -1, schema: str = PERSON) -> Told:
        return self.states(record, "name", name, report, schema=schema, span=(at, at + len(name)) if at >= 0 else None)

    def states(
        self,
        record: str,
        prop: str,
        value: str,
        report: str = "r0",
        held: Held = ALWAYS,
        assertion: Assertion = PLAIN,
        schema: str = PERSON,
        span: tuple[int, int] | None = None,
    ) -> Told:
        if report not in self.reports:
            self.report(report)
        start, end = span or (-1, -1)
        self.statements.append(
            Statement(
                id=StatementId(f"s{len(self.statements):04d}"),
                subject=SubjectId(record),
                schema=schema,
                prop=prop,
                value=value,
                report=ReportId(report),
                label="",
                origin=IN_TEXT,
                learnt="2026-01-01T00:00:00.000000Z",
                start=start,
                end=end,
                assertion=assertion,
                held=held,
            )
        )
        return self

    def people(self, *names: str) -> Told:
        for each in names:
            self.named(each, each.title())
        return self

    def same(self, record: str, whose: str) -> Told:
        self.same_as[record] = whose
        return self

    def world(self) -> World:
        world = World()
        world.grow(Delta(reports=tuple(self.reports.values()), statements=tuple(self.statements)))
        return world

    def graph(self) -> Graph:
        world = self.world()
        return Graph(world, Clusters(world, self.same_as, frozenset(self.registered)))


def ids(*names: str) -> tuple[SubjectId, ...]:
    return tuple(SubjectId(each) for each in names)
