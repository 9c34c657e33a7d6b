"""Acts on a challenge: plan it, draft its brief, announce it, settle questions, draft the answers, tell the outcome."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from leconfield.errors import BadInputError, RefusedError
from leconfield.gate.bundles import challenges as formats
from leconfield.gate.bundles.challenges import Challenge, Dates, Stage
from leconfield.gate.bundles.content import MAX_WORDS, fault_in_words
from leconfield.gate.bundles.telling import Block, Heading, Paragraph, blocks, written
from leconfield.gate.release import sealing
from leconfield.gate.release import service as releases
from leconfield.gate.release.forms import TEXT, TEXT_TYPE
from leconfield.gate.release.model import Release, State
from leconfield.gate.release.state import found as release_in
from leconfield.ledger import labels
from leconfield.ledger.acting import in_words, refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import EntryId
from leconfield.ledger.model import Question as Asking
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.outreach import orders, profile
from leconfield.outreach.challenges import keys, rules, state
from leconfield.outreach.challenges.model import (
    ANNOUNCED,
    ANSWERED,
    BOUND,
    BRIEFED,
    PLANNED,
    SET_ASIDE,
    TOLD,
    Aside,
    Outcome,
    Planned,
    Question,
)

AREA: Final = "challenges"
ACT: Final = "challenge"
MAX_TITLE: Final = 120
MAX_BRIEF: Final = 40_000
MAX_ANSWER: Final = 4_000
MAX_REASON: Final = 2_000
_ID_DIGITS: Final = 16
_AUDIENCE: Final = "public"


def plan(
    desk: Desk,
    view: View,
    *,
    title: str,
    dates: Dates,
    criteria: str = "",
    limits: Mapping[str, int] | None = None,
    files: int = formats.MAX_FILES,
    label: str = "",
) -> str:
    """Plan a challenge; its id.

    Raises:
        BadInputError: if the title is missing, or dates, criteria or limits will not do.
        RefusedError: if the role is missing, or the label hides it from whoever plans it.
    """
    check(desk, view)
    named = in_words(" ".join(title.split()), "the title", MAX_TITLE)
    if fault := fault_in_words(named, "title") or formats.fault_in_dates(dates):
        raise BadInputError(fault)
    most = {**formats.PARTS, **(limits or {})}
    if set(most) != set(formats.PARTS) or not all(0 < each <= formats.MOST_WORDS for each in most.values()):
        raise BadInputError(f"limits are words for each part, 1 to {formats.MOST_WORDS:,}")
    if not 0 <= files <= formats.MAX_FILES:
        raise BadInputError(f"0 to {formats.MAX_FILES} files may come with a submission")
    its_label = str(labels.parse(label.strip() or profile.of(desk).area(AREA)))
    which = desk.ids.of("challenge", view.reader.name, stamp(desk.clock()), named)[:_ID_DIGITS]
    made = Planned(which, named, its_label, dates, most, files, rules.criteria_in(criteria), "", "")
    body = {state.PLAN: state.plan_written(made)}
    desk.append(view.reader, [Draft(PLANNED, its_label, about=which, body=body, key=(which,))])
    return which


def skeleton() -> str:
    """How a brief begins: its parts, to be filled in."""
    return "\n\n".join(f"## {heading}\n\n" for heading in formats.SECTIONS.values())


def brief(desk: Desk, view: View, which: str, *, words: str) -> EntryId:
    """Draft the release that is the brief; its id. The gate judges it, and two approve, as of any.

    Raises:
        NotFoundError: if the view has no such challenge.
        BadInputError: if a part of the brief is missing.
        RefusedError: if there is one already, or the role is missing.
    """
    check(desk, view)
    known = state.found(view, which)
    if known.brief:
        raise RefusedError("its brief is drafted; edit it among the releases")
    told = blocks(in_words(words, "the brief", MAX_BRIEF))
    formats.parts_of_brief(told)
    drafted = _drafted(desk, view, formats.BRIEF_FORM, known, known.title, told)
    noted = Draft(BRIEFED, known.label, about=which, body={state.RELEASE: drafted}, key=(which,))
    desk.append(view.reader, [noted], once=True)
    return drafted


def announce(desk: Desk, view: View, which: str) -> Challenge:
    """Order the dates of a challenge; from then on they stand. It shows as soon as its brief does.

    Raises:
        NotFoundError: if the view has no such challenge.
        RefusedError: if its brief is not sealed, it would have opened by now, or the role is missing.
        BadInputError: if a part of the brief as it was sealed is missing.
    """
    check(desk, view)
    known = state.found(view, which)
    if fault := why_not_announced(desk, view, known):
        raise RefusedError(fault)
    release = release_in(view, known.brief or "")
    formats.parts_of_brief(blocks(releases.files_of(view, release)[TEXT].decode()))
    made = Challenge(
        known.id,
        sealing.public_id(desk, release.id),
        known.dates,
        keys.public_of(desk, known.id),
        known.limits,
        known.files,
    )
    order = orders.drafted(view, formats.KIND, known.id, formats.body_of(made), known.label)
    draft = Draft(ANNOUNCED, known.label, about=which, key=(which,))
    desk.append(view.reader, [draft, *([order] if order else [])], once=True)
    return made


def why_not_announced(desk: Desk, view: View, known: Planned) -> str:
    """Why a challenge may not be announced; empty if it may."""
    if known.announced:
        return "it is announced; its dates stand"
    if not known.brief:
        return "draft its brief first"
    if not release_in(view, known.brief).was_sealed:
        return "its brief is not sealed yet: have the gate check it, and two approve and seal it, on the release's page"
    if known.dates.stage(desk.clock()) is not Stage.AHEAD:
        return "it would have opened by now; every date is fixed before a challenge opens: plan it anew"
    return ""


def answer(desk: Desk, view: View, which: str, *, shown: str, words: str) -> None:
    """Answer a question, in the words in which it will be published; the last answer stands.

    If the release of all answers is drafted, it follows: whoever approved it approves it anew.

    Raises:
        NotFoundError: if the view has no such question.
        BadInputError: if words are missing or too long, or are no paragraphs.
        RefusedError: if the answers are sealed, or the role is missing.
    """
    check(desk, view)
    known = state.question_in(view, which)
    plan_ = state.found(view, known.challenge)
    _not_sealed(view, plan_)
    asked = in_words(" ".join(shown.split()), "the question as it is published", MAX_WORDS)
    said = in_words(words, "the answer", MAX_ANSWER)
    if not all(isinstance(each, Paragraph) for each in blocks(said)):
        raise BadInputError("an answer is plain paragraphs, without headings, lists or pictures")
    body = {state.SHOWN: asked, state.WORDS: said}
    settled = replace(known, shown=asked, answer=said, aside=None)
    _settle(desk, view, plan_, settled, Draft(ANSWERED, plan_.label, about=which, body=body))


def set_aside(desk: Desk, view: View, which: str, *, why: str, reason: str) -> None:
    """Leave a question without an answer, and say why inside; one that came too late is left so after the seal, too.

    Raises:
        NotFoundError: if the view has no such question.
        BadInputError: if it is not said why.
        RefusedError: if it is settled and the answers are sealed, it is the only one that is answered in a release
            that is drafted, or the role is missing.
    """
    check(desk, view)
    known = state.question_in(view, which)
    plan_ = state.found(view, known.challenge)
    if known.settled:
        _not_sealed(view, plan_)
    chosen = next((each for each in Aside if each.value == why), None)
    if chosen is None:
        raise BadInputError(f"choose why: {', '.join(each.value for each in Aside)}")
    body = {state.ASIDE: chosen.value, state.REASON: in_words(reason, "your reason", MAX_REASON)}
    settled = replace(known, answer="", aside=chosen)
    _settle(desk, view, plan_, settled, Draft(SET_ASIDE, plan_.label, about=which, body=body))


def draft_answers(desk: Desk, view: View, which: str) -> EntryId:
    """Draft the one release of all answers, to show at the instant that was fixed; its id.

    Raises:
        NotFoundError: if the view has no such challenge.
        RefusedError: if questions are still taken, there is one already, a question is not settled, none is answered,
            or the role is missing.
    """
    check(desk, view)
    known = state.found(view, which)
    if fault := why_no_answers(desk, view, known):
        raise RefusedError(fault)
    told = _answers_to(state.challenges(view).asked_of(which))
    title = f"{known.title}: questions and answers"[:MAX_WORDS]
    drafted = _drafted(desk, view, formats.ANSWERS_FORM, known, title, told, embargo=known.dates.answers)
    body = {state.RELEASE: str(drafted)}
    order = orders.drafted(view, formats.ANSWERS, which, {"release": sealing.public_id(desk, drafted)}, known.label)
    draft = Draft(BOUND, known.label, about=which, body=body, key=(drafted,))
    desk.append(view.reader, [draft, *([order] if order else [])], once=True)
    return drafted


def why_no_answers(desk: Desk, view: View, known: Planned) -> str:
    """Why the answers to a challenge may not be drafted; empty if they may."""
    if known.answers and not _given_up(release_in(view, known.answers)):
        return "they are drafted; change an answer at its question, and the release follows"
    if known.dates.stage(desk.clock()) in (Stage.AHEAD, Stage.ASKING):
        return f"questions are taken until {rules.told(known.dates.questions_until)}; draft the answers then"
    asked = state.challenges(view).asked_of(known.id)
    if missing := sum(not each.settled for each in asked):
        return f"{missing} of {len(asked)} questions are neither answered nor set aside"
    return "" if any(each.answer for each in asked) else "no question is answered; there is nothing to publish"


def tell_outcome(desk: Desk, view: View, which: str) -> tuple[int, int]:
    """Have the window say how many came and how many were taken forward; these two numbers.

    Raises:
        NotFoundError: if the view has no such challenge.
        RefusedError: if something is undecided, its day has not come, or the role is missing.
    """
    check(desk, view)
    known = state.found(view, which)
    if fault := why_no_outcome(desk, view, known):
        raise RefusedError(fault)
    sent = state.challenges(view).sent_to(which)
    taken = sum(each.decision is not None and each.decision.outcome is Outcome.TAKEN for each in sent)
    order = orders.drafted(view, formats.OUTCOME, which, {"received": len(sent), "taken": taken}, known.label)
    draft = Draft(TOLD, known.label, about=which, key=(which,))
    desk.append(view.reader, [draft, *([order] if order else [])], once=True)
    return len(sent), taken


def why_no_outcome(desk: Desk, view: View, known: Planned) -> str:
    """Why the outcome may not be told; empty if it may."""
    if known.outcome_told:
        return "it was told"
    if known.dates.stage(desk.clock()) is not Stage.OVER:
        return f"it is told from {rules.told(known.dates.decision)} on, the day that was announced"
    sent = state.challenges(view).sent_to(known.id)
    open_ = sum(each.decision is None and not each.damaged for each in sent)
    return f"{open_} of {len(sent)} submissions are undecided" if open_ else ""


def check(desk: Desk, view: View) -> None:
    """Make sure that whoever acts may, and acts now.

    Raises:
        RefusedError: if he looks at the past, or holds no role for it.
    """
    refuse_the_past(view)
    profile.of(desk).require(view.reader, ACT)


def again(desk: Desk, view: View, which: str) -> View:
    """The view as it is now."""
    return desk.view(view.reader, asking=Asking("challenge", which))


def _not_sealed(view: View, known: Planned) -> None:
    if known.answers and release_in(view, known.answers).was_sealed:
        raise RefusedError("the answers are sealed; what is said now would not be among them")


def _given_up(release: Release) -> bool:
    """Whether a draft was withdrawn before it was ever sealed: another may take its place."""
    return release.state is State.WITHDRAWN and not release.was_sealed


def _settle(desk: Desk, view: View, known: Planned, settled: Question, noted: Draft) -> None:
    """Note what was said of a question. The release goes first: what is noted is never missing from what is sealed."""
    asked = [settled if each.id == settled.id else each for each in state.challenges(view).asked_of(known.id)]
    _follow(desk, view, known, asked)
    desk.append(view.reader, [noted])
    later = again(desk, view, known.id)
    _follow(desk, later, known, state.challenges(later).asked_of(known.id))


def _follow(desk: Desk, view: View, known: Planned, asked: Iterable[Question]) -> None:
    """Have the release of all answers, if it is drafted and not sealed, say what they say; its approvals lapse."""
    release = release_in(view, known.answers) if known.answers else None
    if release is None or release.was_sealed or _given_up(release):
        return
    told = _answers_to(asked)
    if not told:
        raise RefusedError("nothing is left to publish; withdraw the release of all answers first")
    text = written(told).encode()
    if text != releases.files_of(view, release).get(TEXT):
        content = release.content
        releases.edit(desk, view, release.id, {TEXT: (TEXT_TYPE, text)}, title=content.title, embargo=content.embargo)


def _answers_to(asked: Iterable[Question]) -> list[Block]:
    """What is published of questions: each one that is answered as a heading, with its answer under it."""
    return [part for each in asked if each.answer for part in (Heading(each.shown), *blocks(each.answer))]


def _drafted(
    desk: Desk,
    view: View,
    form: str,
    known: Planned,
    title: str,
    told: Sequence[Block],
    embargo: str = "",
) -> EntryId:
    files = {TEXT: (TEXT_TYPE, written(told).encode())}
    return releases.draft(desk, view, form, _AUDIENCE, files, label=known.label, title=title, embargo=embargo)
