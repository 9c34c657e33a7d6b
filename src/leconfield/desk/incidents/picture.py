"""The shared picture of a room in one reader's view: names with answers and decisions, who is there, what is to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

from leconfield.desk.incidents.model import CONFIRMED, SET_ASIDE, TO_DO, Action, Incident, Message
from leconfield.desk.incidents.names import Named, answer_to, found_in, names_in
from leconfield.desk.incidents.record import known_of
from leconfield.desk.incidents.rules import due, first_moment
from leconfield.desk.incidents.saying import said_in
from leconfield.desk.incidents.verdicts import OF_INTEREST
from leconfield.errors import NotFoundError
from leconfield.ledger.model import Report, ReportId, SubjectId
from leconfield.ledger.times import to_moment
from leconfield.ledger.view import View
from leconfield.registry.chips import chip, statements_of
from leconfield.registry.lookup import subject_in
from leconfield.registry.subjects import Subject
from leconfield.registry.trace import KNOWN, MANY, NO_TRACE, POSSIBLE, SURE_FROM, Answer
from leconfield.web.reading import Mark, pieces
from leconfield.web.values import Clock

HITS: Final = 3
"""Subjects shown for a name, the likeliest first."""
MOST_IN_ANSWER: Final = 20
"""Subjects of one answer of record."""
TELLING: Final = frozenset({"birthDate", "birthPlace", "nationality", "position", "address", "country", "notes"})
"""What tells namesakes apart."""
MESSAGES: Final = 40
REPORTS: Final = 8
"""Reports that touch the names, the latest."""
WORDS: Final = {KNOWN: "known", POSSIBLE: "possible", MANY: "many, cannot tell", NO_TRACE: "no recorded trace"}


def picture_of(view: View, incident: Incident) -> dict[str, object]:
    """Everything that the picture shows."""
    rows = [row_of(view, incident, each) for each in names_in(view, incident)]
    live = [each for each in rows if not each["aside"]]
    clear = {each.id: each for row in live if isinstance(each := row["alone"], Subject)}
    touching = {each.id: each for row in live for each in _subjects(row)}
    return {
        "incident": incident,
        "base": f"/incidents/{incident.id}",
        "names": live,
        "aside": [each for each in rows if each["aside"]],
        "messages": [_message(view, each) for each in incident.messages[: -MESSAGES - 1 : -1]],
        "earlier": max(len(incident.messages) - MESSAGES, 0),
        "actions": _actions(incident, view.moment),
        "reports": _latest(view, list(touching.values())),
        "opened_from": view.world.reports.get(ReportId(incident.report)),
        "chart_url": f"/chart?{urlencode({'ids': ','.join(clear)})}" if clear else "",
        "answer_url": _answer_url(incident, clear.values()),
        "acting": view.as_of is None,
    }


def _subjects(row: Mapping[str, object]) -> list[Subject]:
    found = row["subjects"]
    return [each for each in found if isinstance(each, Subject)] if isinstance(found, list) else []


def row_of(view: View, incident: Incident, named: Named) -> dict[str, object]:
    """A name, what the trace says of it in this view, how the likeliest was known, and what was decided."""
    answer = answer_to(view, named.words)
    settled = named.settled
    confirmed = _confirmed(view, settled.subject) if settled and settled.verdict == CONFIRMED else None
    shown = [confirmed] if confirmed else [each.subject for each in answer.hits[:HITS]]
    clear = shown[0] if confirmed or _is_clear(answer) else None
    struck = first_moment(incident.struck)
    hits = [_hit(view, each, struck, probability) for each, probability in _ranked(answer, confirmed)]
    return {
        "named": named,
        "settled": settled,
        "confirmed": confirmed,
        "aside": settled is not None and settled.verdict == SET_ASIDE,
        "verdict": "confirmed" if confirmed else WORDS[answer.verdict],
        "state": "known" if confirmed else answer.verdict.split(",")[0],
        "hits": hits,
        "alone": clear,
        "grave": any(each["grave"] for each in hits),
        "more": max(len(answer.hits) - HITS, 0) if not confirmed else 0,
        "searched": answer.searched,
        "subjects": shown,
        "answer_url": _answer_url(incident, [clear] if clear else shown),
        "trace_url": f"/trace?{urlencode({'q': named.words})}",
    }


def _is_clear(answer: Answer) -> bool:
    """Whether one subject alone is meant, as far as a trace can tell; among namesakes a person has to decide."""
    return bool(answer.hits) and answer.hits[0].probability >= SURE_FROM


def _answer_url(incident: Incident, subjects: Iterable[Subject]) -> str:
    ids = [each.id for each in subjects][:MOST_IN_ANSWER]
    return f"/incidents/answer?{urlencode({'subject': ' '.join(ids), 'incident': incident.id})}" if ids else ""


def _confirmed(view: View, record: str) -> Subject | None:
    try:
        return subject_in(view.world, SubjectId(record))
    except NotFoundError:
        return None


def _ranked(answer: Answer, confirmed: Subject | None) -> list[tuple[Subject, float | None]]:
    if confirmed is not None:
        return [(confirmed, None)]
    return [(each.subject, each.probability) for each in answer.hits[:HITS]]


def _hit(view: View, subject: Subject, struck: str, probability: float | None) -> dict[str, object]:
    """A subject that may be meant, with how it was known when the attack came and is now."""
    known = known_of(view, subject, struck)
    shown = chip(view, subject)
    telling = [each for each in statements_of(view, subject) if each.prop in TELLING]
    return {
        "chip": shown,
        "id": subject.id,
        "probability": probability,
        "known": known,
        "told": (*said_in(telling, {}, subject), *shown.identifiers),
        "grave": known.now.standing == OF_INTEREST and known.now.state != "closed",
    }


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


def _latest(view: View, subjects: Sequence[Subject]) -> list[dict[str, object]]:
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
