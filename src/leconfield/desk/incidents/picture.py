"""The shared picture of a room in one reader's view: names with answers and decisions, who is there, what is to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import urlencode

from leconfield.desk.incidents.model import CONFIRMED, SET_ASIDE, TO_DO, Action, Incident, Message
from leconfield.desk.incidents.names import Named, answer_to, found_in, names_in
from leconfield.desk.incidents.record import known_of
from leconfield.desk.incidents.rules import due, first_moment
from leconfield.errors import NotFoundError
from leconfield.ledger.model import Report, ReportId, SubjectId
from leconfield.ledger.times import to_moment
from leconfield.ledger.view import View
from leconfield.registry.chips import chip
from leconfield.registry.lookup import subject_in
from leconfield.registry.subjects import Subject
from leconfield.registry.trace import KNOWN, MANY, NO_TRACE, POSSIBLE, Answer
from leconfield.web.reading import Mark, pieces
from leconfield.web.values import Clock

HITS: Final = 3
"""Subjects shown for a name, the likeliest first."""
MESSAGES: Final = 40
REPORTS: Final = 8
"""Reports that touch the names, the latest."""
WORDS: Final = {KNOWN: "known", POSSIBLE: "possible", MANY: "many, cannot tell", NO_TRACE: "no recorded trace"}


def picture_of(view: View, incident: Incident) -> dict[str, object]:
    """Everything that the picture shows."""
    rows = [row_of(view, incident, each) for each in names_in(view, incident)]
    live = [each for each in rows if not each["aside"]]
    subjects = list({one.id: one for each in live for one in _meant(each)}.values())
    ids = [each.id for each in subjects]
    return {
        "incident": incident,
        "base": f"/incidents/{incident.id}",
        "names": live,
        "aside": [each for each in rows if each["aside"]],
        "messages": [_message(view, each) for each in incident.messages[: -MESSAGES - 1 : -1]],
        "earlier": max(len(incident.messages) - MESSAGES, 0),
        "actions": _actions(incident, view.moment),
        "reports": _latest(view, subjects),
        "opened_from": view.world.reports.get(ReportId(incident.report)),
        "chart_url": f"/chart?{urlencode({'ids': ','.join(ids)})}" if ids else "",
        "answer_url": f"/incidents/answer?{urlencode({'subject': ' '.join(ids[:20]), 'incident': incident.id})}"
        if ids
        else "",
        "acting": view.as_of is None,
    }


def row_of(view: View, incident: Incident, named: Named) -> dict[str, object]:
    """A name, what the trace says of it in this view, how the likeliest was known, and what was decided."""
    answer = answer_to(view, named.words)
    settled = named.settled
    confirmed = _confirmed(view, settled.subject) if settled and settled.verdict == CONFIRMED else None
    shown = [confirmed] if confirmed else [each.subject for each in answer.hits[:HITS]]
    best = shown[0] if shown else None
    known = known_of(view, best, first_moment(incident.struck)) if best else None
    return {
        "named": named,
        "settled": settled,
        "confirmed": confirmed,
        "aside": settled is not None and settled.verdict == SET_ASIDE,
        "verdict": "confirmed" if confirmed else WORDS[answer.verdict],
        "state": "known" if confirmed else answer.verdict.split(",")[0],
        "hits": _hits(view, answer, confirmed),
        "more": max(len(answer.hits) - HITS, 0) if not confirmed else 0,
        "searched": answer.searched,
        "known": known,
        "subjects": shown if confirmed or answer.verdict in (KNOWN, POSSIBLE) else [],
        "answer_url": f"/incidents/answer?{urlencode({'subject': best.id, 'incident': incident.id})}" if best else "",
        "trace_url": f"/trace?{urlencode({'q': named.words})}",
    }


def _meant(row: Mapping[str, object]) -> list[Subject]:
    """Whom a name is taken to mean so far: who was confirmed, else the likeliest that was found."""
    found = row["subjects"]
    return [each for each in found if isinstance(each, Subject)][:1] if isinstance(found, list) else []


def _confirmed(view: View, record: str) -> Subject | None:
    try:
        return subject_in(view.world, SubjectId(record))
    except NotFoundError:
        return None


def _hits(view: View, answer: Answer, confirmed: Subject | None) -> list[dict[str, object]]:
    if confirmed is not None:
        return [{"chip": chip(view, confirmed), "id": confirmed.id, "probability": None}]
    return [
        {"chip": chip(view, each.subject), "id": each.subject.id, "probability": each.probability}
        for each in answer.hits[:HITS]
    ]


def _message(view: View, message: Message) -> dict[str, object]:
    """A message with the names in it marked."""
    marks = [Mark(each.start, each.end, lit=True) for each in found_in(view, message)]
    return {"message": message, "pieces": pieces(message.words, marks)}


def _actions(incident: Incident, moment: str) -> list[dict[str, object]]:
    """What is to be done, the earliest due first; then what is done."""
    ordered = sorted(incident.actions, key=lambda each: (each.state != TO_DO, to_moment(each.due), each.id))
    return [{"action": each, "clock": _clock(each, moment)} for each in ordered]


def _clock(action: Action, moment: str) -> Clock:
    standing = due(action, moment)
    return Clock(action.words, standing.words, standing.state, action.owner, action.due)


def _latest(view: View, subjects: Iterable[Subject]) -> list[dict[str, object]]:
    """The latest reports that touch those meant, each with whom it touches."""
    touched: dict[ReportId, dict[SubjectId, None]] = {}
    for subject in subjects:
        for record in subject.records:
            for each in view.world.by_subject.get(record, ()):
                touched.setdefault(each.report, {})[subject.id] = None
    reports: list[Report] = [view.world.reports[each] for each in touched if each in view.world.reports]
    latest = sorted(reports, key=lambda each: (each.learnt, each.id), reverse=True)[:REPORTS]
    names = {each.id: each.name for each in subjects}
    return [{"report": each, "touches": [names[one] for one in touched[each.id]]} for each in latest]
