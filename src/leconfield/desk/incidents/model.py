"""What is kept of an incident: acts by named officers, each under its own label, and what is folded from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from leconfield.ledger.model import Entry, EntryId

OPENED: Final = "incident opened"
TOLD: Final = "incident told"
TRACED: Final = "incident traced"
SETTLED: Final = "incident name settled"
ENTERED: Final = "incident entered"
LEFT: Final = "incident left"
TASKED: Final = "incident action set"
ACTED: Final = "incident action changed"
CLOSED: Final = "incident closed"
REOPENED: Final = "incident re-opened"
KINDS: Final = frozenset({OPENED, TOLD, TRACED, SETTLED, ENTERED, LEFT, TASKED, ACTED, CLOSED, REOPENED})
"""Kinds of entries; each is about an incident."""

CONFIRMED: Final = "confirmed"
SET_ASIDE: Final = "set aside"
VERDICTS: Final = {CONFIRMED: "this is the subject chosen", SET_ASIDE: "another one, or not a name"}
"""What a person decides on a name, and what that means."""

TO_DO: Final = "to do"
DONE: Final = "done"
GIVEN_UP: Final = "given up"
ACTION_STATES: Final = (TO_DO, DONE, GIVEN_UP)


@dataclass(frozen=True, slots=True)
class Message:
    """What came in: pasted by an officer, or a line of a stream; words, never statements."""

    id: EntryId
    words: str
    source: str
    """Whoever or whatever says so, in the officer's words: "control room", "agency wire"; empty: not said."""
    by: str
    at: str
    label: str


@dataclass(frozen=True, slots=True)
class Settled:
    """What a named officer decided on a name."""

    id: EntryId
    name: str
    verdict: str
    """One of `VERDICTS`."""
    subject: str
    """The id of a record of whom the name is; empty where it was set aside."""
    reason: str
    by: str
    at: str
    label: str


@dataclass(frozen=True, slots=True)
class Given:
    """What the traces said that were made when a message came, to him who brought it."""

    message: str
    answers: tuple[tuple[str, str], ...]
    """Each name with its verdict."""
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Action:
    """What is to be done, by whom and by when."""

    id: EntryId
    words: str
    owner: str
    due: str
    """The last day or minute on which it is in time (partial ISO)."""
    state: str
    by: str
    at: str
    label: str
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Incident:
    """A room: what broke where and when, what came in, what was decided, who is there; the oldest of each first."""

    id: str
    title: str
    place: str
    time: str
    """When the attack was (partial ISO); empty: not known yet."""
    report: str
    """The id of the report that it was opened from; empty: from none."""
    by: str
    at: str
    label: str
    """Who may know of it at all; everything in it bears this and more."""
    closing: str = ""
    """Why it was closed; empty while it is open."""
    messages: tuple[Message, ...] = ()
    settled: tuple[Settled, ...] = ()
    given: tuple[Given, ...] = ()
    actions: tuple[Action, ...] = ()
    present: tuple[tuple[str, str], ...] = ()
    """Who is in the room, each with the stamp of what he last did in it."""
    timeline: tuple[Entry, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether nobody works in it."""
        return bool(self.closing)

    @property
    def touched(self) -> str:
        """When anything was last done in it (a stamp)."""
        return self.timeline[-1].at if self.timeline else self.at

    @property
    def struck(self) -> str:
        """When the attack was (partial ISO), or, where nobody has said, the moment at which the room was opened."""
        return self.time or self.at
