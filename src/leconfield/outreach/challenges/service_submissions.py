"""Acts on submissions: open them after the close, score, talk over, decide, write to whoever sent them in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from leconfield.authority import profile as law
from leconfield.errors import BadInputError, DamagedError, RefusedError
from leconfield.gate.bundles import challenges as formats
from leconfield.gate.bundles.challenges import Stage
from leconfield.ledger.acting import in_words, refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.view import View
from leconfield.outreach import letters, profile
from leconfield.outreach.challenges import keys, rules, state
from leconfield.outreach.challenges.model import (
    BARRED,
    DAMAGED,
    DECIDED,
    DISCUSSED,
    FEEDBACK,
    OPENED,
    SCORED,
    TABLE,
    File,
    Idea,
    Outcome,
    Planned,
    Submission,
)
from leconfield.outreach.challenges.service import ACT, check
from leconfield.outreach.letters import Posting

READ: Final = "assess"
"""The act that takes a reader's role; whoever runs a challenge may read as well."""
MAX_WORDS: Final = 4_000
MAX_LETTER: Final = 6_000
_LETTERS: Final = {Outcome.TAKEN: "forward", Outcome.NOT_TAKEN: "feedback"}
"""Kinds of letters; the window has words of its own around each."""


def open_all(desk: Desk, view: View, which: str) -> tuple[int, int]:
    """Open everything that was sent in for a challenge, once it has closed; how many were, and how many could not be.

    Raises:
        NotFoundError: if the view has no such challenge.
        RefusedError: if it has not closed, or the role is missing.
    """
    check(desk, view)
    known = state.found(view, which)
    if fault := why_sealed(desk, known):
        raise RefusedError(fault)
    drafts = [_opened(desk, view, known, each) for each in _still_sealed(view, which)]
    if drafts:
        desk.append(view.reader, drafts)
    return sum(each.kind == OPENED for each in drafts), sum(each.kind == DAMAGED for each in drafts)


def why_sealed(desk: Desk, known: Planned) -> str:
    """Why what was sent in stays sealed; empty if it may be opened."""
    if known.dates.stage(desk.clock()) in (Stage.CLOSED, Stage.OVER):
        return ""
    return f"what was sent in stays sealed until {rules.told(known.dates.closes)}, when everybody has sent it in"


def bar(desk: Desk, view: View, which: str, *, organisation: str, reason: str) -> int:
    """Say that one has an interest in whoever sent something in: somebody else scores it and decides; how many it is.

    What one gave before counts no more.

    Raises:
        NotFoundError: if the view has no such challenge.
        BadInputError: if there is no such organisation, or the reason is missing.
        RefusedError: if the role is missing.
    """
    _reads(desk, view)
    known, why = state.found(view, which), in_words(reason, "your reason", MAX_WORDS)
    theirs = [each for each in _ideas(view, known.id) if each.idea and sender(each.idea) == organisation]
    if not theirs:
        raise BadInputError("choose whoever it is from the list")
    body = {state.REASON: why}
    desk.append(view.reader, [Draft(BARRED, each.label, about=each.id, body=body) for each in theirs])
    return len(theirs)


def score(desk: Desk, view: View, which: str, *, marks: Sequence[str], words: str) -> None:
    """Score a submission, once; nobody sees another's marks before he has given his own.

    Raises:
        NotFoundError: if the view has no such submission.
        BadInputError: if a mark is none, or the words are missing.
        RefusedError: if he has scored it, has an interest, sees what others gave, or it is decided; or he has no role.
    """
    _reads(desk, view)
    known = state.submission_in(view, which)
    plan = state.found(view, known.challenge)
    decides = profile.of(desk).allows(view.reader, ACT)
    if fault := rules.why_not_scored(known, view.reader.name, decides=decides):
        raise RefusedError(fault)
    if len(marks) != len(plan.criteria):
        raise BadInputError(f"there are {len(plan.criteria)} criteria; give each a mark")
    given = rules.open_marks(marks, plan.criteria)
    body = {
        state.MARKS: json.dumps(given),
        state.WORDS: in_words(words, "what speaks for it and against it", MAX_WORDS),
    }
    desk.append(
        view.reader, [Draft(SCORED, known.label, about=which, body=body, key=(which, view.reader.name))], once=True
    )


def discuss(desk: Desk, view: View, which: str, *, words: str) -> None:
    """Write down what readers who were far apart made of it together.

    Raises:
        NotFoundError: if the view has no such submission.
        BadInputError: if the words are missing.
        RefusedError: if he has not scored it himself, it is decided, or the role is missing.
    """
    _reads(desk, view)
    known = state.submission_in(view, which)
    if known.decision is not None or known.score_by(view.reader.name) is None:
        raise RefusedError("those who scored it talk it over, before it is decided")
    body = {state.WORDS: in_words(words, "what came of it", MAX_WORDS)}
    desk.append(view.reader, [Draft(DISCUSSED, known.label, about=which, body=body)])


def decide(desk: Desk, view: View, which: str, *, outcome: str, reason: str) -> None:
    """Decide on a submission, for good.

    Raises:
        NotFoundError: if the view has no such submission.
        BadInputError: if it is not said what, or why.
        RefusedError: if too few have scored it, they are far apart, he has an interest, or the role is missing.
    """
    check(desk, view)
    known = state.submission_in(view, which)
    plan = state.found(view, known.challenge)
    if fault := rules.why_not_decided(plan, known, view.reader.name):
        raise RefusedError(fault)
    chosen = next((each for each in Outcome if each.value == outcome), None)
    if chosen is None:
        raise BadInputError(f"choose: {', '.join(each.value for each in Outcome)}")
    body = {state.OUTCOME: chosen.value, state.REASON: in_words(reason, "your reason", MAX_WORDS)}
    desk.append(view.reader, [Draft(DECIDED, known.label, about=which, body=body, key=(which,))], once=True)


def tell(desk: Desk, view: View, which: str, *, words: str) -> None:
    """Write to whoever sent it in what was decided and why; the gate judges the letter before it is posted.

    Raises:
        NotFoundError: if the view has no such submission.
        BadInputError: if the words are missing or too long.
        RefusedError: if it is undecided, he was told, the gate refuses, or the role is missing.
    """
    check(desk, view)
    known = state.submission_in(view, which)
    if known.decision is None or known.idea is None:
        raise RefusedError("it is undecided; decide first, with a reason")
    if known.told:
        raise RefusedError("the letter is posted")
    said = in_words(words, "the letter", MAX_LETTER)
    posting = Posting(known.idea.place, known.idea.reply_to, _LETTERS[known.decision.outcome], said)
    noted = Draft(FEEDBACK, known.label, about=which, body={state.WORDS: said}, key=(which,))
    letters.post(desk, view, TABLE, [posting], beside=[noted])


def owed_by(known: Submission) -> datetime | None:
    """Until when whoever sent it in is told why he was not taken, by the place's holidays; None: nothing is owed."""
    return rules.feedback_due(known, law.shipped().holidays)


def sender(idea: Idea) -> str:
    """By what whoever sent an idea in is called: the organisation, or the person himself."""
    return idea.organisation or idea.contact


def senders(view: View, which: str) -> tuple[str, ...]:
    """Who sent something in for a challenge, by name, and not which idea is whose."""
    return tuple(sorted({sender(each.idea) for each in _ideas(view, which) if each.idea}, key=str.casefold))


def in_turn(desk: Desk, reader: str, submissions: Sequence[Submission]) -> tuple[Submission, ...]:
    """Submissions in the order in which a reader reads them: another for each, so that none is always the first."""
    return tuple(sorted(submissions, key=lambda each: desk.ids.of("reading order", reader, each.id)))


def _ideas(view: View, which: str) -> list[Submission]:
    return [each for each in state.challenges(view).sent_to(which) if each.idea is not None]


def _still_sealed(view: View, which: str) -> list[Submission]:
    return [each for each in state.challenges(view).sent_to(which) if each.idea is None and not each.damaged]


def _opened(desk: Desk, view: View, plan: Planned, known: Submission) -> Draft:
    """That a submission was opened, with what stands in it; or that it could not be."""
    sealed = view.kept(known.sealed, about=known.id)
    try:
        found = formats.submission_in(sealed, keys.key_of(desk, plan.id), plan.id)
    except (BadInputError, DamagedError, RefusedError) as fault:
        return Draft(DAMAGED, known.label, about=known.id, body={state.REASON: str(fault)}, key=(known.id,))
    files = tuple(File(each.name, each.media_type, desk.keep(each.held)) for each in found.files)
    idea = Idea(found.organisation, found.contact, found.email, found.parts, found.place, found.reply_to, files)
    kept = {f"file {at}": each.digest for at, each in enumerate(files)}
    body = {state.IDEA: state.idea_written(idea), **kept}
    return Draft(OPENED, known.label, about=known.id, body=body, key=(known.id,))


def _reads(desk: Desk, view: View) -> None:
    """Readers are assessors, or whoever runs the challenge."""
    refuse_the_past(view)
    if not profile.of(desk).allows(view.reader, READ):
        check(desk, view)
