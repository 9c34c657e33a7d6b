"""What is kept of a tip: that it came, what somebody decided on it, what was asked back, and what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from leconfield.ledger.model import ReportId

TAKEN: Final = "tip taken"
"""Kind of entry, about a tip (the id of its box): its report and its mailbox."""
CONTACT: Final = "tip contact"
"""How its teller can be reached, where no vault has holders to keep it."""
ATTACHED: Final = "tip file"
DECIDED: Final = "tip decided"
ASKED: Final = "tip asked"
THANKED: Final = "tip thanked"
ANSWERED: Final = "tip answered"
COUNTED: Final = "tips counted"
"""About a quarter: a release was drafted that says what became of its tips."""
KINDS: Final = frozenset({TAKEN, CONTACT, ATTACHED, DECIDED, ASKED, THANKED, ANSWERED})
CHANNEL: Final = "window"
"""How it came."""
IN_VAULT: Final = "vault"
IN_LEDGER: Final = "ledger"


class Verdict(StrEnum):
    """What a person decides on a tip."""

    USED = "used"
    KNOWN = "known"
    NOTHING = "nothing"
    ELSEWHERE = "elsewhere"


VERDICTS: Final = {
    Verdict.USED: "It helps with something we look into",
    Verdict.KNOWN: "We know it already",
    Verdict.NOTHING: "There is nothing in it for us",
    Verdict.ELSEWHERE: "It is for somebody else, who has it now",
}
"""In words, for whoever decides."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with a tip."""

    name: str
    outcome: str
    """`filed`, `held already` or `quarantined`."""
    report: str
    """Its own report; empty: it could not be read, and lies in quarantine."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a named officer decided on a tip, and why."""

    verdict: Verdict
    reason: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the teller answered to our question."""

    report: ReportId
    at: str


@dataclass(frozen=True, slots=True)
class Tip:
    """A tip as it stands."""

    id: str
    report: ReportId
    source: str
    """The pseudonym of whoever told it: one for each receipt."""
    title: str
    day: str
    label: str
    place: str
    mailbox: str
    others: str
    others_words: str
    how: str
    sure: str
    words: str
    """A digest of what was told, in small letters: two tips with one are the same words."""
    language: str = ""
    """In which language it was told, and so in which to ask (`en`, `de`)."""
    contact: str = ""
    """`IN_VAULT`, `IN_LEDGER`, or empty: none was left."""
    reach: str = ""
    """How to reach the teller, where it is `IN_LEDGER`."""
    files: tuple[Attached, ...] = ()
    decision: Decision | None = None
    asked: str = ""
    """The question that was asked back; empty: none was."""
    asked_at: str = ""
    thanked: str = ""
    """When thanks were posted."""
    answers: tuple[Answer, ...] = ()

    @property
    def single_source(self) -> bool:
        """Whether what it says leads to its teller: by his own word nobody, or a handful, could know it besides."""
        return self.others in ("nobody", "few")

    @property
    def standing(self) -> str:
        """Where it stands, in a word or three."""
        if self.decision is not None:
            return "decided"
        if self.answers:
            return "answered"
        return "asked" if self.asked else "new"
