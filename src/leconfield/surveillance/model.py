"""What is kept of an operation: its team, its briefing, and its log, line by line as it was written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from leconfield.ledger.model import EntryId

PLANNED: Final = "operation planned"
STAFFED: Final = "operation staffed"
BRIEFED: Final = "operation briefed"
DEPLOYED: Final = "operation deployed"
LOGGED: Final = "observation logged"
HANDED: Final = "operation handed over"
DEBRIEFED: Final = "operation debriefed"
CLOSED: Final = "operation closed"
KINDS: Final = frozenset({PLANNED, STAFFED, BRIEFED, DEPLOYED, LOGGED, HANDED, DEBRIEFED, CLOSED})
OPERATION: Final = "operation"
"""The key of an entry's body that names the operation, by the entry that planned it."""
FIRST: Final = "0" * 64
"""What the first line of a device's log follows."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a team."""

    name: str
    call_sign: str
    role: str
    """What he does in it: `team leader`, `driver`, `loggist` ..."""


@dataclass(frozen=True, slots=True)
class Written:
    """A line as the device wrote it, perhaps long before it could send it."""

    device: str
    """Drawn by the device for itself; says nothing of it."""
    number: int
    """From 1, without a gap."""
    at: str
    """When it was written (a stamp, by the device's clock)."""
    by: str
    """The call sign of whoever saw it."""
    seen: str
    place: str = ""
    latitude: str = ""
    longitude: str = ""
    pictures: tuple[str, ...] = ()
    """Digests of pictures that were put away."""
    collateral: bool = False
    """Whether it is about somebody who merely was there."""
    follows: str = FIRST
    """The seal of the device's line before."""
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
