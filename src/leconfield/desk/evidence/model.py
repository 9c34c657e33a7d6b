"""What is kept for court: exhibits and their hand-overs, what was assessed, what was served, what was rebuilt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from leconfield.ledger.model import EntryId

HEADED: Final = "case file headed"
EXHIBITED: Final = "exhibit produced"
HANDED: Final = "exhibit handed over"
VERIFIED: Final = "exhibit verified"
ASSESSED: Final = "item assessed"
PREPARED: Final = "schedule prepared"
SERVED: Final = "schedule served"
REBUILT: Final = "document rebuilt"
PUT: Final = "document prepared"
DISCLOSED: Final = "document disclosed"
KINDS: Final = frozenset({HEADED, EXHIBITED, HANDED, VERIFIED, ASSESSED, PREPARED, SERVED, REBUILT, PUT, DISCLOSED})
"""Kinds of entries; each is about an investigation."""

REPORT: Final = "report"
EXHIBIT: Final = "exhibit"
STATEMENT: Final = "statement"
REBUILD: Final = "rebuilt"
ITEMS: Final[dict[str, str]] = {
    REPORT: "report",
    EXHIBIT: "exhibit",
    STATEMENT: "statement",
    REBUILD: "rebuilt document",
}
"""What can be unused material."""

MG6C: Final = "mg6c"
MG6D: Final = "mg6d"
SCHEDULES: Final[dict[str, str]] = {
    MG6C: "Schedule of non-sensitive unused material",
    MG6D: "Schedule of sensitive unused material",
}
"""The schedules, like the forms MG6C (for the defence) and MG6D (for the prosecutor alone)."""
LEAVING: Final = frozenset({MG6C})
"""Those that leave the house, and so by a release alone."""
ENDINGS: Final = ("docx", "csv")
"""Files that a schedule is saved as."""

GROUNDS: Final[dict[str, str]] = {
    "source": "the identity or safety of somebody who gives information",
    "method": "how the police or a service works",
    "security": "national security",
    "relations": "relations with another state or service",
    "inquiry": "another inquiry that goes on",
    "person": "the safety or private life of somebody else",
}
"""Important public interests that disclosure of an item may seriously prejudice (CPIA Code of Practice, part 6)."""

SAME: Final = "same"
DIFFERENT: Final = "different"


@dataclass(frozen=True, slots=True)
class HandOver:
    """The exhibit went from one pair of hands to another."""

    id: EntryId
    giver: str
    taker: str
    given: str
    """When, to the minute."""
    taken: str
    """When it was taken over; later than given: nobody held it in between."""
    why: str
    seal: str
    """The number of the seal that it bore; empty: none."""
    by: str
    """Who wrote it down."""
    at: str
    label: str


@dataclass(frozen=True, slots=True)
class Verification:
    """The bytes were hashed again."""

    id: EntryId
    outcome: str
    by: str
    at: str
    label: str


@dataclass(frozen=True, slots=True)
class Exhibit:
    """Something for the court: a file's bytes or a report, under the number that its producer gave it."""

    id: str
    number: str
    """As in "RP/1": the producer's initials and his own count."""
    words: str
    """What it is."""
    digest: str
    """SHA-256 of its bytes."""
    report: str
    """The report that it is; empty: a file."""
    rests: tuple[str, ...]
    """Reports from which it came or was found by."""
    channel: str
    """How it came, as of a report."""
    producer: str
    produced: str
    """When, to the minute."""
    place: str
    seal: str
    by: str
    at: str
    label: str
    hands: tuple[HandOver, ...] = ()
    checks: tuple[Verification, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a named officer holds of an item of unused material."""

    id: EntryId
    kind: str
    item: str
    relevant: bool
    reason: str
    """Why it is relevant or not."""
    sensitive: bool
    ground: str
    prejudice: str
    """Of a sensitive item: the real risk of serious prejudice, in words."""
    description: str
    """What it is, written for the other side."""
    by: str
    at: str
    label: str

    @property
    def key(self) -> tuple[str, str]:
        """What it is about: kind and id."""
        return self.kind, self.item


@dataclass(frozen=True, slots=True)
class Row:
    """A numbered line of a schedule."""

    number: int
    kind: str
    item: str
    description: str
    ground: str = ""
    prejudice: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """The item: kind and id; it never stands on paper."""
        return self.kind, self.item

    @property
    def said(self) -> tuple[str, str, str]:
        """What stands on paper beside the number."""
        return self.description, self.ground, self.prejudice


@dataclass(frozen=True, slots=True)
class Issue:
    """A schedule as it was served, or is to be: never changed, only added to by the next, or voided by it."""

    id: EntryId
    schedule: str
    heading: str
    rows: tuple[Row, ...]
    files: tuple[tuple[str, str], ...]
    """Ending and digest of each file that was served."""
    voids: str
    """The issue that this one takes back; empty: it adds to what was served before."""
    reason: str
    by: str
    at: str
    label: str
    follows: str = ""
    """The issue that stood when this one was made; empty: none did."""
    release: str = ""
    """The release by which it leaves; empty: it does not leave."""

    def digest(self, ending: str) -> str:
        """The digest of the file with that ending; empty if there is none."""
        return dict(self.files).get(ending, "")


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A new document of permitted statements of a mixed report, in an officer's words."""

    id: str
    report: str
    heading: str
    statements: tuple[str, ...]
    digest: str
    reason: str
    by: str
    at: str
    label: str
    wordings: tuple[str, ...] = ()
    """What is said of each statement."""
    release: str = ""
    """The last release that it was put into; empty: it does not leave."""
    disclosed: str = ""
    """When it left by that release (a stamp); empty: it has not."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What an investigation has for court; the oldest of each first."""

    id: str
    """That of the investigation."""
    heading: str = ""
    """What the court calls the case: "R v Cassell"."""
    parties: tuple[str, ...] = ()
    """Names that the court knows already, and that descriptions may therefore bear."""
    exhibits: tuple[Exhibit, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    """The one that stands of each item, in the order in which items were first assessed."""
    issues: tuple[Issue, ...] = ()
    """What was served."""
    prepared: tuple[Issue, ...] = ()
    """What was put before the gate; each is served, if ever, by its release."""
    rebuilt: tuple[Rebuilt, ...] = ()

    def exhibit(self, which: str) -> Exhibit | None:
        """The exhibit by its id."""
        return next((each for each in self.exhibits if each.id == which), None)

    def rebuild(self, which: str) -> Rebuilt | None:
        """The rebuilt document by its id."""
        return next((each for each in self.rebuilt if each.id == which), None)

    def assessed(self, kind: str, item: str) -> Assessment | None:
        """What is held of the item; None: nobody has assessed it."""
        return next((each for each in self.assessments if each.key == (kind, item)), None)

    def standing(self, schedule: str) -> Issue | None:
        """The last issue of that schedule that was served."""
        return next((each for each in reversed(self.issues) if each.schedule == schedule), None)

    def served_by(self, release: str) -> Issue | None:
        """The issue that left by that release."""
        return next((each for each in self.issues if release and each.release == release), None)

    def waiting(self, schedule: str) -> Issue | None:
        """The last issue of that schedule that waits for its release; what was served meanwhile stands in its place."""
        last = next((each for each in reversed(self.prepared) if each.schedule == schedule), None)
        before = self.standing(schedule)
        return last if last and last.follows == (before.id if before else "") else None
