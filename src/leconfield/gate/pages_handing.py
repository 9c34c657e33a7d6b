"""Officers' pages of handing over: a file for a partner is put into a release, waits at the gate, and leaves."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.desk.exchange import pages as exchange
from leconfield.desk.exchange import service as making
from leconfield.desk.exchange.model import ENDINGS, FORMATS, MEDIA_TYPES
from leconfield.errors import LeconfieldError
from leconfield.gate.handing import service
from leconfield.gate.handing.state import Handing, prepared
from leconfield.gate.release.state import found, releases
from leconfield.web.downloads import download
from leconfield.web.visit import Visit, get, post

PAGE: Final = 50
OUT: Final = "/exchange/out"


def prepare(visit: Visit) -> Response:
    """Make the file as the form says, and put it into a release; or show the form again with what is wrong."""
    filled = {name: visit.filled(name) for name in exchange.FIELDS}
    view = visit.present("prepare to hand over", filled["recipient"])
    try:
        made = making.ready(
            visit.desk,
            view,
            exchange.chosen_for(visit, view, filled),
            recipient=filled["recipient"],
            purpose=filled["purpose"],
            form=filled["format"],
            label=filled["label"].strip(),
        )
        which = service.prepare(visit.desk, view, made)
    except LeconfieldError as error:
        return exchange.form(visit, view, filled, str(error))
    return visit.back_to(f"{OUT}/{which}", "Prepared. It waits at the gate; nothing has left.")


def waiting(visit: Visit) -> Response:
    """What was prepared for whom, the last first, and how it stands."""
    view = visit.view("waiting at the gate")
    kept, known = view.derived(Handing), releases(view).by_id
    rows = [(each, known[each.release]) for each in kept.by_release.values() if each.release in known][::-1]
    first = visit.number("from", 0, 10_000_000)
    return visit.page(
        "gate/handing.html",
        rows=rows[first : first + PAGE],
        gone=kept.gone,
        formats=FORMATS,
        total=len(rows),
        first=first,
        next_url=f"/exchange/waiting?from={first + PAGE}" if first + PAGE < len(rows) else "",
        previous_url=f"/exchange/waiting?from={max(0, first - PAGE)}" if first else "",
    )


def one(visit: Visit) -> Response:
    """One file that waits at the gate: for whom, how its release stands, and the way out once that is sealed."""
    which = visit.part("release")
    view = visit.view("waiting at the gate", which)
    kept, release = prepared(view, which), found(view, which)
    return visit.page(
        "gate/handing_one.html",
        kept=kept,
        release=release,
        why_not=service.why_not(release, kept),
        gone=view.derived(Handing).gone.get(release.id, ""),
        formats=FORMATS,
        acting=view.as_of is None,
    )


def hand_over(visit: Visit) -> Response:
    """Hand the file over: the answer is the file."""
    which = visit.part("release")
    view = visit.present("hand over", which)
    kept = prepared(view, which)
    content = service.hand_over(visit.desk, view, which)
    return download(content, f"exchange.{ENDINGS[kept.form]}", MEDIA_TYPES[kept.form])


ROUTES: Final[list[Route]] = [
    post(OUT, prepare),
    get("/exchange/waiting", waiting),
    get(f"{OUT}/{{release}}", one),
    post(f"{OUT}/{{release}}", hand_over),
]
