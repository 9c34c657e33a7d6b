"""What is kept of a subject of interest: acts by named officers, and the state that is folded from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from leconfield.ledger.model import EntryId, SubjectId

OPENED: Final = "subject opened"
TIERED: Final = "subject tiered"
CLOSED: Final = "subject closed"
REOPENED: Final = "subject re-opened"
REVIEWED: Final = "subject reviewed"
KINDS: Final = frozenset({OPENED, TIERED, CLOSED, REOPENED, REVIEWED})
"""Kinds of entries; each is about a record, and (but for the first) names the opening that it belongs to."""

OPEN: Final = "open"
SHUT: Final = "closed"
OPEN_AGAIN: Final = "re-opened"
STATES: Final = (OPEN, SHUT, OPEN_AGAIN)

TIERS: Final[dict[str, str]] = {
    "1": "planning or preparing an attack, or able to and near to it",
    "2": "supports or enables those who plan, or is training for it",
    "3": "in contact with them, part not clear",
    "4": "once of interest, may re-engage",
}
"""Tier to what it means; 1 is the gravest."""
RISKS: Final[dict[str, str]] = {"low": "low", "medium": "medium", "high": "high"}
"""How much risk is left once a subject is closed."""


@dataclass(frozen=True, slots=True)
class Act:
    """One decision about a subject of interest, as its entry tells it."""

    entry: EntryId
    kind: str
    at: str
    by: str
    label: str
    reason: str
    tier: str = ""
    risk: str = ""
    residual: str = ""
    """The residual risk in words."""
    review: str = ""
    """The last day on which the next re-assessment is in time (partial ISO)."""


@dataclass(frozen=True, slots=True)
class Interest:
    """One opening of a record as a subject of interest, and all that was decided on it since."""

    id: EntryId
    """The entry that opened it."""
    record: SubjectId
    acts: tuple[Act, ...]
    """The oldest first; never empty."""
    tier: str
    state: str
    risk: str = ""
    residual: str = ""
    review: str = ""
    looked: str = ""
    """When somebody last assessed the whole file: opened, closed, re-opened or reviewed it (a stamp)."""

    @property
    def closed(self) -> bool:
        """Whether nobody works on it."""
        return self.state == SHUT

    @property
    def label(self) -> str:
        """The label that it was opened under."""
        return self.acts[0].label


@dataclass(frozen=True, slots=True)
class SubjectOfInterest:
    """A subject with every interest in any of its records: several once subjects were found to be one."""

    subject: SubjectId
    """The id of the subject in the view."""
    interests: tuple[Interest, ...]
    """The oldest first; never empty."""
    tier: str
    """The gravest of them."""
    state: str
    """Open if any of them is."""
    review: str
    """The earliest day on which a re-assessment is due; empty: none was set."""
    due: str
    """The last moment at which it is in time (a stamp); empty: none was set."""
    looked: str
    """When somebody last assessed the file."""

    @property
    def closed(self) -> bool:
        """Whether nobody works on any of it."""
        return self.state == SHUT

    @property
    def history(self) -> tuple[Act, ...]:
        """Every decision on any of its interests, the oldest first."""
        return tuple(sorted((act for each in self.interests for act in each.acts), key=lambda act: (act.at, act.entry)))

    @property
    def anchor(self) -> Interest:
        """The interest that was assessed last: what else the subject was joined with since is news to it."""
        return max(self.interests, key=lambda each: (each.looked, each.id))
