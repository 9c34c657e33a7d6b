"""Officers' pages of rounds: plan one, decide on its questions, write answers, make the release of all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.errors import BadInputError, LeconfieldError, NotFoundError
from leconfield.gate.bundles import rounds
from leconfield.gate.bundles.rounds import Category, Round, Stage
from leconfield.gate.mosaic.state import Personas
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.outreach import profile
from leconfield.outreach.frame import shown
from leconfield.outreach.rounds import asking, passing, rules, service, standing, state
from leconfield.outreach.rounds.model import Planned, Question
from leconfield.outreach.rounds.rules import Style
from leconfield.web.visit import Visit, get, post

BASE: Final = "/window/rounds"
_INSTANTS: Final = ("opens", "closes", "due", "publishes")
_PLANNED: Final = ("title", "label", *_INSTANTS)
_TYPED: Final = ("words", "reason", "category", "into", "persona", "days", "nobody")


@dataclass(frozen=True, slots=True)
class Row:
    """A question as the list of a round shows it."""

    question: Question
    url: str
    standing: str
    """`undecided`, `accepted`, `merged`, `refused`, `passed on`."""
    votes: int
    alike: int
    """How many others perhaps ask the same; counted for those that nobody has decided on."""
    answer: str
    """`written`, `one hand`, or nothing."""


def listed(visit: Visit) -> Response:
    """All rounds that one may know of, and the form that plans one."""
    return _list(visit, visit.view("rounds"), {each: visit.asked(each) for each in _PLANNED}, "")


def _list(visit: Visit, view: View, filled: Mapping[str, str], fault: str) -> Response:
    now = visit.desk.clock()
    rows = [
        (each, rounds.stage(each.plan, now), len(state.questions_of(view, each.id))) for each in state.planned(view)
    ]
    return shown(
        visit,
        view,
        "window/rounds/list.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        rows=[(each, stage.value, count, stamp(each.plan.publishes)) for each, stage, count in rows],
        filled={**filled, "label": filled["label"] or profile.of(visit.desk).area(service.AREA)},
        fault=fault,
        may=profile.of(visit.desk).allows(view.reader, service.MODERATE),
    )


def put(visit: Visit) -> Response:
    """Plan a round."""
    filled = {each: visit.filled(each) for each in _PLANNED}
    view = visit.present("rounds, plan")
    try:
        opens, closes, due, publishes = (rounds.instant_in(filled[each], each) for each in _INSTANTS)
        plan = Round(opens, closes, due, publishes)
        which = service.plan(visit.desk, view, title=filled["title"], plan=plan, label=filled["label"])
    except LeconfieldError as error:
        return _list(visit, view, filled, str(error))
    return visit.back_to(f"{BASE}/{which}", "Planned. Announce it: it shows outside once its announcement has left.")


def one(visit: Visit) -> Response:
    """One round: its instants, its announcement, its questions, its answers."""
    view = visit.view("round", visit.part("round"))
    return _one(visit, view, {each: visit.asked(each) for each in _TYPED}, "")


def _one(visit: Visit, view: View, filled: Mapping[str, str], fault: str) -> Response:
    known = state.found(view, visit.part("round"))
    questions = _questions(visit, view, known.id)
    now = visit.desk.clock()
    stage = rounds.stage(known.plan, now)
    return shown(
        visit,
        view,
        "window/rounds/one.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        known=known,
        stage=stage.value,
        instants=[(name, stamp(getattr(known.plan, name))) for name in _INSTANTS],
        rows=_rows(known, questions),
        unready=_unready(known, stage, questions),
        tally=rules.tally(known.plan, questions),
        announcement=standing.announcement_of(view, known),
        answers=standing.answers_of(view, known),
        out=standing.settled(view, known) == standing.OUT,
        url=f"{BASE}/{known.id}",
        filled=filled,
        fault=fault,
        may=profile.of(visit.desk).allows(view.reader, service.MODERATE),
    )


def _unready(known: Planned, stage: Stage, questions: list[Question]) -> str:
    if stage in (Stage.ANNOUNCED, Stage.OPEN):
        return "the round is not closed yet"
    if stage is Stage.OUT:
        return service.LATE
    if known.votes is None:
        return "its ballots have not come in yet; import what lies in the window's spool"
    return rules.unready(questions)


def _rows(known: Planned, questions: list[Question]) -> list[Row]:
    votes = rules.votes_of(known, questions)
    made = [_row(known, each, questions, votes) for each in questions]
    weight = {"undecided": 0, "accepted": 1, "merged": 2, "refused": 3, "passed on": 3}
    return sorted(made, key=lambda each: (weight[each.standing], -each.votes, each.question.id))


def _row(known: Planned, each: Question, questions: list[Question], votes: Mapping[str, int]) -> Row:
    standing = standing_of(each)
    alike = len(rules.alike(each, questions)) if standing == "undecided" else 0
    hands = len(each.hands)
    written = "" if not each.accepted or not hands else "one hand" if hands == 1 else "written"
    return Row(each, f"{BASE}/{known.id}/{each.id}", standing, votes.get(each.id, 0), alike, written)


def standing_of(question: Question) -> str:
    """How a question stands, in one or two words."""
    decision = question.decision
    if decision is None:
        return "undecided"
    return "passed on" if decision.passed else decision.change.became.value


def act(visit: Visit) -> Response:
    """Announce a round, put its answers off, make their release, or take it apart."""
    which, what = visit.part("round"), visit.part("act")
    view = visit.present(f"round, {what}"[:60], which)
    filled = {each: visit.filled(each) for each in _TYPED}
    chosen = _ACTS.get(what)
    if chosen is None:
        raise BadInputError(f'"{what[:40]}" is nothing that is done on a round; choose {", ".join(_ACTS)}')
    try:
        url = chosen(visit, view, which, filled)
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _one(visit, view, filled, str(error))
    return visit.back_to(url)


def _announce(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> str:
    return f"/releases/{service.announce(visit.desk, view, which, words=filled['words'])}"


def _put_off(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> str:
    days = int(filled["days"]) if filled["days"].strip().isdecimal() else 0
    service.put_off(visit.desk, view, which, days=days, reason=filled["reason"])
    return f"{BASE}/{which}"


def _release(visit: Visit, view: View, which: str, _filled: Mapping[str, str]) -> str:
    return f"/releases/{service.make_release(visit.desk, view, which)}"


def _take_apart(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> str:
    service.take_apart(visit.desk, view, which, reason=filled["reason"])
    return f"{BASE}/{which}"


_ACTS: Final[Mapping[str, Callable[[Visit, View, str, Mapping[str, str]], str]]] = {
    "announce": _announce,
    "put-off": _put_off,
    "release": _release,
    "take-apart": _take_apart,
}


def question(visit: Visit) -> Response:
    """One question: how it stands, what may be decided, and its answer."""
    view = visit.view("question", visit.part("question"))
    return _question(visit, view, {each: visit.asked(each) for each in _TYPED}, "", visit.asked("act"))


def _question(visit: Visit, view: View, filled: Mapping[str, str], fault: str, wanted: str) -> Response:
    asked, planned = _found(view, visit.part("round"), visit.part("question"))
    questions = _questions(visit, view, planned.id)
    known = next(each for each in questions if each.id == asked.id)
    its_profile = profile.of(visit.desk)
    return shown(
        visit,
        view,
        "window/rounds/question.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        known=known,
        planned=planned,
        standing=standing_of(known),
        shows=stamp(service.since(visit.desk, planned)),
        alike=rules.alike(known, questions),
        others=[(each.id, each.shown) for each in questions if each.accepted and each.id != known.id],
        named=asking.named_in(known.words),
        style=_style(view, known),
        settled=standing.settled(view, planned),
        personas=sorted(view.derived(Personas).names.values()),
        categories=[each.value for each in Category],
        url=f"{BASE}/{planned.id}/{known.id}",
        round_url=f"{BASE}/{planned.id}",
        wanted=wanted,
        filled=_prefilled(known, filled),
        fault=fault,
        may=its_profile.allows(view.reader, service.MODERATE),
        writes=its_profile.allows(view.reader, service.ANSWER),
    )


def _questions(visit: Visit, view: View, which: str) -> list[Question]:
    """The questions of a round; one that was passed on meanwhile is not read as it was at an earlier moment."""
    found = state.questions_of(view, which)
    if view.as_of is None:
        return found
    now = {each.id: each for each in state.questions_of(visit.present("round, passed on", which), which)}
    return [now[each.id] if each.id in now and now[each.id].passed else each for each in found]


def _prefilled(known: Question, filled: Mapping[str, str]) -> dict[str, str]:
    answer = known.answer
    return {
        **filled,
        "shown": filled["words"] or known.shown,
        "answer": filled["words"] or (answer.words if answer else ""),
        "persona": filled["persona"] or (answer.persona if answer else ""),
    }


def _style(view: View, known: Question) -> Style | None:
    """How the answer reads beside everything that officers answered in any round that the view shows."""
    answer = known.answer
    if answer is None:
        return None
    first = known.answers[0].by
    every = view.derived(state.Rounds).questions.values()
    written = [(each.answers[0].by, each.answer.words) for each in every if each.answer and each.id != known.id]
    return rules.style(answer.words, first, written)


def decide(visit: Visit) -> Response:
    """Decide on a question, or write its answer; what was typed is kept if something is wrong with it."""
    which, what = visit.part("question"), visit.part("act")
    view = visit.present(f"question, {what}"[:60], which)
    _, planned = _found(view, visit.part("round"), which)
    filled = {each: visit.filled(each) for each in _TYPED}
    chosen = _DECISIONS.get(what)
    if chosen is None:
        raise BadInputError(f'"{what[:40]}" is nothing that is done on a question; choose {", ".join(_DECISIONS)}')
    try:
        said = chosen(visit, view, which, filled)
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _question(visit, view, filled, str(error), what)
    back = f"{BASE}/{planned.id}/{which}" if what == "answer" else f"{BASE}/{planned.id}"
    return visit.back_to(back, said)


def _accept(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> str:
    nobody = filled["nobody"] == "yes"
    service.accept(visit.desk, view, which, words=filled["words"], nobody=nobody)
    return "Accepted. It shows outside at the round's next turn."


def _merge(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> str:
    service.merge(visit.desk, view, which, into=filled["into"], reason=filled["reason"])
    return "Merged. It is answered where the other one is."


def _refuse(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> str:
    service.refuse(visit.desk, view, which, category=filled["category"], reason=filled["reason"])
    return "Refused. Outside nothing shows but the category."


def _pass_on(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> str:
    passing.pass_on(visit.desk, view, which, reason=filled["reason"])
    return "Passed on as a tip. Outside it reads as out of scope."


def _answer(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> str:
    service.write(visit.desk, view, which, words=filled["words"], persona=filled["persona"])
    return "Written down. Nothing of it shows before the round's instant."


_DECISIONS: Final[Mapping[str, Callable[[Visit, View, str, Mapping[str, str]], str]]] = {
    "accept": _accept,
    "merge": _merge,
    "refuse": _refuse,
    "pass-on": _pass_on,
    "answer": _answer,
}


def _found(view: View, which_round: str, which: str) -> tuple[Question, Planned]:
    planned = state.found(view, which_round)
    known = state.question(view, which)
    if known.round != planned.id:
        raise NotFoundError("no such question here; look it up in its round")
    return known, planned


ROUTES: Final[list[Route]] = [
    get(BASE, listed),
    post(BASE, put),
    get(f"{BASE}/{{round}}", one),
    post(f"{BASE}/{{round}}/do/{{act}}", act),
    get(f"{BASE}/{{round}}/{{question}}", question),
    post(f"{BASE}/{{round}}/{{question}}/{{act}}", decide),
]
