"""What is known inside of deliveries and comments: told by the window in boxes, decided by officers here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from leconfield.gate.bundles.deliveries import State
from leconfield.ledger.model import EntryId

TOLD: Final = "delivery told"
DECIDED: Final = "delivery decided"
HEARD: Final = "comment heard"
TREATED: Final = "comment decided"
ANSWERED: Final = "comment answered"
STOPPED: Final = "everything stopped"
RESUMED: Final = "everything resumed"
"""Kinds of entries: the first and third come of boxes, the others are acts of named officers."""

STATES: Final[Mapping[State, str]] = {
    State.QUEUED: "queued",
    State.SUBMITTED: "handed over",
    State.PROCESSING: "being worked on",
    State.AMBIGUOUS: "in doubt",
    State.LIVE: "live",
    State.REJECTED: "not sent",
    State.MANUAL: "needs a person",
}
"""States in words."""
MEANINGS: Final[Mapping[State, str]] = {
    State.QUEUED: "Nothing has been sent yet.",
    State.SUBMITTED: "The platform has it and shows it to nobody.",
    State.PROCESSING: "The platform works on it and shows it to nobody.",
    State.AMBIGUOUS: "It was being made public when the answer was lost. The platform is read until it is known.",
    State.LIVE: "Everybody can see it.",
    State.REJECTED: "It is not public, and nothing is tried again.",
    State.MANUAL: "Look in the app, then say here what you saw. Until then nothing is sent.",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a delivery, as the window told it."""

    number: int
    state: State
    at: str
    why: str
    address: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What an officer decided on a delivery."""

    ruling: str
    step: int
    """The last step that he saw."""
    address: str
    reason: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """One release on one channel, as far as it is known here."""

    key: str
    """The release's public id and the channel, as orders name it."""
    release: str
    """The release's public id."""
    channel: str
    label: str
    steps: tuple[Step, ...]
    """By number; some may still be on their way."""
    decisions: tuple[Decision, ...] = ()

    @property
    def last(self) -> Step:
        """How it stands."""
        return self.steps[-1]

    @property
    def address(self) -> str:
        """Where people see it; empty: not known, or nowhere."""
        return self.last.address if self.last.state is State.LIVE else ""

    @property
    def waits(self) -> bool:
        """Whether a person must decide, and nobody has on this step."""
        return self.last.state is State.MANUAL and all(each.step != self.last.number for each in self.decisions)


@dataclass(frozen=True, slots=True)
class Treatment:
    """What an officer decided on a comment."""

    act: str
    reason: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote beneath a release."""

    id: str
    channel: str
    release: str
    """The public id of the release it stands beneath."""
    name: str
    words: str
    day: str
    label: str
    treatments: tuple[Treatment, ...] = ()
    answer: EntryId | None = None
    """The release that answers it, from its first draft on."""

    @property
    def hidden(self) -> bool:
        """Whether it was last decided to hide it."""
        ways = [each.act for each in self.treatments if each.act in ("hide", "show")]
        return bool(ways) and ways[-1] == "hide"

    @property
    def waits(self) -> bool:
        """Whether nobody has decided on it."""
        return not self.treatments and self.answer is None


@dataclass(frozen=True, slots=True)
class Stop:
    """When everything was stopped or let go on, by whom and why."""

    on: bool
    reason: str
    by: str
    at: str
