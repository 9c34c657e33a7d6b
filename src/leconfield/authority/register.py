"""The central register: for each step on an authority one line, without what it is about, that the inspector sees.

A line stands under the label of its authority *or* the inspector's token. So the inspector learns that there is an
authority, of what kind, by whom and until when (RIPA codes: the central record), and nothing that it says; whoever may
see the authority sees its lines; nobody else sees either.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from leconfield.authority import rules
from leconfield.authority.model import AUTHORITY, Authority, State, Step
from leconfield.ledger.drafts import Draft
from leconfield.ledger.labels import any_of
from leconfield.ledger.model import Entry
from leconfield.ledger.oversight import TOKEN as OVERSIGHT
from leconfield.ledger.view import View
from leconfield.ledger.world import Folded

LINE: Final = "authority registered"
ACTED: Final = "acted under authority"


@dataclass(frozen=True, slots=True)
class Line:
    """One authority as the register has it: the last line of it, and how often it was acted under."""

    authority: str
    kind: str
    applicant: str
    began: str
    step: str
    by: str
    at: str
    state: str
    until: str = ""
    review: str = ""
    owed_by: str = ""
    steps: tuple[tuple[str, str, str], ...] = ()
    """Every step: what, when, who."""
    acts: int = 0

    def standing(self, moment: str) -> rules.Standing:
        """What it comes to at a moment (a stamp)."""
        return rules.standing_of(State(self.state), self.until, self.review, self.owed_by, moment)


def line_of(authority: Authority, step: Step) -> Draft:
    """The line that a step adds, of the authority as it stands after it."""
    body = {
        "kind": authority.kind,
        "step": step.value,
        "state": authority.state.value,
        "until": authority.until,
        "review": authority.review,
        "owed_by": authority.owed_by if authority.owed else "",
        "applicant": authority.applicant,
    }
    return Draft(LINE, any_of((authority.label, OVERSIGHT)), about=authority.id, body=body)


def act_under(authority: str, label: str, conduct: str) -> Draft:
    """The line that an intrusive act adds: that there was one, under which authority; not what."""
    return Draft(ACTED, any_of((label, OVERSIGHT)), about=authority, body={AUTHORITY: authority, "conduct": conduct})


class Register(Folded):
    """The register as far as a world shows it (a `Derived`)."""

    def __init__(self) -> None:
        self._lines: dict[str, Line] = {}

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind == LINE:
                self._lines[each.about] = _next(self._lines.get(each.about), each)
            elif each.kind == ACTED and (known := self._lines.get(each.about)):
                self._lines[each.about] = replace(known, acts=known.acts + 1)

    def lines(self) -> tuple[Line, ...]:
        """Every authority, the newest first."""
        return tuple(sorted(self._lines.values(), key=lambda each: (each.began, each.authority), reverse=True))


def _next(known: Line | None, entry: Entry) -> Line:
    """The register's line once that was added; one that the step before does not lead to changes nothing."""
    body = entry.body
    if known and (State(known.state), body.get("step", "")) not in rules.TRANSITIONS:
        return known
    step = (body.get("step", ""), entry.at, entry.by)
    return Line(
        authority=entry.about,
        kind=body.get("kind", ""),
        applicant=body.get("applicant", ""),
        began=known.began if known else entry.at,
        step=step[0],
        by=entry.by,
        at=entry.at,
        state=body.get("state", State.REFUSED),
        until=body.get("until", ""),
        review=body.get("review", ""),
        owed_by=body.get("owed_by", ""),
        steps=(*(known.steps if known else ()), step),
        acts=known.acts if known else 0,
    )


def register(view: View) -> tuple[Line, ...]:
    """The register of a view, the newest authority first."""
    return view.derived(Register).lines()
