"""The answer of record as a page, PDF and DOCX: each a read of its own in the audit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from starlette.responses import Response

from leconfield.desk.incidents.papers import paper_of
from leconfield.desk.incidents.picture import MOST_IN_ANSWER
from leconfield.desk.incidents.reads import OURS, ReadBy, asked_for, reads_of
from leconfield.desk.incidents.record import OTHERS, AnswerOfRecord, answer_of_record
from leconfield.desk.incidents.rules import first_moment
from leconfield.desk.incidents.state import incident_in
from leconfield.errors import BadInputError, NotFoundError
from leconfield.ledger.times import check_partial
from leconfield.ledger.view import View
from leconfield.printing import WRITERS
from leconfield.registry.chips import chip
from leconfield.registry.lookup import subject_at
from leconfield.registry.subjects import Subject
from leconfield.web.downloads import download
from leconfield.web.visit import Visit

MOST_EVENTS: Final = 150
"""Lines of each part that a page shows at first; the paper has all of them."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked for, and the answer in the view."""

    subjects: tuple[Subject, ...]
    answer: AnswerOfRecord
    reads: list[ReadBy]
    things: dict[str, str]
    """What each thing that could have been read is called."""


def answer(visit: Visit) -> Response:
    """What was known of these subjects, since when, from which reports, who decided what, who had read it."""
    view = visit.view("answer of record", _about(visit))
    asked = _asked(visit, view)
    most = visit.number("lines", MOST_EVENTS, 100_000) or MOST_EVENTS
    struck = first_moment(asked.answer.attack)
    return visit.page(
        "desk/incident_answer.html",
        answer=asked.answer,
        chips=[chip(view, each) for each in asked.subjects],
        reads=[
            {"read": each, "thing": asked.things[each.thing], "before": each.first < struck} for each in asked.reads
        ],
        before=asked.answer.before[-most:],
        after=asked.answer.after[:most],
        hidden=max(len(asked.answer.before) - most, 0) + max(len(asked.answer.after) - most, 0),
        others=OTHERS,
        ours=OURS,
        asked=_query(visit),
        subjects=[each.id for each in asked.subjects],
        incident=visit.asked("incident"),
        typed=visit.asked("attack"),
        several=len(asked.subjects) > 1,
    )


def paper(visit: Visit) -> Response:
    """The same as a PDF or DOCX."""
    ending = visit.part("paper")
    view = visit.view("answer of record, printed", _about(visit))
    if ending not in WRITERS:
        raise NotFoundError(f'an answer of record is printed as {" or ".join(WRITERS)}, not as "{ending[:20]}"')
    asked = _asked(visit, view)
    made = paper_of(view, asked.answer, asked.reads, asked.things)
    return download(WRITERS[ending](made), f"answer-of-record.{ending}")


def _ids(visit: Visit) -> list[str]:
    asked = " ".join(visit.request.query_params.getlist("subject")).replace(",", " ").split()
    return list(dict.fromkeys(asked))


def _about(visit: Visit) -> str:
    return " ".join(_ids(visit))


def _query(visit: Visit) -> str:
    """The parameters of the address, for the papers of the same answer."""
    kept = {each: visit.asked(each) for each in ("incident", "attack") if visit.asked(each)}
    return urlencode({"subject": " ".join(_ids(visit)), **kept})


def _asked(visit: Visit, view: View) -> _Asked:
    """The answer that the address asks for.

    Raises:
        BadInputError: if it names nobody, too many, or a time that is no date.
        NotFoundError: if the view has no such subject or incident.
    """
    ids = _ids(visit)
    if not 0 < len(ids) <= MOST_IN_ANSWER:
        raise BadInputError(f"name from one to {MOST_IN_ANSWER} subjects; the answer of record is found on their pages")
    found = {subject.id: subject for subject in (subject_at(view, each) for each in ids)}
    subjects = tuple(found.values())
    made = answer_of_record(view, subjects, _attack(visit, view))
    things = _things(subjects, made)
    return _Asked(subjects, made, reads_of(visit.desk, view, things), things)


def _attack(visit: Visit, view: View) -> str:
    if visit.asked("incident"):
        return incident_in(view, visit.asked("incident")).struck
    return check_partial(visit.asked("attack").strip()) if visit.asked("attack").strip() else ""


def _things(subjects: tuple[Subject, ...], made: AnswerOfRecord) -> dict[str, str]:
    """What could have been read, and what it is called: the reports, the subjects' pages, traces of their names."""
    things: dict[str, str] = {}
    for known, subject in zip(made.known, subjects, strict=True):
        things.update((each, f"the page of {known.name}") for each in subject.records)
        things.update((asked_for(each), f"asked for “{each}”") for each in subject.names)
    things.update((each.id, f"“{each.title}”, {each.source}") for each in made.reports)
    return things
