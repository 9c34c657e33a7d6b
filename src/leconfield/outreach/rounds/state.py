"""The rounds of a view and their questions, folded from its entries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from leconfield.errors import BadInputError, DamagedError, NotFoundError
from leconfield.gate.bundles import rounds
from leconfield.gate.bundles.rounds import Became, Category, Change, Round
from leconfield.ledger.model import Entry
from leconfield.ledger.view import View
from leconfield.ledger.world import Folded
from leconfield.outreach.rounds.model import (
    ACTED,
    ANNOUNCEMENT,
    ANSWERED,
    ANSWERS,
    ASKED,
    BOUND,
    COUNTED,
    DECIDED,
    MOVED,
    PASSED,
    PLANNED,
    Answer,
    Decision,
    Planned,
    Question,
)

TITLE: Final = "title"
WORDS: Final = "words"
REASON: Final = "reason"
ROUND: Final = "round"
PLACE: Final = "place"
PLAN: Final = "plan"
PERSONA: Final = "persona"
VOTES: Final = "votes"
RELEASE: Final = "release"
AS: Final = "as"
GONE: Final = "Passed on as a tip. Its words are with intake."
"""What is read here of a question that was passed on."""


class Rounds(Folded):
    """Every round of a world, and every question (a `Derived`)."""

    def __init__(self) -> None:
        self.by_id: dict[str, Planned] = {}
        self.questions: dict[str, Question] = {}

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind == PLANNED:
                self._plan(each)
            elif each.kind == ASKED:
                self._ask(each)
            elif each.kind in (MOVED, BOUND, COUNTED, ACTED):
                self._change_round(each)
            elif each.kind in (DECIDED, PASSED, ANSWERED):
                self._change_question(each)

    def of_round(self, which: str) -> list[Question]:
        """The questions of a round, by id, which follows no order of asking."""
        return sorted((each for each in self.questions.values() if each.round == which), key=lambda each: each.id)

    def _plan(self, entry: Entry) -> None:
        plan = plan_in(entry.body.get(PLAN, ""))
        if plan is not None and entry.about not in self.by_id:
            title = entry.body.get(TITLE, "")
            self.by_id[entry.about] = Planned(entry.about, title, entry.label, plan, entry.at, entry.by)

    def _ask(self, entry: Entry) -> None:
        body = entry.body
        if entry.about not in self.questions:
            self.questions[entry.about] = Question(
                entry.about,
                body.get(ROUND, ""),
                body.get(WORDS, ""),
                body.get(PLACE, ""),
                body.get("day", ""),
                entry.label,
            )

    def _change_round(self, entry: Entry) -> None:
        known = self.by_id.get(entry.about)
        if known is None:
            return
        if entry.kind == ACTED:
            self.by_id[known.id] = replace(known, acts=known.acts + 1)
        elif entry.kind == COUNTED:
            if known.votes is None and (votes := votes_in(entry.body.get(VOTES, ""))) is not None:
                self.by_id[known.id] = replace(known, votes=votes)
        elif entry.kind == MOVED:
            if (plan := plan_in(entry.body.get(PLAN, ""))) is not None:
                self.by_id[known.id] = replace(known, plan=plan)
        elif (bound := bound_to(known.plan, entry.body.get(AS, ""), entry.body.get(RELEASE, ""))) is not None:
            self.by_id[known.id] = replace(known, plan=bound)

    def _change_question(self, entry: Entry) -> None:
        known = self.questions.get(entry.about)
        if known is None:
            return
        body = entry.body
        if entry.kind == ANSWERED:
            answer = Answer(entry.id, entry.at, entry.by, body.get(WORDS, ""), body.get(PERSONA, ""))
            self.questions[known.id] = replace(known, answers=(*known.answers, answer))
        elif (change := change_in(entry)) is not None:
            made = Decision(entry.id, entry.at, entry.by, change, body.get(REASON, ""), entry.kind == PASSED)
            words = GONE if made.passed else known.words
            self.questions[known.id] = replace(known, words=words, decisions=(*known.decisions, made))


def plan_in(written: str) -> Round | None:
    """The plan that an entry's body writes as JSON; None if it writes none that will do."""
    try:
        told = json.loads(written)
        return rounds.round_in(told) if isinstance(told, dict) else None
    except (ValueError, DamagedError):
        return None


def bound_to(plan: Round, as_what: str, release: str) -> Round | None:
    """A plan with a release that announces or answers it; None if it is neither."""
    if as_what == ANNOUNCEMENT:
        return replace(plan, announcement=release)
    return replace(plan, answers=release) if as_what == ANSWERS else None


def change_in(entry: Entry) -> Change | None:
    """What a decision makes of a question; None if it is none that will do."""
    body = entry.body
    try:
        category = Category(body["category"]) if body.get("category") else None
        since, became = rounds.instant_in(body.get("since", "")), Became(body.get("became", ""))
    except (ValueError, BadInputError):
        return None
    return Change(since, became, body.get(WORDS, ""), body.get("into", ""), category)


def votes_in(written: str) -> dict[str, int] | None:
    """Votes by question, written as JSON; None if it is another thing."""
    try:
        told = json.loads(written)
    except ValueError:
        return None
    if not isinstance(told, dict):
        return None
    counts = {str(name): each for name, each in told.items() if isinstance(each, int) and not isinstance(each, bool)}
    return counts if len(counts) == len(told) and all(each >= 0 for each in counts.values()) else None


def planned(view: View) -> tuple[Planned, ...]:
    """The rounds of a view, the one that opens last first."""
    return tuple(sorted(view.derived(Rounds).by_id.values(), key=lambda each: (each.plan.opens, each.id), reverse=True))


def found(view: View, which: str) -> Planned:
    """The round by that id.

    Raises:
        NotFoundError: in the same words whether it is hidden or has never been.
    """
    known = view.derived(Rounds).by_id.get(which)
    if known is None:
        raise NotFoundError("no such round here; look it up in the list of rounds")
    return known


def questions_of(view: View, which: str) -> list[Question]:
    """The questions of a round that the view shows."""
    return view.derived(Rounds).of_round(which)


def question(view: View, which: str) -> Question:
    """The question by that id.

    Raises:
        NotFoundError: in the same words whether it is hidden or has never been.
    """
    known = view.derived(Rounds).questions.get(which)
    if known is None:
        raise NotFoundError("no such question here; look it up in its round")
    return known


def written_votes(votes: Mapping[str, int]) -> str:
    """Votes by question as they stand in a box and in an entry; `votes_in` reads them back."""
    return json.dumps(dict(votes), sort_keys=True)
