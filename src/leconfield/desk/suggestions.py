"""What the desk puts before a person: computed in a view, never stored; only a named person's decision is an entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from leconfield.ledger.model import ReportId, StatementId, SubjectId
from leconfield.ledger.view import View


@dataclass(frozen=True, slots=True)
class Reason:
    """One bar of the waterfall behind a suggestion."""

    words: str
    bits: float
    """Weight of evidence, base 2; below zero it speaks against."""
    statements: tuple[StatementId, ...] = ()
    """What it is read from, each one click from its report."""
    detail: str = ""
    """What the weight was discounted for: grade, dependence of sources."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that may be a threat and on which nobody has decided."""

    id: str
    """Follows from what it is about, so that the same suggestion has one id on every visit and for every reader."""
    kind: str
    """What raised it: `typology`, `closed subject`, `watch rule`."""
    title: str
    subjects: tuple[SubjectId, ...]
    """Ids of records; the subject is whatever they belong to in the view."""
    reports: tuple[ReportId, ...]
    """The reports that it rests on, the newest first."""
    reasons: tuple[Reason, ...]
    since: str
    """When the desk learnt the last thing that it rests on (a stamp): a decision older than this is out of date."""
    label: str
    """What one must hold to know all that it rests on."""

    @property
    def bits(self) -> float:
        """All reasons together."""
        return sum(each.bits for each in self.reasons)


Raiser = Callable[[View], Iterable[Suggestion]]
"""A part of the desk that raises suggestions in a view; a pure function of the view's world and moment."""


def suggestions(view: View, raisers: Iterable[Raiser]) -> list[Suggestion]:
    """Everything that these raise in the view, the weightiest first."""
    found = [each for raiser in raisers for each in raiser(view)]
    return sorted(found, key=lambda each: (-round(each.bits, 3), each.id))
