"""What there is of a challenge: its plan, the questions, what was sent in, what readers scored, what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from leconfield.gate.bundles.challenges import Dates
from leconfield.ledger.model import EntryId

PLANNED: Final = "challenge planned"
BRIEFED: Final = "challenge brief drafted"
ANNOUNCED: Final = "challenge announced"
ASKED: Final = "challenge question asked"
ANSWERED: Final = "challenge question answered"
SET_ASIDE: Final = "challenge question set aside"
BOUND: Final = "challenge answers drafted"
TOLD: Final = "challenge outcome told"
SUBMITTED: Final = "submission received"
OPENED: Final = "submission opened"
DAMAGED: Final = "submission unreadable"
BARRED: Final = "submission reader barred"
SCORED: Final = "submission scored"
DISCUSSED: Final = "submission discussed"
DECIDED: Final = "submission decided"
FEEDBACK: Final = "submission feedback posted"
OF_CHALLENGE: Final = frozenset({BRIEFED, ANNOUNCED, BOUND, TOLD})
OF_QUESTION: Final = frozenset({ANSWERED, SET_ASIDE})
OF_SUBMISSION: Final = frozenset({OPENED, DAMAGED, BARRED, SCORED, DISCUSSED, DECIDED, FEEDBACK})
LOWEST, HIGHEST = 0, 5
READERS: Final = 2
"""How many score each submission at the least, before anything is decided on it."""
TABLE: Final = "submissions"
"""The table of letters to those who sent something in."""


class Outcome(StrEnum):
    """What was decided on a submission."""

    TAKEN = "taken forward"
    NOT_TAKEN = "not this time"


class Aside(StrEnum):
    """Why a question is not answered."""

    DUPLICATE = "asked already"
    SCOPE = "not about the brief"
    IDENTITY = "about people or operations"
    LATE = "too late to be among the answers"


@dataclass(frozen=True, slots=True)
class Criterion:
    """Something that is scored, 0 to 5, and what it weighs."""

    name: str
    weight: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a brief; nobody knows who asked it."""

    id: str
    challenge: str
    words: str
    day: str
    label: str
    shown: str = ""
    """Its words as they will be published."""
    answer: str = ""
    by: str = ""
    aside: Aside | None = None
    reason: str = ""

    @property
    def settled(self) -> bool:
        """Whether it is answered, or somebody said why it is not."""
        return bool(self.answer) or self.aside is not None


@dataclass(frozen=True, slots=True)
class Score:
    """What one reader makes of a submission; it is given once."""

    by: str
    at: str
    marks: Mapping[str, int]
    """By criterion."""
    words: str
    """What speaks for it and against it: the feedback is made of this."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided, and why."""

    outcome: Outcome
    by: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class File:
    """A file that came with a submission, kept as it came."""

    name: str
    media_type: str
    digest: str


@dataclass(frozen=True, slots=True)
class Idea:
    """What stands in a submission, once it was opened."""

    organisation: str
    contact: str
    email: str
    parts: Mapping[str, str]
    place: str
    reply_to: str
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class Submission:
    """What somebody sent in. Until the challenge has closed there is nothing of it but that it came."""

    id: str
    challenge: str
    day: str
    sealed: str
    """The digest of the sealed bytes."""
    label: str
    idea: Idea | None = None
    damaged: str = ""
    """Why it could not be opened."""
    barred: Mapping[str, str] | None = None
    """Readers who said that they have an interest in it, and which."""
    scores: tuple[Score, ...] = ()
    """Of those who have no interest in it: what somebody gave before he said that he has one counts no more."""
    discussed: str = ""
    """What readers who were far apart made of it together."""
    decision: Decision | None = None
    told: str = ""
    """When its letter was posted."""

    def bars(self, reader: str) -> bool:
        """Whether a reader said that he has an interest in it."""
        return reader in (self.barred or {})

    def score_by(self, reader: str) -> Score | None:
        """What a reader gave it."""
        return next((each for each in self.scores if each.by == reader), None)


@dataclass(frozen=True, slots=True)
class Planned:
    """A challenge as it is planned."""

    id: str
    title: str
    label: str
    dates: Dates
    limits: Mapping[str, int]
    files: int
    criteria: tuple[Criterion, ...]
    at: str
    by: str
    brief: EntryId | None = None
    """The release that is its brief."""
    announced: str = ""
    """When its dates were ordered; from then on they stand."""
    answers: EntryId | None = None
    """The release of all answers."""
    outcome_told: str = ""
