"""The page of what crosses: what would go, what went, what came in, and the two buttons where a spool is at hand."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.errors import LeconfieldError, RefusedError
from leconfield.gate.release.state import releases
from leconfield.ledger.view import View
from leconfield.outreach import crossing, profile
from leconfield.outreach.crossing import Crossings
from leconfield.outreach.frame import shown
from leconfield.outreach.orders import orders_of
from leconfield.outreach.outward import crosses
from leconfield.web.visit import Visit, get, post

_LAST: Final = 30


def page(visit: Visit) -> Response:
    """What went to the window, and what came in from it."""
    return _page(visit, visit.view("window, crossing"))


def _page(visit: Visit, view: View, fault: str = "") -> Response:
    known = view.derived(Crossings)
    names: dict[str, str] = {each.id: each.content.title or each.content.form for each in releases(view).by_id.values()}
    gone = sorted(known.out.items(), key=lambda each: (each[1].at, each[0]), reverse=True)
    due = [each for each in releases(view).by_id.values() if crosses(each) and not _gone(known, each.id, each.state)]
    house = profile.of(visit.desk)
    orders = [each for each in orders_of(view).values() if crossing.order_name(each) not in known.out]
    return shown(
        visit,
        view,
        "window/crossing.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        due=due,
        due_orders=len(orders),
        gone=[(entry, names.get(what.partition(" ")[0], ""), what) for what, entry in gone[:_LAST]],
        gone_total=len(gone),
        taken=len(known.taken),
        refused=known.refused[::-1][:_LAST],
        spools=house.spools,
        lying=_lying(house) if house.allows(view.reader, "cross") else 0,
        allowed=view.as_of is None and house.allows(view.reader, "cross"),
        fault=fault,
    )


def _gone(known: Crossings, which: str, state: str) -> bool:
    return (f"{which} withdrawn" if state == "withdrawn" else which) in known.out


def _lying(house: profile.Profile) -> int:
    """How many boxes lie at the way in: names alone are looked at."""
    folder = house.spools.from_
    return sum(1 for each in folder.glob("*.box")) if folder and folder.is_dir() else 0


def send(visit: Visit) -> Response:
    """Write what is due into the spool."""
    view = visit.present("window, export")
    spools = profile.of(visit.desk).spools
    try:
        if spools.to is None:
            raise RefusedError("no spool is set in outreach.toml; carry the files by command")
        done = crossing.export(visit.desk, view, spools.to)
    except LeconfieldError as error:
        return _page(visit, visit.present("window, crossing"), str(error))
    return visit.back_to(
        "/window/crossing", f"{done.files:,} files lie in the spool; {done.written:,} of them are new."
    )


def fetch(visit: Visit) -> Response:
    """Take in the boxes that lie in the spool."""
    view = visit.present("window, import")
    spools = profile.of(visit.desk).spools
    try:
        if spools.from_ is None or spools.aside is None:
            raise RefusedError("no spool is set in outreach.toml; take boxes in by command")
        done = crossing.import_(visit.desk, view, spools.from_, spools.aside)
    except LeconfieldError as error:
        return _page(visit, visit.present("window, crossing"), str(error))
    words = f"{done.taken:,} boxes taken in, {len(done.aside):,} put aside"
    more = f", {len(done.left):,} left for somebody who holds their label" if done.left else ""
    return visit.back_to("/window/crossing", f"{words}{more}.")


ROUTES: Final[list[Route]] = [
    get("/window/crossing", page),
    post("/window/crossing/send", send),
    post("/window/crossing/fetch", fetch),
]
