"""What is kept of a campaign: its plan, its packets without names, the panel's scores, decisions and answers.

Names stand under another label, in `people`; what applicants said of themselves for equality's sake in `equality`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Final

from leconfield.ledger.model import EntryId

PLANNED: Final = "campaign planned"
QUESTION_SET: Final = "campaign question set"
QUESTION_DROPPED: Final = "campaign question dropped"
STAFFED: Final = "assessor named"
TAKEN_OFF: Final = "assessor taken off"
WORDED: Final = "vacancy drafted"
MOVED: Final = "campaign moved"
PACKET: Final = "packet received"
WITHDRAWN: Final = "packet withdrawn"
SCORED: Final = "answer scored"
LOCKED: Final = "scores locked"
MODERATED: Final = "scores moderated"
BARRED: Final = "threshold set"
DECIDED: Final = "packet decided"
WORDS_WRITTEN: Final = "feedback written"
ANSWERED: Final = "feedback sent"
KINDS: Final = frozenset(
    {
        *(QUESTION_SET, QUESTION_DROPPED, STAFFED, TAKEN_OFF, WORDED, MOVED, PACKET, WITHDRAWN, SCORED, LOCKED),
        *(MODERATED, BARRED, DECIDED, WORDS_WRITTEN, ANSWERED),
    }
)
"""Entries about a campaign that is planned already."""

LOWEST: Final = 1
HIGHEST: Final = 7
SCALE: Final[Mapping[int, str]] = {
    1: "Not demonstrated",
    2: "Minimal",
    3: "Moderate",
    4: "Acceptable",
    5: "Good",
    6: "Strong",
    7: "Outstanding",
}
"""The marks, in words: the scale that the United Kingdom's civil service marks by."""
ANSWER: Final = "answer"
SAMPLE: Final = "sample"
QUESTION_KINDS: Final[Mapping[str, str]] = {ANSWER: "Question", SAMPLE: "Work sample"}
INVITE: Final = "invite"
NOT_NOW: Final = "not-now"
VERDICTS: Final[Mapping[str, str]] = {INVITE: "Invite", NOT_NOW: "Not now"}


class Stage(StrEnum):
    """How far a campaign is."""

    PLANNED = "planned"
    OPEN = "open"
    SIFTING = "sifting"
    MODERATING = "moderating"
    DECIDING = "deciding"
    ANSWERING = "answering"
    CLOSED = "closed"


class Step(StrEnum):
    """What takes a campaign from one stage to the next."""

    OPEN = "open"
    SIFT = "sift"
    MODERATE = "moderate"
    DECIDE = "decide"
    ANSWER = "answer"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Question:
    """One question or work sample, with how it is marked."""

    id: str
    """Its short name, which stays inside; outside it is called by its place."""
    words: str
    """As applicants read it."""
    most: int
    """Words of an answer."""
    guide: Mapping[int, str]
    """What a mark looks like, for the marks that the plan describes."""
    kind: str = ANSWER
    minutes: int = 0
    """Of a work sample: how long it should take."""


@dataclass(frozen=True, slots=True)
class Packet:
    """What assessors see of somebody: no name, and answers from which names were taken."""

    id: str
    """32 hexadecimal digits that say nothing."""
    kept: str
    """The answers, sealed in the vault until the campaign's data end."""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """One assessor's mark of one answer."""

    assessor: str
    packet: str
    question: str
    mark: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Moderated:
    """The mark that stands after assessors who differed were heard."""

    packet: str
    question: str
    mark: int
    reason: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Threshold:
    """From which mean a packet is proposed for an invitation; a person's choice, with a reason."""

    mean: Fraction
    reason: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided on a packet."""

    packet: str
    verdict: str
    reason: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Move:
    """A step that a campaign took."""

    step: str
    by: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Campaign:
    """One vacancy and everything that is known of it without a name."""

    id: str
    """The vacancy's id, public."""
    entry: EntryId
    name: str
    label: str
    """The panel's."""
    group: str
    """The label of names: of whoever may know who applied."""
    officer: str
    """Who planned it and answers for it."""
    chair: str
    opens: str
    closes: str
    """The last day (ISO) on which applications are taken."""
    planned: str
    stage: Stage = Stage.PLANNED
    release: str = ""
    """The release that tells of the vacancy."""
    questions: tuple[Question, ...] = ()
    assessors: tuple[str, ...] = ()
    packets: Mapping[str, Packet] = field(default_factory=dict)
    scores: Mapping[tuple[str, str, str], Score] = field(default_factory=dict)
    """By assessor, question and packet."""
    locks: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """When (a stamp) an assessor locked his marks of a question."""
    moderated: Mapping[tuple[str, str], Moderated] = field(default_factory=dict)
    """By question and packet."""
    threshold: Threshold | None = None
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    feedback: Mapping[str, str] = field(default_factory=dict)
    """By packet: the words for the applicant."""
    answered: frozenset[str] = frozenset()
    """Packets whose applicants were answered."""
    moves: tuple[Move, ...] = ()

    @property
    def live(self) -> tuple[str, ...]:
        """The packets that were not taken back, by id: in no order that tells anything."""
        return tuple(sorted(each.id for each in self.packets.values() if not each.withdrawn))

    def question(self, which: str) -> Question | None:
        """The question by that id."""
        return next((each for each in self.questions if each.id == which), None)
