"""One exhibit: what it is, who has held it, whether its bytes are what was produced."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Final

from starlette.responses import Response

from leconfield.desk.evidence import service
from leconfield.desk.evidence.continuity import breaks, holder, in_order
from leconfield.desk.evidence.model import SAME
from leconfield.desk.evidence.state import case_file_of
from leconfield.desk.investigations import investigation_in
from leconfield.errors import LeconfieldError, NotFoundError, RefusedError
from leconfield.ledger.view import View
from leconfield.web.downloads import download
from leconfield.web.visit import Visit

FIELDS: Final = ("giver", "taker", "given", "taken", "reason", "seal")
DOINGS: Final = ("hand", "verify")
"""Acts on an exhibit."""


def exhibit_page(visit: Visit) -> Response:
    """One exhibit and its continuity, a break of it in red."""
    which, exhibit = visit.part("investigation"), visit.part("exhibit")
    view = visit.view("exhibit", exhibit)
    return _page(visit, view, which, exhibit, {}, "")


def _page(visit: Visit, view: View, which: str, exhibit: str, filled: Mapping[str, str], fault: str) -> Response:
    case, file = investigation_in(view, which), case_file_of(view, which)
    found = service.known_exhibit(file, exhibit)
    broken = breaks(found)
    return visit.page(
        "desk/evidence_exhibit.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        case=case,
        file=file,
        exhibit=found,
        holder=holder(found),
        breaks=broken,
        hands=[
            {"hand": each, "breaks": [one.words for one in broken if one.after == each.id]} for each in in_order(found)
        ],
        handing=bool(fault) or visit.asked("do") == "hand",
        filled={each: filled.get(each, "") for each in FIELDS},
        fault=fault,
        acting=view.as_of is None,
    )


def content(visit: Visit) -> Response:
    """The exhibit's bytes, to be saved."""
    view = visit.view("exhibit, file", visit.part("exhibit"))
    which = visit.part("investigation")
    found = service.known_exhibit(case_file_of(view, which), visit.part("exhibit"))
    return download(service.content_of(view, which, found), f"{found.number.replace('/', '-')}.bin")


def act(doing: str) -> Callable[[Visit], Response]:
    """The handler of one act on an exhibit."""

    def handler(visit: Visit) -> Response:
        which, exhibit = visit.part("investigation"), visit.part("exhibit")
        view = visit.present(f"exhibit, {doing}", exhibit)
        filled = {each: visit.filled(each) for each in FIELDS}
        try:
            done = _done(visit, view, which, exhibit, doing, filled)
        except (RefusedError, NotFoundError):
            raise
        except LeconfieldError as error:
            return _page(visit, view, which, exhibit, filled, str(error))
        return visit.back_to(f"/evidence/{which}/exhibits/{exhibit}", done)

    return handler


def _done(visit: Visit, view: View, which: str, exhibit: str, doing: str, filled: Mapping[str, str]) -> str:
    """Do it; what is said then."""
    if doing == "hand":
        service.hand_over(visit.desk, view, which, exhibit, dict(filled))
        return "Hand-over written down."
    same = service.verify(visit.desk, view, which, exhibit) == SAME
    return "The bytes are what was produced." if same else "The file is gone, or not what was produced."
