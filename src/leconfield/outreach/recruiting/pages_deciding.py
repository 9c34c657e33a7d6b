"""Pages of the chair: where marks differ and who is strict, the threshold, decisions, and words to each applicant."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from starlette.responses import Response

from leconfield.errors import LeconfieldError, NotFoundError
from leconfield.ledger.view import View
from leconfield.outreach.frame import shown
from leconfield.outreach.recruiting import answering, rules, service_answers, service_panel, showing
from leconfield.outreach.recruiting.heading import head
from leconfield.outreach.recruiting.model import SCALE, VERDICTS, Campaign, Stage
from leconfield.outreach.recruiting.rules import Spread
from leconfield.outreach.recruiting.service_panel import packet_in
from leconfield.outreach.recruiting.state import campaign_in
from leconfield.web.visit import Visit, get, post

SHOWN: Final = 20
"""Answers whose marks differ on a page; those that are not settled come first."""
_MANY: Final = 100_000
_MODERATING: Final = ("question", "packet", "mark", "mean", "reason")
_DECIDING: Final = ("packet", "verdict", "reason")


def moderation(visit: Visit) -> Response:
    """Where marks differ, how each assessor marks beside the others, and the threshold."""
    view = visit.view("recruiting, moderation", visit.part("campaign"))
    return _moderation(visit, view, {each: visit.asked(each) for each in _MODERATING}, "")


def _moderation(visit: Visit, view: View, filled: Mapping[str, str], fault: str) -> Response:
    campaign = campaign_in(view, visit.part("campaign"))
    spreads = rules.spreads(campaign)
    wide = sorted((each for each in spreads if each.wide), key=lambda each: each.moderated is not None)
    first = min(visit.number("from", 1, _MANY) or 1, max(len(wide), 1))
    return shown(
        visit,
        view,
        "window/recruiting/moderation.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        **head(view, campaign),
        wide=[_wide(visit, campaign, each) for each in wide[first - 1 : first - 1 + SHOWN]],
        first=first,
        last=min(first - 1 + SHOWN, len(wide)),
        total=len(wide),
        shown=SHOWN,
        open=sum(each.moderated is None for each in wide),
        answers=len(spreads),
        ranges=showing.ranges(spreads),
        severities=rules.severities(spreads),
        told=rules.told(campaign),
        chairs=view.reader.name == campaign.chair and campaign.stage is Stage.MODERATING,
        ranked=rules.ranking(campaign) if len(rules.told(campaign)) == len(campaign.questions) else (),
        scale=SCALE,
        filled=filled,
        fault=fault,
    )


def _wide(visit: Visit, campaign: Campaign, spread: Spread) -> dict[str, object]:
    packet = campaign.packets[spread.packet]
    marks = [campaign.scores[who, spread.question, spread.packet] for who, _ in spread.marks]
    return {
        "spread": spread,
        "question": campaign.question(spread.question),
        "called": showing.called(packet.id),
        "answer": showing.answer_of(visit.desk, packet, spread.question),
        "marks": marks,
        "at": showing.spread_of(spread),
        "settled": campaign.moderated.get((spread.question, spread.packet)),
    }


def moderate(visit: Visit) -> Response:
    """Set the mark that stands, or the threshold; what was typed is kept if something is wrong with it."""
    which = visit.part("campaign")
    view = visit.present("recruiting, moderate", which)
    filled = {each: visit.filled(each) for each in _MODERATING}
    url = f"/window/recruiting/{which}/moderation"
    try:
        if filled["packet"]:
            words = {each: filled[each] for each in ("question", "packet", "mark", "reason")}
            service_panel.moderate(visit.desk, view, which, **words)
            return visit.back_to(f"{url}#moderate", "That mark stands.")
        service_panel.set_threshold(visit.desk, view, which, mean=filled["mean"], reason=filled["reason"])
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _moderation(visit, view, filled, str(error))
    return visit.back_to(f"{url}#threshold", "The threshold is set.")


def decisions(visit: Visit) -> Response:
    """The ranking, what it proposes, and what a person decided."""
    view = visit.view("recruiting, decisions", visit.part("campaign"))
    return _decisions(visit, view, {each: visit.asked(each) for each in _DECIDING}, "")


def _decisions(visit: Visit, view: View, filled: Mapping[str, str], fault: str) -> Response:
    campaign = campaign_in(view, visit.part("campaign"))
    ready = list(Stage).index(campaign.stage) >= list(Stage).index(Stage.DECIDING)
    rows = showing.rows(campaign) if ready else []
    return shown(
        visit,
        view,
        "window/recruiting/decisions.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        **head(view, campaign),
        rows=rows,
        left=sum(each.decision is None for each in rows),
        ready=ready,
        deciding=view.reader.name == campaign.chair and campaign.stage is Stage.DECIDING,
        verdicts=list(VERDICTS.items()),
        called=showing.called,
        mean=showing.mean,
        verdict=showing.verdict,
        filled=filled,
        fault=fault,
    )


def decide(visit: Visit) -> Response:
    """Decide on one packet, or on all that are left as the ranking proposes."""
    which = visit.part("campaign")
    view = visit.present("recruiting, decide", which)
    filled = {each: visit.filled(each) for each in _DECIDING}
    url = f"/window/recruiting/{which}/decisions"
    try:
        if not filled["packet"]:
            done = service_panel.decide_rest(visit.desk, view, which, reason=filled["reason"])
            return visit.back_to(url, f"Decided on {done}.")
        service_panel.decide(visit.desk, view, which, **filled)
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _decisions(visit, view, filled, str(error))
    return visit.back_to(url, f"{showing.called(filled['packet'])}: {showing.verdict(filled['verdict']).lower()}.")


def feedback(visit: Visit) -> Response:
    """What is written to each applicant, and one to write to: `?packet=`, else the first without words."""
    view = visit.view("recruiting, feedback", visit.part("campaign"))
    return _feedback(visit, view, visit.asked("packet"), None, "")


def _feedback(visit: Visit, view: View, asked: str, words: str | None, fault: str) -> Response:
    campaign = campaign_in(view, visit.part("campaign"))
    ready = campaign.stage in (Stage.ANSWERING, Stage.CLOSED)
    rows = showing.rows(campaign) if ready else []
    waiting = [each for each in rows if not each.feedback and not each.answered]
    which = packet_in(campaign, asked) if asked and ready else next((each.ranked.packet for each in waiting), "")
    row = next((each for each in rows if each.ranked.packet == which), None)
    return shown(
        visit,
        view,
        "window/recruiting/feedback.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        **head(view, campaign),
        rows=rows,
        ready=ready,
        waiting=len(waiting),
        unsent=len(rules.unanswered(campaign)),
        row=row,
        papers=_papers(visit, campaign, row.ranked.packet) if row else [],
        writes=campaign.stage is Stage.ANSWERING and view.reader.name in (campaign.chair, *campaign.assessors),
        sends=campaign.stage is Stage.ANSWERING and view.reader.name == campaign.officer,
        most=answering.MAX_FEEDBACK,
        called=showing.called,
        verdict=showing.verdict,
        band=showing.band,
        words=(row.feedback if row else "") if words is None else words,
        fault=fault,
    )


def _papers(visit: Visit, campaign: Campaign, packet: str) -> list[dict[str, object]]:
    """The answers of a packet, each with what assessors noted."""
    return [
        {
            "question": each,
            "answer": showing.answer_of(visit.desk, campaign.packets[packet], each.id),
            "scores": [
                campaign.scores[who, each.id, packet]
                for who in campaign.assessors
                if (who, each.id, packet) in campaign.scores
            ],
        }
        for each in campaign.questions
    ]


def answer(visit: Visit) -> Response:
    """Write to one applicant, or send everything that is written."""
    which, packet = visit.part("campaign"), visit.filled("packet")
    view = visit.present("recruiting, answer", which)
    url = f"/window/recruiting/{which}/feedback"
    try:
        if not packet:
            sent = service_answers.send_feedback(visit.desk, view, which)
            return visit.back_to(url, f"{sent} letters lie in their mailboxes from the window's next import on.")
        service_answers.write_feedback(visit.desk, view, which, packet=packet, words=visit.filled("words"))
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _feedback(visit, view, packet, visit.filled("words"), str(error))
    return visit.back_to(url, "Written. It is sent with all the others.")


_ONE: Final = "/window/recruiting/{campaign}"
ROUTES: Final = [
    get(f"{_ONE}/moderation", moderation),
    post(f"{_ONE}/moderation", moderate),
    get(f"{_ONE}/decisions", decisions),
    post(f"{_ONE}/decisions", decide),
    get(f"{_ONE}/feedback", feedback),
    post(f"{_ONE}/feedback", answer),
]
