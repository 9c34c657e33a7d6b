"""What is known inside of deliveries and comments: told by the window in boxes, decided by officers here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from leconfield.gate.bundles.deliveries import Act, Result, State
from leconfield.ledger.model import EntryId

TOLD: Final = "delivery told"
DECIDED: Final = "delivery decided"
HEARD: Final = "comment heard"
TREATED: Final = "comment decided"
ANSWERED: Final = "comment answered"
CAME_OF: Final = "comment outcome told"
STOPPED: Final = "everything stopped"
RESUMED: Final = "everything resumed"
"""Kinds of entries: those of what was told and heard come of boxes, the others are acts of named officers."""

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
    serial: int = 0
    """Of the order that carries it out."""


@dataclass(frozen=True, slots=True)
class CameOf:
    """What the window told of one order on a comment."""

    serial: int
    result: Result
    why: str

    @property
    def later(self) -> tuple[int, int]:
        """Of two, the later order's counts, and of one order the last result."""
        return self.serial, list(Result).index(self.result)


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

    came_of: CameOf | None = None

    @property
    def hiding(self) -> bool:
        """Whether it was last decided to hide it."""
        return bool(self.treatments) and self.treatments[-1].act == Act.HIDE

    @property
    def outcome(self) -> CameOf | None:
        """What the window told of the last decision; None: nothing yet."""
        told, decided = self.came_of, self.treatments[-1:]
        return told if told and decided and told.serial == decided[0].serial else None

    @property
    def undone(self) -> bool:
        """Whether the last decision was not carried out, and will not be."""
        return self.outcome is not None and self.outcome.result is Result.UNDONE

    @property
    def standing(self) -> str:
        """How it stands, in words; empty: as whoever wrote it left it."""
        if not self.treatments:
            return ""
        done, yet = ("hidden", "to be hidden") if self.hiding else ("shown again", "to be shown again")
        if self.outcome is None:
            return f"{yet}: the window has not told that it is"
        if self.outcome.result is Result.DONE:
            return done
        return f"not {done}{'' if self.undone else ' yet'}: {self.outcome.why}"

    @property
    def waits(self) -> bool:
        """Whether nobody has decided on it, or what was decided was not carried out."""
        return self.undone or (not self.treatments and self.answer is None)


@dataclass(frozen=True, slots=True)
class Stop:
    """When everything was stopped or let go on, by whom and why."""

    on: bool
    reason: str
    by: str
    at: str
