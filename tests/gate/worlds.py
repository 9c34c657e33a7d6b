"""Builders for the gate's tests: reports with who could have known, texts that were published, drafts to check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from leconfield.gate.exposure.checking import check
from leconfield.gate.exposure.knowers import NOTED, PEOPLE
from leconfield.gate.exposure.model import Action, Text, Verdict
from leconfield.gate.exposure.profile import shipped
from leconfield.gate.exposure.published import TOLD, WORDS
from leconfield.ledger.grades import UNGRADED
from leconfield.ledger.model import BY_PERSON, Entry, EntryId, Report, ReportId, Statement, StatementId, SubjectId
from leconfield.ledger.world import Delta, World

TODAY = "2026-07-01"
LONG_AGO = "2026-03-05"
PROFILE = shipped()
PUBLIC = PROFILE.audience("public")


def told(source: str, text: str, *, channel: str = "agent", written: str = LONG_AGO, origin: str = "") -> Report:
    """A report of one source."""
    name = f"{source}: {text}"
    return Report(
        id=ReportId(name),
        title="",
        text=text,
        source=source,
        origin=origin,
        channel=channel,
        grade=UNGRADED,
        label="O" if channel == "open" else "S",
        written=written,
        place="",
        learnt=f"{written}T09:00:00.000000Z",
        digest="",
        media_type="text/plain",
    )


def named(report: Report, name: str, schema: str = "Person", prop: str = "name") -> tuple[Statement, ...]:
    """That an officer registered somebody from a report under that name."""
    return (
        Statement(
            StatementId(f"{name} in {report.id}"),
            SubjectId(f"{name} in {report.id}"),
            schema,
            prop,
            name,
            report.id,
            report.label,
            BY_PERSON,
            report.learnt,
        ),
    )


def noted(report: Report, *people: str) -> Entry:
    """That these could have known what the report says."""
    return entry(NOTED, report.id, report.label, {PEOPLE: "\n".join(people)})


def published(words: str, day: str = "2026-06-01") -> Entry:
    """That these words left the house."""
    return replace(entry(TOLD, "public", "", {WORDS: words}), at=f"{day}T09:00:00.000000Z")


def entry(kind: str, about: str, label: str, body: Mapping[str, str]) -> Entry:
    """An entry that somebody appended."""
    return Entry(EntryId(f"{kind} {about}"), "2026-06-01T09:00:00.000000Z", "rob", kind, about, label, dict(body))


def world_of(reports: Iterable[Report], entries: Iterable[Entry] = (), statements: Iterable[Statement] = ()) -> World:
    """A world that holds them."""
    world = World()
    world.grow(Delta(tuple(reports), tuple(statements), (), tuple(entries)))
    return world


def checked(world: World, words: str, *actions: Action, on: str = TODAY, offering: bool = False) -> Verdict:
    """How a draft for the public stands."""
    return check(world, Text(words, on, actions=actions), PROFILE, PUBLIC, offering=offering)
