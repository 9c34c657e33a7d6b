"""What the ledger holds: reports, statements, entries, readers. Frozen; a change is a new entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NewType

from leconfield.ledger.grades import UNGRADED, Grade
from leconfield.ledger.labels import Tokens
from leconfield.ledger.times import ALWAYS, Held

SubjectId = NewType("SubjectId", str)
ReportId = NewType("ReportId", str)
StatementId = NewType("StatementId", str)
EntryId = NewType("EntryId", str)

AFFIRMED: Final = "affirmed"
DENIED: Final = "denied"
ACTUAL: Final = "actual"
PLANNED: Final = "planned"
ATTEMPTED: Final = "attempted"
POSSIBLE: Final = "possible"

IN_TEXT: Final = "text"
BY_TABLE: Final = "table"
BY_PERSON: Final = "person"


@dataclass(frozen=True, slots=True)
class Assertion:
    """Who says so and how: the outer grade never passes to somebody whom the source quotes."""

    polarity: str = AFFIRMED
    modality: str = ACTUAL
    asserter: str = ""
    """Whoever the report quotes ("police", "the group itself"); empty: the report speaks for itself."""
    stance: str = ""
    """MUC-4 slot 11: fact, claimed, accused, accused by authorities, possible, acquitted; empty: fact."""

    @property
    def plain(self) -> bool:
        """Whether it is simply said to be so, by the report itself."""
        return self == Assertion()


PLAIN: Final = Assertion()


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact: a subject's property has a value, according to one report.

    `subject` names a *record*: what one report (or one row of a table, or one officer) said about somebody.
    Which records are the same subject is computed inside a view, never stored.
    """

    id: StatementId
    subject: SubjectId
    schema: str
    prop: str
    value: str
    report: ReportId
    label: str
    origin: str
    """`text` (read by the engine), `table` (loaded by an officer) or `person` (an officer said so)."""
    learnt: str
    """Moment of the entry that brought it, UTC ISO 8601."""
    start: int = -1
    """Character span in the report's text; -1: the whole report."""
    end: int = -1
    grade: Grade = UNGRADED
    assertion: Assertion = PLAIN
    held: Held = ALWAYS


@dataclass(frozen=True, slots=True)
class Report:
    """One thing that one source told us. Its bytes are kept under `digest`; `text` is what was read from them."""

    id: ReportId
    title: str
    text: str
    source: str
    """The source's codeword as the desk knows it."""
    origin: str
    """Where the source has it from, if it only passes it on; two reports of one origin count once."""
    channel: str
    """How it came: agent, surveillance, intercept, liaison, walk-in, open, file."""
    grade: Grade
    label: str
    written: str
    """The date it bears (partial ISO); empty if none."""
    place: str
    learnt: str
    digest: str
    media_type: str
    reference: str = ""
    """The source's own number or name for it."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's opinion that two records are the same, different, or not to be decided yet."""

    left: SubjectId
    right: SubjectId
    verdict: str
    """`same`, `different` or `undecided`; `withdrawn` takes an earlier one back."""
    by: str
    reason: str
    at: str
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody did: the append-only history from which every state is folded."""

    id: EntryId
    at: str
    by: str
    kind: str
    about: str
    label: str
    body: dict[str, str]


@dataclass(frozen=True, slots=True)
class Reader:
    """An officer who has signed in, and what he holds."""

    name: str
    """The name he signs in with."""
    persona: str
    """The name under which colleagues know him: "Rob, agent runner"."""
    tokens: Tokens
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the ledger: recorded in the audit before anything is answered."""

    action: str
    """What is read: `report`, `trace`, `profile`, `network` ..."""
    about: str = ""
    """The id or the words it is about."""
    purpose: str = ""
