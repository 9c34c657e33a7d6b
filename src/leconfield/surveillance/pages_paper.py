"""Operations taken along: the log as PDF, DOCX or JSON, the briefing sheet, and where lines were written."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.errors import NotFoundError
from leconfield.printing import WRITERS
from leconfield.surveillance import service
from leconfield.surveillance.evidence import as_json
from leconfield.surveillance.papers import briefing_of, evidential_pdf, paper_of
from leconfield.surveillance.rows import drawn, rows, spots
from leconfield.web.downloads import download
from leconfield.web.visit import Visit, get

MOST_DRAWN: Final = 5000
"""Lines on the map, the newest."""


def log(visit: Visit) -> Response:
    """The log as PDF (with the file to check it by), DOCX, or that file."""
    ending = visit.part("ending")
    view = visit.view(f"operation, log as {ending}"[:60], visit.part("operation"))
    operation = service.found(view, visit.part("operation"))
    name = f"observation-log-{operation.id[:8]}.{ending}"
    if ending == "json":
        return download(as_json(view, operation), name, "application/json")
    if ending == "pdf":
        return download(evidential_pdf(view, operation), name)
    if ending == "docx":
        return download(WRITERS[ending](paper_of(view, operation)), name)
    raise NotFoundError("the log is saved as PDF, DOCX or JSON")


def briefing(visit: Visit) -> Response:
    """The briefing sheet as PDF or DOCX."""
    ending = visit.part("ending")
    view = visit.view(f"operation, briefing as {ending}"[:60], visit.part("operation"))
    operation = service.found(view, visit.part("operation"))
    if ending not in WRITERS:
        raise NotFoundError("the briefing is printed as PDF or DOCX")
    return download(WRITERS[ending](briefing_of(view, operation)), f"briefing-{operation.id[:8]}.{ending}")


def positions(visit: Visit) -> Response:
    """What the map of the operation draws."""
    view = visit.view("operation, map", visit.part("operation"))
    operation = service.found(view, visit.part("operation"))
    told = rows(visit.desk, operation, view.moment, MOST_DRAWN)
    url = f"/operations/{operation.id}"
    return visit.json({"places": [drawn(each, url) for each in spots(told)]})


ROUTES: Final[list[Route]] = [
    get("/operations/{operation}/log.{ending}", log),
    get("/operations/{operation}/briefing.{ending}", briefing),
    get("/operations/{operation}/positions", positions),
]
