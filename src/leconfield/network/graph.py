"""The graph of a world: read where one stands, never as a whole.

The work of every step is proportional to the records of the subject that is looked at, and to the reports that name
it where the weak link is wanted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from leconfield.ledger.model import AFFIRMED, ReportId, Statement, SubjectId
from leconfield.ledger.times import ALWAYS, Held
from leconfield.ledger.vocabulary import NAMES, SCHEMATA
from leconfield.ledger.world import World
from leconfield.network.model import EVERYTHING, NAMED_TOGETHER, SYMMETRIC, Filter, Link, Node, Partition, Subject
from leconfield.network.rules import Names, alleges, link_id, reading_order

Ends: TypeAlias = tuple[SubjectId, str, SubjectId]
"""Left subject, property, right subject."""
Way: TypeAlias = tuple[Statement, ...]
"""Statements that together make one link."""


@dataclass(frozen=True, slots=True)
class Graph:
    """A world and the partition of its records. Holds nothing else, so it is never out of date."""

    world: World
    partition: Partition

    def subject(self, which: SubjectId) -> Subject:
        """The subject that the record of that id belongs to; a subject's own id is that of one of its records.

        Raises:
            NotFoundError: if this world does not hold it.
        """
        return self.partition.subject_of(which)

    def node(self, which: SubjectId) -> Node:
        """The subject as a node, with what is known of it counted."""
        subject = self.subject(which)
        reports = {each.report for record in subject.records for each in self.world.by_subject.get(record, ())}
        return Node(
            id=subject.id,
            label=subject.names[0] if subject.names else f"unnamed {SCHEMATA.get(subject.schema, subject.schema)}",
            schema=subject.schema,
            registered=subject.registered,
            reports=len(reports),
            origins=len(self.origins(reports)),
        )

    def origins(self, reports: Iterable[ReportId]) -> frozenset[str]:
        """The independent origins of reports. All whose origin is unknown count as one: nothing shows them apart."""
        return frozenset(self.origin(each) for each in reports)

    def origin(self, report: ReportId) -> str:
        """Where a report's source has it from; the source itself if it speaks for itself; empty if unknown."""
        known = self.world.reports.get(report)
        return (known.origin or known.source) if known else ""

    def when(self, statement: Statement) -> Held:
        """When it was true; where that is not said, the date that its report bears."""
        if statement.held != ALWAYS:
            return statement.held
        report = self.world.reports.get(statement.report)
        return Held.on(report.written) if report and report.written else ALWAYS

    def link(self, ends: Ends, ways: Iterable[Way]) -> Link:
        """The link between two ends that these ways make."""
        weak = ends[1] == NAMED_TOGETHER
        ordered = sorted(ways, key=lambda way: tuple(each.id for each in way))
        affirming = [way for way in ordered if weak or way[0].assertion.polarity == AFFIRMED]
        supporting = affirming or ordered
        statements = tuple(
            sorted({each.id: each for way in ordered for each in way}.values(), key=lambda each: each.id)
        )
        reports = tuple(sorted({each.report for way in supporting for each in way}))
        times = [self.when(way[0]) for way in supporting]
        left, prop, right = ends
        return Link(
            id=link_id(left, prop, right),
            left=left,
            prop=prop,
            right=right,
            statements=statements,
            ways=tuple(supporting),
            reports=reports,
            origins=tuple(sorted(self.origins(reports))),
            denied=not affirming,
            alleged=not weak and bool(affirming) and all(alleges(way[0].assertion) for way in affirming),
            first=min((when.start or when.end for when in times if when != ALWAYS), default=""),
            last=_last(times),
            moments=tuple(sorted({when.start or when.end for when in times if when != ALWAYS})),
        )


def _last(times: Iterable[Held]) -> str:
    dated = [when for when in times if when != ALWAYS]
    if not dated or any(not when.end for when in dated):
        return ""
    return max((when.end for when in dated), key=lambda end: end + "~")


class Walk:
    """One reading of a graph through a filter; remembers where it has been, and lives no longer than the reading."""

    def __init__(self, graph: Graph, chosen: Filter = EVERYTHING) -> None:
        self.graph = graph
        self.chosen = chosen
        self._timed = bool(chosen.since or chosen.until)
        self._ties: dict[SubjectId, dict[Ends, list[Way]]] = {}
        self._names: dict[ReportId, Names] = {}

    def ties(self, which: SubjectId) -> dict[Ends, list[Way]]:
        """Every tie of a subject that the filter wants, with the ways that make it."""
        known = self._ties.get(which)
        if known is None:
            known = self._ties[which] = self._look(self.graph.subject(which))
        return known

    def neighbours(self, which: SubjectId) -> dict[SubjectId, list[Ends]]:
        """The subjects at the other ends of a subject's ties."""
        found: dict[SubjectId, list[Ends]] = defaultdict(list)
        for ends in self.ties(which):
            found[ends[2] if ends[0] == which else ends[0]].append(ends)
        return found

    def _look(self, here: Subject) -> dict[Ends, list[Way]]:
        found: dict[Ends, list[Way]] = defaultdict(list)
        world = self.graph.world
        for prop, record, outgoing, way in self._ways_at(here):
            if record not in world.by_subject:
                continue  # this world holds nothing on it: the link leads nowhere
            there = self.graph.partition.subject_of(record)
            if there.id == here.id or not self.chosen.wants_schema(there.schema):
                continue
            if self._timed and not self.chosen.admits(self.graph.when(way[0])):
                continue
            forward = here.id < there.id if prop in SYMMETRIC else outgoing
            found[(here.id, prop, there.id) if forward else (there.id, prop, here.id)].append(way)
        return found

    def _ways_at(self, subject: Subject) -> Iterator[tuple[str, SubjectId, bool, Way]]:
        """Property, record at the other end, whether it is read from this end, and the statements."""
        world = self.graph.world
        for record in subject.records:
            for each in world.by_subject.get(record, ()):
                if self.chosen.wants(each.prop):
                    yield each.prop, SubjectId(each.value), True, (each,)
            for each in world.pointing_at.get(record, ()):
                if self.chosen.wants(each.prop):
                    yield each.prop, each.subject, False, (each,)
        if self.chosen.together:
            yield from self._named_with(subject)

    def _named_with(self, subject: Subject) -> Iterator[tuple[str, SubjectId, bool, Way]]:
        world = self.graph.world
        for record in subject.records:
            for name in world.by_subject.get(record, ()):
                if name.prop in NAMES and name.start >= 0:
                    for other in self._names_in(name.report).near(name):
                        first, second = sorted((name, other), key=reading_order)
                        yield NAMED_TOGETHER, other.subject, True, (first, second)

    def _names_in(self, report: ReportId) -> Names:
        known = self._names.get(report)
        if known is None:
            known = self._names[report] = Names.among(self.graph.world.by_report.get(report, ()))
        return known
