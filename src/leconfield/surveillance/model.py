"""What is kept of an operation: its team, its briefing, its pictures, and its log, line by line as it was written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from leconfield.ledger.model import EntryId

PLANNED: Final = "operation planned"
STAFFED: Final = "operation staffed"
BRIEFED: Final = "operation briefed"
DEPLOYED: Final = "operation deployed"
LOGGED: Final = "observation logged"
PICTURED: Final = "picture received"
HANDED: Final = "operation handed over"
DEBRIEFED: Final = "operation debriefed"
CLOSED: Final = "operation closed"
KINDS: Final = frozenset({PLANNED, STAFFED, BRIEFED, DEPLOYED, LOGGED, PICTURED, HANDED, DEBRIEFED, CLOSED})
WATCH: Final = "watch"
"""The conduct that an authority must permit."""
OPERATION: Final = "operation"
"""The key of an entry's body that names the operation, by the entry that planned it."""
FIRST: Final = "0" * 64
"""What the first line of a device's log follows."""
QUICK: Final[dict[str, str]] = {
    "out": "Out",
    "in": "In",
    "meets": "Meets",
    "car": "Car",
    "foot": "On foot",
    "bag": "Bag",
    "lost": "Lost",
    "again": "In sight again",
    "nothing": "Nothing seen",
}
"""What is seen most often: one press each."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a team."""

    name: str
    call_sign: str
    role: str
    """What he does in it: `team leader`, `driver`, `loggist` ..."""


@dataclass(frozen=True, slots=True)
class Says:
    """What a line says: the part that its seal covers by a commitment, so that it can be destroyed by itself."""

    seen: str
    place: str = ""
    latitude: str = ""
    longitude: str = ""
    pictures: tuple[str, ...] = ()
    """SHA-256 of each picture, taken where it was taken."""
    salt: str = ""
    """32 hexadecimal digits drawn by the device: without it nobody can try out what a destroyed line may have said."""


@dataclass(frozen=True, slots=True)
class Written:
    """A line as the device wrote it, perhaps long before it could send it."""

    operation: str
    device: str
    """Drawn by the device for itself; says nothing of it."""
    number: int
    """From 1, without a gap."""
    at: str
    """When it was written (a stamp, by the device's clock)."""
    by: str
    """The call sign of whoever saw it."""
    says: Says | None
    """None: its words are kept apart, or were destroyed."""
    collateral: bool = False
    """Whether it is about somebody who merely was there."""
    follows: str = FIRST
    """The seal of the device's line before."""
    said: str = ""
    """The commitment to what it says."""
    seal: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log as it stands."""

    entry: EntryId
    received: str
    """When it was put into the ledger (a stamp)."""
    sent_by: str
    written: Written
    authority: str = ""
    """The authority it was made under; empty: none was live at that time."""
    ahead: int = 0
    """Seconds that the device's clock was before ours when it sent the line; 0: they agreed."""
    kept: str = ""
    """Of a line about a bystander: its words, sealed in the vault for a while."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a line shows, as it was received."""

    entry: EntryId
    digest: str
    """SHA-256 of its bytes, as the line has it."""
    kept: str
    """The digest of the file that was put away: the same, but for a picture of bystanders, which is kept sealed."""
    media: str
    received: str
    sent_by: str
    shortly: bool = False
    """Whether the file is sealed in the vault for a while."""


@dataclass(frozen=True, slots=True)
class Event:
    """Anything else that was done on an operation."""

    entry: EntryId
    kind: str
    at: str
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation, about one subject or place."""

    id: EntryId
    name: str
    about: str
    label: str
    planned: str
    team: tuple[Member, ...] = ()
    briefing: str = ""
    lines: tuple[Line, ...] = ()
    """In the order in which they were received; `rules.in_order` gives that in which they were written."""
    events: tuple[Event, ...] = ()
    closed: str = ""
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    """By device: the number of its last line, and that line's seal."""
    pictures: dict[str, Picture] = field(default_factory=dict)
    """By the digest that lines name."""

    @property
    def signs(self) -> frozenset[str]:
        """The call signs of its team."""
        return frozenset(each.call_sign for each in self.team)
