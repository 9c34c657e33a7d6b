"""The challenges of a view with their questions and submissions, folded from its entries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from leconfield.errors import NotFoundError
from leconfield.gate.bundles.challenges import Dates, fault_in_dates
from leconfield.ledger.model import Entry, EntryId
from leconfield.ledger.view import View
from leconfield.ledger.world import Folded
from leconfield.outreach.challenges.model import (
    ANNOUNCED,
    ANSWERED,
    ASKED,
    BARRED,
    BOUND,
    BRIEFED,
    DAMAGED,
    DECIDED,
    DISCUSSED,
    FEEDBACK,
    OF_CHALLENGE,
    OF_QUESTION,
    OF_SUBMISSION,
    OPENED,
    PLANNED,
    SCORED,
    SUBMITTED,
    TOLD,
    Aside,
    Criterion,
    Decision,
    File,
    Idea,
    Outcome,
    Planned,
    Question,
    Score,
    Submission,
)

CHALLENGE: Final = "challenge"
PLAN: Final = "plan"
WORDS: Final = "words"
SHOWN: Final = "shown"
REASON: Final = "reason"
RELEASE: Final = "release"
SEALED: Final = "sealed"
IDEA: Final = "idea"
MARKS: Final = "marks"
OUTCOME: Final = "outcome"
ASIDE: Final = "aside"


class Challenges(Folded):
    """Every challenge of a world, every question and every submission (a `Derived`)."""

    def __init__(self) -> None:
        self.by_id: dict[str, Planned] = {}
        self.questions: dict[str, Question] = {}
        self.submissions: dict[str, Submission] = {}

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            body = each.body
            if each.kind == PLANNED:
                made = planned_in(each)
                if made is not None:
                    self.by_id.setdefault(made.id, made)
            elif each.kind == ASKED:
                asked = Question(
                    each.about, body.get(CHALLENGE, ""), body.get(WORDS, ""), body.get("day", ""), each.label
                )
                self.questions.setdefault(asked.id, asked)
            elif each.kind == SUBMITTED:
                came = Submission(
                    each.about, body.get(CHALLENGE, ""), body.get("day", ""), body.get(SEALED, ""), each.label
                )
                self.submissions.setdefault(came.id, came)
            elif each.kind in OF_CHALLENGE and (plan := self.by_id.get(each.about)):
                self.by_id[plan.id] = _after(plan, each)
            elif each.kind in OF_QUESTION and (question := self.questions.get(each.about)):
                self.questions[question.id] = _settled(question, each)
            elif each.kind in OF_SUBMISSION and (submission := self.submissions.get(each.about)):
                self.submissions[submission.id] = _went_on(submission, each)

    def asked_of(self, challenge: str) -> tuple[Question, ...]:
        """The questions about a challenge, by their ids, which follow no order of asking."""
        mine = (each for each in self.questions.values() if each.challenge == challenge)
        return tuple(sorted(mine, key=lambda each: each.id))

    def sent_to(self, challenge: str) -> tuple[Submission, ...]:
        """What was sent in for a challenge, by ids, which follow no order of sending."""
        mine = (each for each in self.submissions.values() if each.challenge == challenge)
        return tuple(sorted(mine, key=lambda each: each.id))


def planned_in(entry: Entry) -> Planned | None:
    """The plan that an entry holds; None if it holds none that will do."""
    try:
        told = json.loads(entry.body.get(PLAN, ""))
        dates = Dates(**told["dates"])
        criteria = tuple(Criterion(str(name), int(weight)) for name, weight in told["criteria"])
        limits = {str(name): int(most) for name, most in told["limits"].items()}
        made = Planned(
            entry.about,
            str(told["title"]),
            entry.label,
            dates,
            limits,
            int(told["files"]),
            criteria,
            entry.at,
            entry.by,
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return None if fault_in_dates(dates) else made


def plan_written(plan: Planned) -> str:
    """A plan as its entry holds it; `planned_in` reads it back."""
    told = {
        "title": plan.title,
        "dates": {name: getattr(plan.dates, name) for name in Dates.__dataclass_fields__},
        "limits": dict(plan.limits),
        "files": plan.files,
        "criteria": [[each.name, each.weight] for each in plan.criteria],
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def idea_written(idea: Idea) -> str:
    """What stands in a submission, as its entry holds it; `idea_in` reads it back."""
    told = {name: getattr(idea, name) for name in ("organisation", "contact", "email", "place", "reply_to")}
    files = [[each.name, each.media_type, each.digest] for each in idea.files]
    return json.dumps({**told, "parts": dict(idea.parts), "files": files}, ensure_ascii=False, sort_keys=True)


def idea_in(text: str) -> Idea | None:
    """What an entry says that stood in a submission."""
    try:
        told = json.loads(text)
        files = tuple(File(str(name), str(kind), str(digest)) for name, kind, digest in told.pop("files"))
        parts = {str(name): str(words) for name, words in told.pop("parts").items()}
        return Idea(**{name: str(words) for name, words in told.items()}, parts=parts, files=files)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _after(plan: Planned, entry: Entry) -> Planned:
    match entry.kind:
        case k if k == BRIEFED:
            return replace(plan, brief=EntryId(entry.body.get(RELEASE, "")))
        case k if k == BOUND:
            return replace(plan, answers=EntryId(entry.body.get(RELEASE, "")))
        case k if k == ANNOUNCED:
            return replace(plan, announced=plan.announced or entry.at)
        case k if k == TOLD:
            return replace(plan, outcome_told=plan.outcome_told or entry.at)
    return plan


def _settled(question: Question, entry: Entry) -> Question:
    body = entry.body
    if entry.kind == ANSWERED:
        shown, words = body.get(SHOWN, ""), body.get(WORDS, "")
        return replace(question, shown=shown, answer=words, by=entry.by, aside=None, reason="")
    why = next((each for each in Aside if each.value == body.get(ASIDE)), None)
    return replace(question, answer="", by=entry.by, aside=why, reason=body.get(REASON, ""))


def _went_on(known: Submission, entry: Entry) -> Submission:
    body = entry.body
    match entry.kind:
        case k if k == OPENED:
            return replace(known, idea=known.idea or idea_in(body.get(IDEA, "")))
        case k if k == DAMAGED:
            return replace(known, damaged=body.get(REASON, ""))
        case k if k == BARRED:
            return _barred(known, entry)
        case k if k == SCORED and known.score_by(entry.by) is None and not known.bars(entry.by):
            made = Score(entry.by, entry.at, _marks(body), body.get(WORDS, ""))
            return replace(known, scores=(*known.scores, made))
        case k if k == DISCUSSED:
            return replace(known, discussed=body.get(WORDS, ""))
        case k if k == DECIDED and known.decision is None:
            outcome = next((each for each in Outcome if each.value == body.get(OUTCOME)), Outcome.NOT_TAKEN)
            return replace(known, decision=Decision(outcome, entry.by, entry.at, body.get(REASON, "")))
        case k if k == FEEDBACK:
            return replace(known, told=known.told or entry.at)
    return known


def _barred(known: Submission, entry: Entry) -> Submission:
    """Somebody has an interest: until it is decided his marks go, and what was talked over with him is open again."""
    barred = {**(known.barred or {}), entry.by: entry.body.get(REASON, "")}
    if known.decision is not None or known.score_by(entry.by) is None:
        return replace(known, barred=barred)
    left = tuple(each for each in known.scores if each.by != entry.by)
    return replace(known, barred=barred, scores=left, discussed="")


def _marks(body: Mapping[str, str]) -> dict[str, int]:
    try:
        told = json.loads(body.get(MARKS, "{}"))
    except ValueError:
        return {}
    return {str(name): int(mark) for name, mark in told.items()} if isinstance(told, dict) else {}


def challenges(view: View) -> Challenges:
    """Those of a view."""
    return view.derived(Challenges)


def found(view: View, which: str) -> Planned:
    """The challenge by its id.

    Raises:
        NotFoundError: in the same words whether it is hidden or has never been.
    """
    known = challenges(view).by_id.get(which)
    if known is None:
        raise NotFoundError("no such challenge here; look it up in the list of challenges")
    return known


def question_in(view: View, which: str) -> Question:
    """The question by its id.

    Raises:
        NotFoundError: in the same words whether it is hidden or has never been.
    """
    known = challenges(view).questions.get(which)
    if known is None:
        raise NotFoundError("no such question here; look it up at its challenge")
    return known


def submission_in(view: View, which: str) -> Submission:
    """The submission by its id.

    Raises:
        NotFoundError: in the same words whether it is hidden or has never been.
    """
    known = challenges(view).submissions.get(which)
    if known is None:
        raise NotFoundError("no such submission here; look it up at its challenge")
    return known
