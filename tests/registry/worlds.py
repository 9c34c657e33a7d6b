"""Builders of small worlds: say what each record says, get a world."""

from __future__ import annotations

from collections.abc import Iterable

from leconfield.ledger.grades import UNGRADED
from leconfield.ledger.model import BY_TABLE, IN_TEXT, Judgement, Report, ReportId, Statement, StatementId, SubjectId
from leconfield.ledger.vocabulary import PERSON
from leconfield.ledger.world import Delta, World
from leconfield.registry.resolution import Partition


def moment(minute: int) -> str:
    """A moment, `minute` minutes into the first day of the file."""
    return f"2031-01-01T{minute // 60:02d}:{minute % 60:02d}:00.000000Z"


def report(name: str, text: str, minute: int = 0) -> Report:
    """A report of that text."""
    return Report(
        id=ReportId(name),
        title=name,
        text=text,
        source="HERON",
        origin="",
        channel="agent",
        grade=UNGRADED,
        label="S",
        written="",
        place="",
        learnt=moment(minute),
        digest="",
        media_type="text/plain",
    )


def record(
    name: str, *said: tuple[str, str], schema: str = PERSON, origin: str = BY_TABLE, minute: int = 0, report: str = ""
) -> tuple[Statement, ...]:
    """The statements of one record: property and value pairs."""
    return tuple(
        Statement(
            id=StatementId(f"{name}/{place}"),
            subject=SubjectId(name),
            schema=schema,
            prop=prop,
            value=value,
            report=ReportId(report or f"report of {name}"),
            label="S",
            origin=origin,
            learnt=moment(minute),
        )
        for place, (prop, value) in enumerate(said)
    )


def in_text(
    name: str, called: str, *said: tuple[str, str], minute: int = 0, schema: str = PERSON
) -> tuple[Statement, ...]:
    """A record that the engine read in a text."""
    return record(name, ("name", called), *said, origin=IN_TEXT, minute=minute, schema=schema)


def judged(left: str, right: str, verdict: str, *, by: str = "emma", minute: int = 600) -> Judgement:
    """A person's judgement on two records."""
    return Judgement(SubjectId(left), SubjectId(right), verdict, by, "seen both", moment(minute), "S")


def world_of(
    *records: Iterable[Statement], judgements: Iterable[Judgement] = (), reports: Iterable[Report] = ()
) -> World:
    """A world that holds them."""
    world = World()
    world.grow(Delta(tuple(reports), tuple(each for one in records for each in one), tuple(judgements)))
    return world


def partition_of(world: World) -> Partition:
    """The world's records as subjects."""
    return world.derived(Partition)


def together(world: World, *records: str) -> bool:
    """Whether these records are one subject."""
    partition = partition_of(world)
    return len({partition.subject_of(SubjectId(each)).id for each in records}) == 1
