"""Officers' pages of challenges: plan one, its brief and what that gives away, its questions, what was sent in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.errors import BadInputError, LeconfieldError, NotFoundError
from leconfield.gate.bundles.challenges import Dates
from leconfield.gate.release.state import found as release_in
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.outreach import profile
from leconfield.outreach.challenges import gap, pages_reading, rules, service, state
from leconfield.outreach.challenges import service_submissions as reading
from leconfield.outreach.challenges.model import READERS, Planned, Submission
from leconfield.outreach.frame import shown
from leconfield.web.visit import Panel, Visit, get, post

BASE: Final = "/window/challenges"
INSTANTS: Final = ("opens", "briefing", "questions_until", "answers", "closes", "pitch", "decision")
_PLANNED: Final = ("title", "label", "criteria", *INSTANTS)
_TYPED: Final = ("words", "organisation", "reason")
_LOCAL: Final = len("2026-09-01T09:00")


@dataclass(frozen=True, slots=True)
class Row:
    """A submission as the list of a challenge shows it to one reader."""

    submission: Submission
    url: str
    number: int
    """Its place in the order of this reader."""
    standing: str
    total: float | None
    """What its readers gave it; None: too few have, or this reader has not yet."""


def listed(visit: Visit) -> Response:
    """All challenges that one may know of, and the form that plans one."""
    return _list(visit, visit.view("challenges"), {each: visit.asked(each) for each in _PLANNED}, "")


def _list(visit: Visit, view: View, filled: Mapping[str, str], fault: str) -> Response:
    now = visit.desk.clock()
    known = state.challenges(view)
    plans = sorted(known.by_id.values(), key=lambda each: (each.dates.closes, each.id), reverse=True)
    default = {"label": profile.of(visit.desk).area(service.AREA), "criteria": rules.written(rules.DEFAULT_CRITERIA)}
    return shown(
        visit,
        view,
        "window/challenges/list.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        rows=[
            (each, each.dates.stage(now).value, len(known.asked_of(each.id)), len(known.sent_to(each.id)))
            for each in plans
        ],
        filled={**filled, **{name: filled[name] or words for name, words in default.items()}},
        fault=fault,
        may=profile.of(visit.desk).allows(view.reader, service.ACT),
    )


def put(visit: Visit) -> Response:
    """Plan a challenge."""
    filled = {each: visit.filled(each) for each in _PLANNED}
    view = visit.present("challenges, plan")
    try:
        dates = Dates(**{name: instant_of(filled[name]) for name in INSTANTS})
        which = service.plan(
            visit.desk,
            view,
            title=filled["title"],
            dates=dates,
            criteria=filled["criteria"],
            label=filled["label"],
        )
    except LeconfieldError as error:
        return _list(visit, view, filled, str(error))
    return visit.back_to(f"{BASE}/{which}", "Planned. Write its brief; it is announced once that is sealed.")


def instant_of(typed: str) -> str:
    """The instant (UTC) that a form's field says; what is no such field's stays as it is, to be refused."""
    text = typed.strip()
    return f"{text}:00Z" if len(text) == _LOCAL and "T" in text else text


def one(visit: Visit) -> Response:
    """One challenge."""
    view = visit.view("challenge", visit.part("challenge"))
    return _one(visit, view, {each: visit.asked(each) for each in _TYPED}, "")


def _one(visit: Visit, view: View, filled: Mapping[str, str], fault: str) -> Response:
    desk, known = visit.desk, state.found(view, visit.part("challenge"))
    kept = state.challenges(view)
    return shown(
        visit,
        view,
        "window/challenges/one.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        known=known,
        stage=known.dates.stage(desk.clock()).value,
        milestones=known.dates.milestones(),
        brief=_standing(view, known.brief),
        answers=_standing(view, known.answers),
        why_not_announced=service.why_not_announced(desk, view, known),
        why_no_answers=service.why_no_answers(desk, view, known),
        why_sealed=reading.why_sealed(desk, known),
        why_no_outcome=service.why_no_outcome(desk, view, known),
        questions=kept.asked_of(known.id),
        unsettled=sum(not each.settled for each in kept.asked_of(known.id)),
        rows=rows(visit, view, known),
        senders=reading.senders(view, known.id),
        skeleton=filled["words"] or service.skeleton(),
        url=f"{BASE}/{known.id}",
        filled=filled,
        fault=fault,
        may=profile.of(desk).allows(view.reader, service.ACT),
        reads=_reads(visit, view),
    )


def rows(visit: Visit, view: View, known: Planned) -> list[Row]:
    """What was sent in, in the order in which this reader reads it."""
    mine = reading.in_turn(visit.desk, view.reader.name, state.challenges(view).sent_to(known.id))
    decides = profile.of(visit.desk).allows(view.reader, service.ACT)
    return [_row(known, each, number, view.reader.name, decides=decides) for number, each in enumerate(mine, start=1)]


def _row(known: Planned, each: Submission, number: int, reader: str, *, decides: bool) -> Row:
    seen = rules.seen_whole(each, reader, decides=decides)
    total = rules.total_of(known, each) if seen else None
    return Row(each, f"{BASE}/submissions/{each.id}", number, standing_of(each, reader), total)


def standing_of(each: Submission, reader: str) -> str:
    """How a submission stands for a reader, in a few words."""
    if each.damaged:
        return "could not be opened"
    if each.idea is None:
        return "sealed"
    if each.decision is not None:
        told = "letter posted" if each.told else "letter to write"
        return f"{each.decision.outcome}, {told}"
    if each.bars(reader):
        return "you have an interest"
    if each.score_by(reader) is None and len(each.scores) < READERS:
        return "to score"
    return f"scored by {len(each.scores)}"


def _standing(view: View, release: str | None) -> tuple[str, str] | None:
    if not release:
        return None
    return release, release_in(view, release).state.value


def _reads(visit: Visit, view: View) -> bool:
    its_profile = profile.of(visit.desk)
    return its_profile.allows(view.reader, reading.READ) or its_profile.allows(view.reader, service.ACT)


def given_away(visit: Visit) -> Response:
    """What the brief gives away: its sentences, those on the gap first, with the open cases that they touch."""
    view = visit.view("challenge, what it gives away", visit.part("challenge"))
    known = state.found(view, visit.part("challenge"))
    if not known.brief:
        raise NotFoundError("its brief is not drafted yet; draft it on the challenge's page")
    release = release_in(view, known.brief)
    told = gap.told_by(view, release, stamp(visit.desk.clock())[:10])
    return shown(
        visit,
        view,
        "window/challenges/gap.html",
        known=known,
        release=release,
        told=told,
        touched=sum(bool(each.touches) for each in told if each.in_gap),
        url=f"{BASE}/{known.id}",
    )


def of_release(_visit: Visit, view: View, which: str) -> Mapping[str, object] | None:
    """What a release's page says of a brief: what it tells of what we cannot do. None: the release is no brief."""
    known = next((each for each in state.challenges(view).by_id.values() if each.brief == which), None)
    if known is None:
        return None
    return {"known": known, "gap": gap.gap_of(view, release_in(view, which)), "url": f"{BASE}/{known.id}/gap"}


def of_answers(_visit: Visit, view: View, which: str) -> Mapping[str, object] | None:
    """What the page of a release of answers says of questions that would stay without one. None: there are none."""
    kept = state.challenges(view)
    known = next((each for each in kept.by_id.values() if each.answers == which), None)
    if known is None or release_in(view, which).was_sealed:
        return None
    unsettled = sum(not each.settled for each in kept.asked_of(known.id))
    return {"unsettled": unsettled, "url": f"{BASE}/{known.id}#questions"} if unsettled else None


def act(visit: Visit) -> Response:
    """Do something on a challenge; what was typed is kept if something is wrong with it."""
    which, what = visit.part("challenge"), visit.part("act")
    view = visit.present(f"challenge, {what}"[:60], which)
    filled = {each: visit.filled(each) for each in _TYPED}
    chosen = _ACTS.get(what)
    if chosen is None:
        raise BadInputError(f'"{what[:40]}" is nothing that is done on a challenge; choose {", ".join(_ACTS)}')
    try:
        url, said = chosen(visit, view, which, filled)
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _one(visit, view, filled, str(error))
    return visit.back_to(url, said)


def _brief(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> tuple[str, str]:
    drafted = service.brief(visit.desk, view, which, words=filled["words"])
    return f"/releases/{drafted}", "Drafted. The gate judges it, and two approve."


def _announce(visit: Visit, view: View, which: str, _filled: Mapping[str, str]) -> tuple[str, str]:
    service.announce(visit.desk, view, which)
    return f"{BASE}/{which}", "Announced. Its dates stand from now on."


def _answers(visit: Visit, view: View, which: str, _filled: Mapping[str, str]) -> tuple[str, str]:
    return (
        f"/releases/{service.draft_answers(visit.desk, view, which)}",
        "Drafted, to show at the instant that was fixed.",
    )


def _open(visit: Visit, view: View, which: str, _filled: Mapping[str, str]) -> tuple[str, str]:
    opened, damaged = reading.open_all(visit.desk, view, which)
    bad = f" {damaged} could not be." if damaged else ""
    return f"{BASE}/{which}", f"{opened} opened.{bad}"


def _bar(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> tuple[str, str]:
    reading.bar(visit.desk, view, which, organisation=filled["organisation"], reason=filled["reason"])
    return f"{BASE}/{which}", "Written down. Somebody else scores that."


def _outcome(visit: Visit, view: View, which: str, _filled: Mapping[str, str]) -> tuple[str, str]:
    received, taken = service.tell_outcome(visit.desk, view, which)
    return f"{BASE}/{which}", f"The window will say: {received} came, {taken} taken forward."


_ACTS: Final[Mapping[str, Callable[[Visit, View, str, Mapping[str, str]], tuple[str, str]]]] = {
    "brief": _brief,
    "announce": _announce,
    "answers": _answers,
    "open": _open,
    "bar": _bar,
    "outcome": _outcome,
}

PANELS: Final = (
    Panel("release", "window/challenges/panel.html", of_release),
    Panel("release", "window/challenges/panel-answers.html", of_answers),
)
ROUTES: Final[list[Route]] = [
    get(BASE, listed),
    post(BASE, put),
    *pages_reading.ROUTES,
    get(f"{BASE}/{{challenge}}", one),
    get(f"{BASE}/{{challenge}}/gap", given_away),
    post(f"{BASE}/{{challenge}}/do/{{act}}", act),
]
