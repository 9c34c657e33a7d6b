"""Officers' pages of a schedule for the other side: put before the gate, served once it is sealed, saved as it was."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.desk.evidence import pages_file
from leconfield.errors import LeconfieldError, NotFoundError, RefusedError
from leconfield.gate.handing import schedules
from leconfield.gate.release.state import found
from leconfield.web.downloads import download
from leconfield.web.visit import Visit, get, post

OUT: Final = "/evidence/out/{release}"


def prepare(visit: Visit) -> Response:
    """Put the schedule into a release; or show its form again with what is wrong."""
    which = visit.part("investigation")
    view = visit.present("case file, release", which)
    filled = {each: visit.filled(each) for each in pages_file.FIELDS}
    terms = {each: filled[each] for each in ("schedule", "reason", "label")}
    try:
        release = schedules.prepare(visit.desk, view, which, **terms)
    except (RefusedError, NotFoundError):
        raise
    except LeconfieldError as error:
        return pages_file.shown(visit, view, which, "serve", filled, str(error))
    return visit.back_to(f"/evidence/out/{release}", "It waits for its release; nothing has left.")


def one(visit: Visit) -> Response:
    """One schedule: how its release stands, and the way out once that is sealed."""
    which = visit.part("release")
    view = visit.view("schedule for the other side", which)
    case, issue = schedules.prepared(view, which)
    release = found(view, which)
    return visit.page(
        "gate/schedule_out.html",
        case=case,
        issue=issue,
        release=release,
        why_not=schedules.why_not(view, release),
        served=schedules.served(view, which) is not None,
        acting=view.as_of is None,
    )


def serve(visit: Visit) -> Response:
    """Serve it: from then on it stands in the case file, and its files can be saved."""
    which = visit.part("release")
    schedules.serve(visit.desk, visit.present("serve schedule", which), which)
    return visit.back_to(f"/evidence/out/{which}", "Served; what was sealed is kept as it is.")


def saved(visit: Visit) -> Response:
    """A file of a schedule that was served, as it was sealed."""
    which, ending = visit.part("release"), visit.part("sheet")
    view = visit.view("schedule, released", which)
    content = schedules.served_file(visit.desk, view, which, ending)
    return download(content, f"{schedules.prepared(view, which)[1].schedule}.{ending}")


ROUTES: Final[list[Route]] = [
    post("/evidence/{investigation}/release", prepare),
    get(OUT, one),
    post(OUT, serve),
    get(f"{OUT}/{{sheet}}", saved),
]
