"""Officers' pages of what goes to the other side of a case: it waits for its release, leaves, is saved as it was."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.desk.evidence import pages_file
from leconfield.errors import LeconfieldError, NotFoundError, RefusedError
from leconfield.gate.handing import court, documents, schedules
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


def put(visit: Visit) -> Response:
    """Put a rebuilt document into a release."""
    which, rebuilt = visit.part("investigation"), visit.part("rebuilt")
    view = visit.present("rebuilt document, release", rebuilt)
    release = documents.prepare(visit.desk, view, which, rebuilt)
    return visit.back_to(f"/evidence/out/{release}", "It waits for its release; nothing has left.")


def one(visit: Visit) -> Response:
    """One schedule or document: how its release stands, and the way out once that is sealed."""
    which = visit.part("release")
    view = visit.view("for the other side", which)
    return visit.page(
        "gate/court_out.html",
        out=court.outgoing(view, which),
        release=found(view, which),
        why_not=court.why_not(view, which),
        acting=view.as_of is None,
    )


def let_go(visit: Visit) -> Response:
    """Let it go: from then on it stands so in the case file, and its files can be saved."""
    which = visit.part("release")
    court.let_go(visit.desk, visit.present("let go for court", which), which)
    return visit.back_to(f"/evidence/out/{which}", "It has left; what was sealed is kept as it is.")


def saved(visit: Visit) -> Response:
    """A file of what has left, as it was sealed."""
    which, ending = visit.part("release"), visit.part("sheet")
    view = visit.view("for the other side, file", which)
    return download(court.given_out(visit.desk, view, which, ending), f"released.{ending}")


ROUTES: Final[list[Route]] = [
    post("/evidence/{investigation}/release", prepare),
    post("/evidence/{investigation}/rebuilt/{rebuilt}/release", put),
    get(OUT, one),
    post(OUT, let_go),
    get(f"{OUT}/{{sheet}}", saved),
]
