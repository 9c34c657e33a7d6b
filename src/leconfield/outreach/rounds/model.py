"""What there is of a round: its plan, the questions that came, what was decided on each, and what officers answered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from leconfield.gate.bundles.rounds import Became, Change, Round
from leconfield.ledger.model import EntryId

PLANNED: Final = "round planned"
MOVED: Final = "round moved"
"""Its answers come out later than was said."""
BOUND: Final = "round bound"
"""A release announces it, or answers it."""
ASKED: Final = "question asked"
DECIDED: Final = "question decided"
PASSED: Final = "question passed on"
"""It was no question but something to be known: a report was made of it."""
ANSWERED: Final = "question answered"
COUNTED: Final = "ballots counted"
ACTED: Final = "round acted on"
"""Stands beside each act on a round, numbered: of two acts on what stood before both, only one is taken."""
ANNOUNCEMENT: Final = "announcement"
ANSWERS: Final = "answers"
_BETWEEN: Final = re.compile(r"\n\s*\n")
HOUSE: Final = ""
"""The voice of an answer that goes out under no persona."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided on a question, why, and from when on it shows."""

    entry: EntryId
    at: str
    by: str
    change: Change
    reason: str
    passed: bool = False
    """Whether it was passed on: outside it reads as any other that is out of scope."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as somebody wrote it; the last one of a question stands."""

    entry: EntryId
    at: str
    by: str
    words: str
    persona: str = HOUSE
    """The public name it goes out under; empty: the house's own voice."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Its paragraphs, each in one line."""
        return tuple(" ".join(each.split()) for each in _BETWEEN.split(self.words) if each.strip())

    @property
    def said(self) -> tuple[str, tuple[str, ...]]:
        """What a reader would get of it: the same for two that differ in their line breaks alone."""
        return self.persona, self.paragraphs


@dataclass(frozen=True, slots=True)
class Question:
    """A question that came in."""

    id: str
    """32 hexadecimal digits, drawn from the box it came in."""
    round: str
    words: str
    place: str
    """Where whoever asked looks for it, outside."""
    day: str
    """The day (ISO) on which it was asked."""
    label: str
    decisions: tuple[Decision, ...] = ()
    answers: tuple[Answer, ...] = ()

    @property
    def decision(self) -> Decision | None:
        """The one that stands; None: nobody has looked at it yet."""
        return self.decisions[-1] if self.decisions else None

    @property
    def passed(self) -> bool:
        """Whether it was ever passed on: its words are intake's from then on."""
        return any(each.passed for each in self.decisions)

    @property
    def accepted(self) -> bool:
        """Whether it is to be answered."""
        return self.decision is not None and self.decision.change.became is Became.ACCEPTED

    @property
    def answer(self) -> Answer | None:
        """The answer that stands; None: there is none."""
        return self.answers[-1] if self.answers else None

    @property
    def shown(self) -> str:
        """Its words as they are shown, or as they came where none were decided on since it was last refused."""
        return next((each.change.words for each in reversed(self.told) if each.change.words), self.words)

    @property
    def told(self) -> tuple[Decision, ...]:
        """What the open side is told of it: its last refusal or passing on, and what followed; nothing from before.

        The words in which it was once accepted would otherwise be read on where nobody is to read them any more.
        """
        refused = (place for place, each in enumerate(self.decisions) if each.change.became is Became.REFUSED)
        return self.decisions[max(refused, default=0) :]

    @property
    def hands(self) -> frozenset[str]:
        """Who wrote the answer down as it stands: whoever changed it since stands for it alone."""
        return frozenset(each.by for each in self.answers if each.said == self.answers[-1].said)


@dataclass(frozen=True, slots=True)
class Planned:
    """A round as it is planned."""

    id: str
    title: str
    label: str
    plan: Round
    at: str
    by: str
    votes: dict[str, int] | None = None
    """By question; None: the ballots have not come yet."""
    acts: int = 0
    """How often somebody acted on it."""
