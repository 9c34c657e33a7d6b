"""Builders for triage: reports with a text, a source and an origin, and worlds that grow in any pieces."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import TypeVar

from leconfield.desk.leads import service
from leconfield.desk.leads.model import Item
from leconfield.desk.leads.queue import waiting
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft, NewReport, NewStatement
from leconfield.ledger.grades import parse_grade
from leconfield.ledger.model import IN_TEXT, Reader, ReportId, SubjectId
from leconfield.ledger.world import Delta, Derived, World
from tests.ledger.desks import ROB, look

D = TypeVar("D", bound=Derived)


def told(
    desk: Desk,
    text: str,
    *,
    by: Reader = ROB,
    label: str = "S",
    source: str = "HEATHER",
    origin: str = "",
    names: Sequence[str] = (),
    when: datetime | None = None,
    grade: str = "B2",
) -> ReportId:
    """File a report; each name in it becomes a mention."""
    new = NewReport(
        text[:40],
        text,
        source,
        "agent",
        desk.keep(text.encode()),
        "text/plain",
        grade=parse_grade(grade),
        origin=origin,
    )
    report = desk.report_id(new, label)
    said = tuple(
        NewStatement(
            SubjectId(desk.ids.of("record", report, name)),
            "Person",
            "name",
            name,
            IN_TEXT,
            report,
            text.find(name),
            text.find(name) + len(name),
        )
        for name in names
    )
    (receipt,) = desk.append(by, [Draft("filed", label, report=new, statements=said)], when)
    assert receipt.report is not None
    return receipt.report


def grown_later(
    desk: Desk, report: ReportId, value: str, *, by: Reader = ROB, label: str = "S", prop: str = "notes"
) -> None:
    """Note something further that a report says."""
    record = SubjectId(desk.ids.of("record", report, value))
    said = NewStatement(record, "Person", prop, value, "person", report)
    desk.append(by, [Draft("recorded", label, about=record, statements=(said,))])


def titles(desk: Desk, by: Reader = ROB) -> list[str]:
    """What waits for somebody, by its titles."""
    return sorted(each.title for each in waiting(look(desk, by)))


def only(desk: Desk, by: Reader = ROB) -> Item:
    """The one thing that waits."""
    (found,) = waiting(look(desk, by))
    return found


def decided(desk: Desk, item: str, decision: str = "reject", by: Reader = ROB, **terms: str) -> service.Outcome:
    """Decide on an item."""
    return service.triage(
        desk, look(desk, by), item=item, decision=decision, **{"reason": "heard it before, from Luton", **terms}
    )


def pieces_of(world: World, cuts: Sequence[int]) -> list[Delta]:
    """The whole of a world in as many pieces as there are cuts and one; each bears what came between two cuts."""
    moments = sorted(
        {each.learnt for each in world.reports.values()}
        | {each.learnt for each in world.statements.values()}
        | {each.at for each in world.entries}
    )
    bounds = ["", *sorted({moments[cut % len(moments)] for cut in cuts}), "9999"]
    return [
        Delta(
            tuple(each for each in world.reports.values() if after < each.learnt <= until),
            tuple(each for each in world.statements.values() if after < each.learnt <= until),
            (),
            tuple(each for each in world.entries if after < each.at <= until),
        )
        for after, until in pairwise(bounds)
    ]


def grown(world: World, cuts: Sequence[int], *kinds: type[Derived]) -> World:
    """The same world, grown piece by piece with these things derived from the first."""
    made = World()
    for kind in kinds:
        made.derived(kind)
    for each in pieces_of(world, cuts):
        made.grow(each)
    return made
