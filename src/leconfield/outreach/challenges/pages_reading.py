"""Officers' pages of what comes in: one question with its answer; one submission with its scores and its decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.desk.clocks import DAY, Due, due_by
from leconfield.errors import BadInputError, LeconfieldError, NotFoundError
from leconfield.gate.bundles.challenges import PARTS
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.outreach import profile
from leconfield.outreach.challenges import rules, service, state
from leconfield.outreach.challenges import service_submissions as reading
from leconfield.outreach.challenges.model import Aside, Outcome, Submission
from leconfield.outreach.frame import shown
from leconfield.web.downloads import download
from leconfield.web.visit import Visit, get, post

BASE: Final = "/window/challenges"
QUESTION: Final = f"{BASE}/questions/{{question}}"
SUBMISSION: Final = f"{BASE}/submissions/{{submission}}"
HEADINGS: Final[Mapping[str, str]] = {
    "summary": "In short",
    "approach": "How it works",
    "evidence": "What shows that it can work",
    "team": "Who would do it",
    "plan": "Plan and costs",
    "risks": "What could go wrong",
    "needs": "What they need from us",
}
_TYPED: Final = ("shown", "words", "why", "reason", "outcome", "feedback", "letter")
Acts = Mapping[str, Callable[[Visit, View, str, Mapping[str, str]], str]]


def question(visit: Visit) -> Response:
    """One question."""
    view = visit.view("challenge, question", visit.part("question"))
    return _question(visit, view, {each: visit.asked(each) for each in _TYPED}, "")


def _question(visit: Visit, view: View, filled: Mapping[str, str], fault: str) -> Response:
    known = state.question_in(view, visit.part("question"))
    plan = state.found(view, known.challenge)
    return shown(
        visit,
        view,
        "window/challenges/question.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        known=known,
        plan=plan,
        filled={
            **filled,
            "shown": filled["shown"] or known.shown or known.words,
            "words": filled["words"] or known.answer,
        },
        asides=[(each.value, each.value.capitalize()) for each in Aside],
        url=f"{BASE}/questions/{known.id}",
        back=f"{BASE}/{plan.id}",
        fault=fault,
        may=profile.of(visit.desk).allows(view.reader, service.ACT),
    )


def act_on_question(visit: Visit) -> Response:
    """Answer a question, or set it aside."""
    which, what = visit.part("question"), visit.part("act")
    view = visit.present(f"challenge, {what}"[:60], which)
    filled = {each: visit.filled(each) for each in _TYPED}
    chosen = _named(_ON_QUESTION, what)
    try:
        said = chosen(visit, view, which, filled)
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _question(visit, view, filled, str(error))
    return visit.back_to(f"{BASE}/{state.question_in(view, which).challenge}#questions", said)


def _answer(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> str:
    service.answer(visit.desk, view, which, shown=filled["shown"], words=filled["words"])
    return "Answered. It shows with all others, at the instant that was fixed; if their release is drafted, it follows."


def _aside(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> str:
    service.set_aside(visit.desk, view, which, why=filled["why"], reason=filled["reason"])
    return "Set aside."


_ON_QUESTION: Final[Acts] = {"answer": _answer, "aside": _aside}


def submission(visit: Visit) -> Response:
    """One submission."""
    view = visit.view("submission", visit.part("submission"))
    return _submission(visit, view, {each: visit.asked(each) for each in _TYPED}, (), "")


def _submission(visit: Visit, view: View, filled: Mapping[str, str], marks: tuple[str, ...], fault: str) -> Response:
    me = view.reader.name
    known = state.submission_in(view, visit.part("submission"))
    plan, its_profile = state.found(view, known.challenge), profile.of(visit.desk)
    may = its_profile.allows(view.reader, service.ACT)
    open_to_me = rules.seen_whole(known, me, decides=may)
    return shown(
        visit,
        view,
        "window/challenges/submission.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        known=known,
        me=me,
        plan=plan,
        headings=[(each, HEADINGS[each]) for each in PARTS],
        whole=open_to_me,
        sender=reading.sender(known.idea) if known.idea and open_to_me else "",
        mine=known.score_by(me),
        total=rules.total_of(plan, known) if open_to_me else None,
        apart=rules.far_apart(plan, known) if open_to_me else (),
        why_not_scored=rules.why_not_scored(known, me, decides=may),
        why_not_decided=rules.why_not_decided(plan, known, me),
        due=_due(visit, known),
        outcomes=[(each.value, each.value.capitalize()) for each in Outcome],
        marks=marks or tuple("" for _ in plan.criteria),
        url=f"{BASE}/submissions/{known.id}",
        back=f"{BASE}/{plan.id}",
        filled=filled,
        fault=fault,
        reads=its_profile.allows(view.reader, reading.READ) or may,
        may=may,
    )


def _due(visit: Visit, known: Submission) -> Due | None:
    last = reading.owed_by(known)
    return due_by(stamp(last)[:10], stamp(visit.desk.clock()), soon=2 * DAY, today=DAY) if last else None


def act_on_submission(visit: Visit) -> Response:
    """Score, talk over, decide, write the letter."""
    which, what = visit.part("submission"), visit.part("act")
    view = visit.present(f"submission, {what}"[:60], which)
    filled = {each: visit.filled(each) for each in _TYPED}
    chosen = _named(_ON_SUBMISSION, what)
    try:
        said = chosen(visit, view, which, filled)
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _submission(visit, view, filled, _marks(visit, view, which) if what == "score" else (), str(error))
    return visit.back_to(f"{BASE}/submissions/{which}", said)


def _marks(visit: Visit, view: View, which: str) -> tuple[str, ...]:
    plan = state.found(view, state.submission_in(view, which).challenge)
    return tuple(visit.filled(f"mark-{number}") for number in range(1, len(plan.criteria) + 1))


def _score(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> str:
    reading.score(visit.desk, view, which, marks=_marks(visit, view, which), words=filled["words"])
    return "Scored. What you gave stands."


def _discuss(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> str:
    reading.discuss(visit.desk, view, which, words=filled["words"])
    return "Written down."


def _decide(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> str:
    reading.decide(visit.desk, view, which, outcome=filled["outcome"], reason=filled["reason"])
    return "Decided. Write the letter next."


def _tell(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> str:
    reading.tell(visit.desk, view, which, words=filled["letter"])
    return "Posted. It crosses with the next export."


_ON_SUBMISSION: Final[Acts] = {"score": _score, "discuss": _discuss, "decide": _decide, "tell": _tell}


def file(visit: Visit) -> Response:
    """A file that came with a submission, to be saved; it is not opened here."""
    which, number = visit.part("submission"), visit.part("number")
    view = visit.view("submission, file", which)
    known = state.submission_in(view, which)
    files = known.idea.files if known.idea else ()
    if not number.isascii() or not number.isdigit() or not 1 <= int(number[:3]) <= len(files):
        raise NotFoundError("no such file here; look at the submission")
    chosen = files[int(number) - 1]
    ending = chosen.name.rpartition(".")[2] if "." in chosen.name else "bin"
    safe = ending if ending.isascii() and ending.isalnum() and len(ending) <= 8 else "bin"
    return download(view.kept(chosen.digest, about=which), f"file-{number}.{safe}", "application/octet-stream")


def _named(acts: Acts, what: str) -> Callable[[Visit, View, str, Mapping[str, str]], str]:
    if what not in acts:
        raise BadInputError(f'"{what[:40]}" is nothing that is done here; choose {", ".join(acts)}')
    return acts[what]


ROUTES: Final[list[Route]] = [
    get(QUESTION, question),
    post(f"{QUESTION}/{{act}}", act_on_question),
    get(SUBMISSION, submission),
    get(f"{SUBMISSION}/files/{{number}}", file),
    post(f"{SUBMISSION}/{{act}}", act_on_submission),
]
