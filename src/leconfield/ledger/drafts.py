"""What is about to be appended: an entry, with the reports and statements that it brings."""

from __future__ import annotations

from dataclasses import dataclass, field

from leconfield.ledger.grades import UNGRADED, Grade
from leconfield.ledger.model import PLAIN, Assertion, ReportId, SubjectId
from leconfield.ledger.times import ALWAYS, Held


@dataclass(frozen=True, slots=True)
class NewReport:
    """A report to be filed; its id follows from its bytes, source and label, so that the same file is one report."""

    title: str
    text: str
    source: str
    channel: str
    digest: str
    media_type: str
    grade: Grade = UNGRADED
    origin: str = ""
    written: str = ""
    place: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class NewStatement:
    """A statement to be appended; `label` empty: that of its entry."""

    subject: SubjectId
    schema: str
    prop: str
    value: str
    origin: str
    report: ReportId
    start: int = -1
    end: int = -1
    grade: Grade = UNGRADED
    assertion: Assertion = PLAIN
    held: Held = ALWAYS
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One act: an entry of some kind, about something, under a label, with what it brings."""

    kind: str
    label: str
    about: str = ""
    body: dict[str, str] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    """What the entry's id is made of; empty: everything in it and its moment. Give a key to make an act repeatable."""
    report: NewReport | None = None
    statements: tuple[NewStatement, ...] = ()
