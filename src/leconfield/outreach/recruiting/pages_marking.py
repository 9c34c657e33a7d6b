"""Pages of an assessor: his questions in his order, one answer a page with its guide beside, and the lock."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from starlette.responses import Response

from leconfield.errors import LeconfieldError, NotFoundError, RefusedError
from leconfield.ledger.view import View
from leconfield.outreach.frame import shown
from leconfield.outreach.recruiting import rules, service_panel, showing
from leconfield.outreach.recruiting.heading import head
from leconfield.outreach.recruiting.model import SCALE, Campaign, Question
from leconfield.outreach.recruiting.people import may_know
from leconfield.outreach.recruiting.service import question_in
from leconfield.outreach.recruiting.state import campaign_in
from leconfield.web.visit import Visit, get, post

_MANY: Final = 100_000
MOVED: Final = "the order changed while you read, for somebody came late or went; read it again, and mark it here"


def overview(visit: Visit) -> Response:
    """An assessor's questions, how far he is, and the lock of each."""
    view = visit.view("recruiting, marking", visit.part("campaign"))
    return _overview(visit, view, "")


def _overview(visit: Visit, view: View, fault: str) -> Response:
    campaign = _his(view, visit.part("campaign"))
    return shown(
        visit,
        view,
        "window/recruiting/marking.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        **head(view, campaign),
        tasks=showing.tasks(campaign, view.reader.name),
        fault=fault,
    )


def answer(visit: Visit) -> Response:
    """One answer of one packet, with the marking guide beside it."""
    view = visit.view("recruiting, answer", f"{visit.part('campaign')} {visit.part('question')}")
    return _answer(visit, view, None, "")


def _answer(visit: Visit, view: View, note: str | None, fault: str, place: int = 0) -> Response:
    """`place`: where the answer stands in his order; 0: where the address says."""
    campaign = _his(view, visit.part("campaign"))
    question = question_in(campaign, visit.part("question"))
    paper = showing.paper(visit.desk, campaign, view.reader.name, question, place or _place(visit))
    if paper is None:
        raise NotFoundError("there is no such answer in your order; go back to your questions")
    kept = paper.score.note if paper.score else ""
    return shown(
        visit,
        view,
        "window/recruiting/answer.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        **head(view, campaign),
        paper=paper,
        called=showing.called(paper.packet),
        scale=SCALE,
        note=kept if note is None else note,
        left=len(rules.left_to_score(campaign, view.reader.name, question.id)),
        fault=fault,
    )


def mark(visit: Visit) -> Response:
    """Mark the answer; then comes the next one without a mark."""
    which, question = visit.part("campaign"), visit.part("question")
    view = visit.present("recruiting, mark", f"{which} {question}")
    campaign = _his(view, which)
    asked = question_in(campaign, question)
    read, note = visit.filled("packet"), visit.filled("note")
    paper = showing.paper(visit.desk, campaign, view.reader.name, asked, _place(visit))
    if paper is None or paper.packet != read:
        return _moved(visit, view, campaign, read, note)
    try:
        service_panel.score(
            visit.desk, view, which, question=question, packet=read, mark=visit.filled("mark"), note=note
        )
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _answer(visit, view, note, str(error))
    return visit.back_to(_next(campaign, view.reader.name, asked, paper), "")


def _moved(visit: Visit, view: View, campaign: Campaign, read: str, note: str) -> Response:
    """The answer that was read, where it stands by now: the mark was meant for it, and is for no other one."""
    its_order = rules.order(campaign.id, view.reader.name, visit.part("question"), campaign.live)
    if read not in its_order:
        return _overview(visit, view, "the answer that you read was taken back meanwhile; nothing was marked")
    return _answer(visit, view, note, MOVED, its_order.index(read) + 1)


def _next(campaign: Campaign, assessor: str, question: Question, paper: showing.Paper) -> str:
    """Where one goes on: the next answer without a mark, from here on and then from the beginning; else the lock."""
    order = rules.order(campaign.id, assessor, question.id, campaign.live)
    left = set(rules.left_to_score(campaign, assessor, question.id)) - {paper.packet}
    later = [place for place, each in enumerate(order, start=1) if each in left]
    url = f"/window/recruiting/{campaign.id}/marking"
    if not later:
        return f"{url}#{question.id}"
    return f"{url}/{question.id}/{next((each for each in later if each > paper.place), later[0])}"


def lock(visit: Visit) -> Response:
    """Lock one's marks of a question."""
    which, question = visit.part("campaign"), visit.part("question")
    view = visit.present("recruiting, lock", f"{which} {question}")
    try:
        service_panel.lock(visit.desk, view, which, question=question)
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _overview(visit, view, str(error))
    return visit.back_to(f"/window/recruiting/{which}/marking", "Locked. Your marks of this question stand.")


def _his(view: View, which: str) -> Campaign:
    campaign = campaign_in(view, which)
    if view.reader.name not in campaign.assessors or may_know(view.reader, campaign):
        raise RefusedError("answers are read by the assessors of this panel, who may not know who applied")
    return campaign


def _place(visit: Visit) -> int:
    words = visit.part("place")
    return int(words) if words.isascii() and words.isdigit() and len(words) < len(str(_MANY)) else 0


_MARKING: Final = "/window/recruiting/{campaign}/marking"
ROUTES: Final = [
    get(_MARKING, overview),
    post(f"{_MARKING}/{{question}}/lock", lock),
    get(f"{_MARKING}/{{question}}/{{place}}", answer),
    post(f"{_MARKING}/{{question}}/{{place}}", mark),
]
