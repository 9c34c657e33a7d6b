"""Incident rooms: all of them, a form that opens one in a click, and the routes of their pages."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from starlette.responses import Response

from leconfield.desk.incidents import pages_answer, pages_room
from leconfield.desk.incidents.names import names_in
from leconfield.desk.incidents.service import open_incident
from leconfield.desk.incidents.state import everything
from leconfield.desk.incidents.touching import rooms_of
from leconfield.errors import LeconfieldError, NotFoundError, RefusedError
from leconfield.ledger.marking import default_label
from leconfield.ledger.model import ReportId
from leconfield.ledger.times import in_words
from leconfield.ledger.view import View
from leconfield.web.kit import Room
from leconfield.web.visit import Panel, Visit, get, post

PAGE: Final = 100
_FIELDS: Final = ("title", "place", "time", "label", "report")
_TO_THE_MINUTE: Final = len("2026-03-05T12:40")


def incidents(visit: Visit) -> Response:
    """All rooms, open ones first; and a form that is filled in already, so that one press opens a room."""
    view = visit.view("incident rooms")
    return _page(visit, view, {each: visit.asked(each) for each in _FIELDS}, "")


def _page(visit: Visit, view: View, filled: Mapping[str, str], fault: str) -> Response:
    found = everything(view)
    first = visit.number("from", 1, 1_000_000) or 1
    kept = filled if fault else _prefilled(view, filled)
    return visit.page(
        "desk/incidents.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        rows=[
            {"room": each, "names": len(names_in(view, each)), "here": len(each.present)}
            for each in found[first - 1 : first - 1 + PAGE]
        ],
        first=first,
        last=min(first - 1 + PAGE, len(found)),
        total=len(found),
        filled=kept,
        report=view.world.reports.get(ReportId(kept["report"])),
        fault=fault,
        acting=view.as_of is None,
    )


def _prefilled(view: View, filled: Mapping[str, str]) -> Mapping[str, str]:
    """What stands in the form at first: now, or what the report says that it is opened from."""
    now = view.moment[:_TO_THE_MINUTE]
    report = view.world.reports.get(ReportId(filled["report"]))
    title = report.title[:100] if report else f"Incident, {in_words(now)}"
    return {
        "title": filled["title"] or title,
        "place": filled["place"] or (report.place if report else ""),
        "time": filled["time"] or (report.written if report else "") or now,
        "label": filled["label"] or default_label(view.reader.tokens),
        "report": report.id if report else "",
    }


def opened(visit: Visit) -> Response:
    """Open a room; what was typed is kept if something is wrong with it."""
    filled = {each: visit.filled(each) for each in _FIELDS}
    view = visit.present("open an incident room", filled["title"])
    try:
        which = open_incident(visit.desk, view, **filled)
    except (RefusedError, NotFoundError):
        raise
    except LeconfieldError as error:
        return _page(visit, view, filled, str(error))
    return visit.back_to(
        f"/incidents/{which}?do=tell#field-words", "Room open. Paste what comes in: names are traced at once."
    )


def _of_subject(_visit: Visit, view: View, subject: str) -> Mapping[str, object] | None:
    """On a subject's page: the way to the answer of record."""
    del view
    return {"subject": subject}


def _of_report(_visit: Visit, view: View, report: str) -> Mapping[str, object] | None:
    """On a report's page: the rooms in which it stands, and the way to begin one with it."""
    return {"rooms": rooms_of(view, report), "report": report, "acting": view.as_of is None}


ROOMS: Final = (Room("n", "Incident rooms", "/incidents"),)
PANELS: Final = (
    Panel("subject", "desk/incident_panel.html", _of_subject),
    Panel("report", "desk/incident_report_panel.html", _of_report),
)
_ONE: Final = "/incidents/{incident}"
ROUTES: Final = [
    get("/incidents", incidents),
    post("/incidents", opened),
    get("/incidents/answer", pages_answer.answer),
    get("/incidents/answer.{paper}", pages_answer.paper),
    get(_ONE, pages_room.room),
    get(f"{_ONE}/picture", pages_room.picture),
    *(post(f"{_ONE}/{doing}", pages_room.act(doing)) for doing in pages_room.DOINGS),
]
