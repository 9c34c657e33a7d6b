"""Acts on rounds: plan and announce one, decide on its questions, write answers, and make the one release of them.

Each decision crosses as part of one order about the round, and shows at the round's next turn, never when it was made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.gate.bundles import rounds, telling
from leconfield.gate.bundles.content import MAX_WORDS, canonical, fault_in_words
from leconfield.gate.bundles.rounds import Became, Category, Change, Round, Stage
from leconfield.gate.release import sealing
from leconfield.gate.release import service as releases
from leconfield.gate.release.forms import TEXT, TEXT_TYPE
from leconfield.gate.release.model import Aside, Step
from leconfield.gate.release.state import found as release_found
from leconfield.ledger import labels
from leconfield.ledger.acting import in_words, refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import EntryId
from leconfield.ledger.model import Question as Asking
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.outreach import orders, profile
from leconfield.outreach.rounds import asking, rules, standing, state
from leconfield.outreach.rounds.model import (
    ANNOUNCEMENT,
    ANSWERED,
    ANSWERS,
    BOUND,
    DECIDED,
    MOVED,
    PLANNED,
    Decision,
    Planned,
    Question,
)

AREA: Final = "rounds"
MODERATE: Final = "moderate"
ANSWER: Final = "answer"
LEAD: Final = timedelta(hours=6)
"""How long before a turn something is decided to show at it: time for a crossing that is made once a day."""
MAX_TITLE: Final = 120
MAX_REASON: Final = 1_000
MAX_ANSWER: Final = 6_000
MAX_PERSONA: Final = 60
LATE: Final = "its instant has passed without its answers; put them off to a new one first"


def plan(desk: Desk, view: View, *, title: str, plan: Round, label: str = "") -> str:
    """Plan a round; its id. Its instants stand from now on: they can only be put off, and that is told.

    It is known to nobody who may not know of its questions, whatever the label says.

    Raises:
        BadInputError: if the title is missing, or the instants will not do.
        RefusedError: if he may not, or it would open in the past.
    """
    _may(desk, view, MODERATE)
    if fault := rounds.fault_in(plan):
        raise BadInputError(fault)
    if plan.opens <= desk.clock():
        raise RefusedError("it would have opened by now; every instant is fixed before a round opens")
    named = in_words(title, "the title", MAX_TITLE)
    if fault := fault_in_words(named, "title"):
        raise BadInputError(fault)
    rules_here = profile.of(desk)
    its_label = labels.all_of((label.strip() or rules_here.area(AREA), rules_here.label(rounds.QUESTION)))
    its_plan = replace(plan, announcement="", answers="")
    which = desk.ids.of("round", view.reader.name, stamp(desk.clock()), named)
    body = {state.TITLE: named, state.PLAN: _written(its_plan)}
    order = _ordered(view, rounds.ROUND, which, rounds.body_of(its_plan), its_label)
    desk.append(view.reader, [Draft(PLANNED, its_label, about=which, body=body, key=(which,)), *order])
    return which


def put_off(desk: Desk, view: View, which: str, *, days: int, reason: str) -> None:
    """Put the answers of a round off by whole days, at the same hour, and say so outside; also once they are late.

    Raises:
        NotFoundError: if the view has no such round.
        BadInputError: if the reason is missing, or it is not 1 to 30 days.
        RefusedError: if he may not, their release stands, or the new instant is too near.
    """
    _may(desk, view, MODERATE)
    known = state.found(view, which)
    why = in_words(reason, "your reason", MAX_REASON)
    if not 1 <= days <= 30:
        raise BadInputError("put it off by 1 to 30 days")
    standing.check_unmade(view, known)
    later = timedelta(days=days)
    plan = known.plan
    moved = replace(plan, due=plan.due + later, publishes=plan.publishes + later, put_off=plan.put_off + 1)
    if moved.publishes <= desk.clock() + rounds.LEAST_MARGIN:
        raise RefusedError("they would be late again; put them off by more days")
    if fault := rounds.fault_in(moved):
        raise BadInputError(fault)
    body = {state.PLAN: _written(moved), state.REASON: why}
    order = _ordered(view, rounds.ROUND, known.id, rounds.body_of(moved), known.label)
    standing.append(desk, view, known, [Draft(MOVED, known.label, about=known.id, body=body), *order])


def announce(desk: Desk, view: View, which: str, *, words: str) -> str:
    """Draft the release that announces a round; its id. The gate judges it, and two approve, as of any.

    Raises:
        NotFoundError: if the view has no such round.
        BadInputError: if the words are missing, or no blocks.
        RefusedError: if he may not, or it has been announced.
    """
    _may(desk, view, MODERATE)
    known = state.found(view, which)
    if known.plan.announcement:
        raise RefusedError("its announcement is drafted; edit it among the releases")
    text = telling.written(telling.blocks(in_words(words, "the announcement", MAX_ANSWER)))
    files = {TEXT: (TEXT_TYPE, text.encode())}
    drafted = releases.draft(desk, view, "round", "public", files, label=known.label, title=known.title)
    _bind(desk, view, known, ANNOUNCEMENT, drafted)
    return drafted


def accept(desk: Desk, view: View, which: str, *, words: str, nobody: bool = False) -> None:
    """Take a question in, to be shown in these words and answered.

    `nobody`: he has read it, and what looks like a name in it is none.

    Raises:
        NotFoundError: if the view has no such question.
        BadInputError: if the words are missing or too long.
        RefusedError: if it names somebody, if the gate does not let it be shown, or if he may not.
    """
    known, planned = _open(desk, view, which)
    shown = rules.one_line(in_words(words, "the question as it is shown", min(MAX_WORDS, planned.plan.longest)))
    if fault := fault_in_words(shown, "question"):
        raise BadInputError(fault)
    if fault := asking.fault_in(desk, view, shown, planned.label, nobody=nobody):
        raise RefusedError(fault)
    _decide(desk, view, planned, known, Change(_since(desk, planned), Became.ACCEPTED, words=shown), "")


def merge(desk: Desk, view: View, which: str, *, into: str, reason: str) -> None:
    """Have a question answered where another is; a person says so, nothing ever merges by itself.

    Raises:
        NotFoundError: if the view has no such question, or no such other one in its round.
        RefusedError: if they are one, if the other is not accepted, or if he may not.
    """
    known, planned = _open(desk, view, which)
    other = state.question(view, into.strip())
    if other.round != known.round:
        raise NotFoundError("no such question here; look it up in its round")
    if other.id == known.id or not other.accepted:
        raise RefusedError("a question is merged into another that is accepted; accept that one first")
    why = in_words(reason, "your reason", MAX_REASON)
    _decide(desk, view, planned, known, Change(_since(desk, planned), Became.MERGED, into=other.id), why)


def refuse(desk: Desk, view: View, which: str, *, category: str, reason: str) -> None:
    """Leave a question without an answer; outside nothing shows but the category, in the same words for all.

    Raises:
        NotFoundError: if the view has no such question.
        BadInputError: if there is no such category, or no reason.
        RefusedError: if others were merged into it, or he may not.
    """
    known, planned = _open(desk, view, which)
    chosen = next((each for each in Category if each.value == category), None)
    if chosen is None:
        raise BadInputError(f"choose why: {', '.join(each.value for each in Category)}")
    why = in_words(reason, "your reason", MAX_REASON)
    nothing_hangs_on(view, known)
    _decide(desk, view, planned, known, Change(_since(desk, planned), Became.REFUSED, category=chosen), why)


def write(desk: Desk, view: View, which: str, *, words: str, persona: str = "") -> None:
    """Write an answer, or go over another's; the last one stands. Nothing of it shows before the round's instant.

    Raises:
        NotFoundError: if the view has no such question.
        BadInputError: if the words are missing, too long or no paragraphs, or the persona is no name in one line.
        RefusedError: if he may not, the question is not accepted, or the release of the answers stands.
    """
    _may(desk, view, ANSWER)
    known, planned = standing.unmade(view, which)
    if not known.accepted:
        raise RefusedError("an accepted question is answered; accept it first")
    kept = in_words(words, "the answer", MAX_ANSWER)
    named = rules.one_line(persona)[:MAX_PERSONA]
    if fault := fault_in_words(named, "persona"):
        raise BadInputError(fault)
    body = {state.WORDS: kept, state.PERSONA: named}
    standing.append(desk, view, planned, [Draft(ANSWERED, planned.label, about=known.id, body=body)])


def make_release(desk: Desk, view: View, which: str) -> str:
    """Draft the one release of all answers of a round, to show at its instant; its id.

    From then on nothing in the round changes: what two approve is what was decided and answered.

    Raises:
        NotFoundError: if the view has no such round.
        RefusedError: if he may not, the round is open, something is undecided or unanswered, or the release stands.
    """
    _may(desk, view, MODERATE)
    known = state.found(view, which)
    standing.check_unmade(view, known)
    now = desk.clock()
    stage = rounds.stage(known.plan, now)
    if stage in (Stage.ANNOUNCED, Stage.OPEN):
        raise RefusedError("the round is not closed yet; its answers are put together when no more questions come")
    if stage is Stage.OUT:
        raise RefusedError(LATE)
    if known.votes is None:
        raise RefusedError("its ballots have not come in; import what lies in the window's spool first")
    questions = state.questions_of(view, which)
    if fault := rules.unready(questions):
        raise RefusedError(fault)
    ordered = rules.in_order(known, questions)
    text = telling.written(rules.blocks_of(ordered))
    files = {TEXT: (TEXT_TYPE, text.encode())}
    persona = next((each.answer.persona for each in ordered if each.answer and each.answer.persona), "")
    counts = rounds.counts_body(rules.tally(known.plan, questions))
    beside = _ordered(view, rounds.COUNTS, known.id, counts, known.label)
    embargo, title = rounds.written(known.plan.publishes), f"Answers: {known.title}"
    made = releases.draft(
        desk, view, "answers", "public", files, label=known.label, title=title, embargo=embargo, aside=Aside(persona)
    )
    _bind(desk, view, known, ANSWERS, made, beside)
    return made


def take_apart(desk: Desk, view: View, which: str, *, reason: str) -> None:
    """Take back the release of a round's answers before it is sealed, so that they can change; its approvals end.

    Raises:
        NotFoundError: if the view has no such round.
        BadInputError: if the reason is missing.
        RefusedError: if he may not, it is sealed, or there is none.
    """
    _may(desk, view, MODERATE)
    known = state.found(view, which)
    made = standing.answers_of(view, known)
    if not made or release_found(view, made).state not in standing.OPEN:
        raise RefusedError(standing.OUT if made else "its answers are not put together; there is nothing to take apart")
    releases.take(desk, view, made, Step.WITHDRAW, reason=in_words(reason, "your reason", MAX_REASON))


def _bind(desk: Desk, view: View, known: Planned, as_what: str, drafted: str, beside: Sequence[Draft] = ()) -> None:
    """Have the round's order name a release, which the window knows by its public id; or take the release back."""
    public = sealing.public_id(desk, EntryId(drafted))
    bound = state.bound_to(known.plan, as_what, public)
    if bound is None:
        raise BadInputError("a release announces a round or answers it")
    body = {state.AS: as_what, state.RELEASE: public, "draft": drafted}
    order = _ordered(view, rounds.ROUND, known.id, rounds.body_of(bound), known.label)
    entry = Draft(BOUND, known.label, about=known.id, body=body, key=(known.id, as_what, drafted))
    try:
        standing.append(desk, view, known, [entry, *order, *beside])
    except RefusedError:
        now = desk.view(view.reader, asking=Asking("round", known.id))
        releases.take(desk, now, drafted, Step.WITHDRAW, reason="The round has changed meanwhile.")
        raise


def _decide(desk: Desk, view: View, planned: Planned, known: Question, change: Change, reason: str) -> None:
    standing.append(desk, view, planned, decision_drafts(view, planned, known, change, reason, DECIDED))


def decision_drafts(
    view: View, planned: Planned, known: Question, change: Change, reason: str, kind: str
) -> list[Draft]:
    """The entry of a decision, and the order that tells the window of it."""
    body = {
        "since": rounds.written(change.since),
        "became": change.became.value,
        state.WORDS: change.words,
        "into": change.into,
        "category": change.category.value if change.category else "",
        state.REASON: reason,
    }
    decision = Decision(EntryId(""), view.moment, view.reader.name, change, reason)
    decided = replace(known, decisions=(*known.decisions, decision))
    others = [each for each in state.questions_of(view, planned.id) if each.id != known.id]
    told = rounds.questions_body(rules.told([*others, decided]))
    order = _ordered(view, rounds.QUESTIONS, planned.id, told, planned.label)
    entry = Draft(kind, planned.label, about=known.id, body={name: each for name, each in body.items() if each})
    return [entry, *order]


def open_question(desk: Desk, view: View, which: str) -> tuple[Question, Planned]:
    """A question on which one may still decide, and its round.

    Raises:
        NotFoundError: if the view has no such question.
        RefusedError: if he may not, the release of the round's answers stands, or they are out.
    """
    return _open(desk, view, which)


def since(desk: Desk, planned: Planned) -> datetime:
    """When what is decided now shows."""
    return _since(desk, planned)


def _since(desk: Desk, planned: Planned) -> datetime:
    return min(rounds.turn(planned.plan, desk.clock() + LEAD), planned.plan.publishes)


def _open(desk: Desk, view: View, which: str) -> tuple[Question, Planned]:
    _may(desk, view, MODERATE)
    known, planned = standing.unmade(view, which)
    if rounds.stage(planned.plan, desk.clock()) is Stage.OUT:
        raise RefusedError(LATE)
    return known, planned


def nothing_hangs_on(view: View, known: Question) -> None:
    """Make sure that no other question is answered where this one is.

    Raises:
        RefusedError: if one is.
    """
    merged: Sequence[Question] = [
        each
        for each in state.questions_of(view, known.round)
        if each.decision and each.decision.change.into == known.id and each.id != known.id
    ]
    if merged:
        raise RefusedError(f"{len(merged)} others were merged into it; decide on those first")


def _ordered(view: View, kind: str, about: str, body: dict[str, object], label: str) -> list[Draft]:
    made = orders.drafted(view, kind, about, body, label)
    return [] if made is None else [made]


def _written(plan: Round) -> str:
    return canonical(rounds.body_of(plan)).decode()


def _may(desk: Desk, view: View, act: str) -> None:
    refuse_the_past(view)
    profile.of(desk).require(view.reader, act)
