"""Officers' pages of surveillance: operations, and one with its team, its log and what may be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.authority.permit import authorised, live
from leconfield.errors import BadInputError, LeconfieldError, NotFoundError, RefusedError
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.surveillance import pages_live, pages_paper, pages_picture, service
from leconfield.surveillance.model import WATCH
from leconfield.surveillance.papers import faults
from leconfield.surveillance.rows import rows, spots, summary
from leconfield.surveillance.sketch import sketch_of
from leconfield.surveillance.state import operations
from leconfield.web.kit import Room
from leconfield.web.visit import Visit, get, post

TEMPLATES: Final = Path(__file__).parent / "templates"
ROOMS: Final = (Room("u", "Operations", "/operations"),)
SHOWN: Final = 200
"""Lines on the page, the newest first; all of them are on paper."""
_FIELDS: Final = ("name", "about", "label", "words", "member", "call_sign", "role")


def listed(visit: Visit) -> Response:
    """The operations that one may know of."""
    return _list(visit, visit.view("operations"), {each: visit.asked(each) for each in _FIELDS}, "")


def _list(visit: Visit, view: View, filled: Mapping[str, str], fault: str) -> Response:
    return visit.page(
        "surveillance/list.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        rows=[summary(view, each) for each in operations(view)],
        filled={**filled, "label": filled["label"] or "&".join(sorted(view.reader.tokens))},
        holds=", ".join(sorted(view.reader.tokens)) or "no tokens",
        fault=fault,
        acting=view.as_of is None,
    )


def put(visit: Visit) -> Response:
    """Plan an operation."""
    filled = {each: visit.filled(each) for each in _FIELDS}
    view = visit.present("operations, plan")
    try:
        which = service.plan(visit.desk, view, **{each: filled[each] for each in ("name", "about", "label")})
    except LeconfieldError as error:
        return _list(visit, view, filled, str(error))
    return visit.back_to(f"/operations/{which}", "Planned. Apply for an authority, and put the team together.")


def one(visit: Visit) -> Response:
    """One operation: team, briefing, log, and what may be done."""
    view = visit.view("operation", visit.part("operation"))
    return _page(visit, view, {each: visit.asked(each) for each in _FIELDS}, visit.asked("act"), "")


def _page(visit: Visit, view: View, filled: Mapping[str, str], wanted: str, fault: str) -> Response:
    operation = service.found(view, visit.part("operation"))
    told = rows(visit.desk, operation, view.moment, SHOWN)
    acting = view.as_of is None
    return visit.page(
        "surveillance/one.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        **summary(view, operation),
        lines=told,
        total=len(operation.lines),
        gone=sum(each.says is None for each in told),
        located=bool(spots(told)),
        sketch=sketch_of(told),
        wrong=faults(operation),
        acts=[(name, each.words, each.key) for name, each in _ACTS.items()] if acting else [],
        wanted=wanted if wanted in _ACTS and acting else "",
        filled=filled,
        fault=fault,
        acting=acting and not operation.closed,
    )


def act(visit: Visit) -> Response:
    """Do something on an operation; what was typed is kept if something is wrong with it."""
    which, what = visit.part("operation"), visit.part("act")
    view = visit.present(f"operation, {what}"[:60], which)
    filled = {each: visit.filled(each) for each in _FIELDS}
    chosen = _ACTS.get(what)
    if chosen is None:
        raise BadInputError(f'"{what[:40]}" is nothing that is done on an operation; choose {", ".join(_ACTS)}')
    try:
        chosen.does(visit, view, which, filled)
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _page(visit, view, filled, what, str(error))
    return visit.back_to(f"/operations/{which}", chosen.done)


def _deploy(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> None:
    standing = live(view, WATCH, which, stamp(visit.desk.clock()))
    if standing is None:
        service.found(view, which)
        raise RefusedError("no live authority permits that; apply for one first")
    given = authorised(visit.desk, view, standing.id, WATCH, which)
    service.deploy(visit.desk, view, given, which, words=filled["words"])


def _staff(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> None:
    service.staff(visit.desk, view, which, member=filled["member"], call_sign=filled["call_sign"], role=filled["role"])


def _worded(does: Callable[..., None]) -> Callable[[Visit, View, str, Mapping[str, str]], None]:
    def do(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> None:
        does(visit.desk, view, which, words=filled["words"])

    return do


@dataclass(frozen=True, slots=True)
class _Act:
    """Something that is done on an operation's page."""

    words: str
    key: str
    does: Callable[[Visit, View, str, Mapping[str, str]], None]
    done: str


_ACTS: Final[Mapping[str, _Act]] = {
    "deploy": _Act("Send the team out", "s", _deploy, "The team is out."),
    "staff": _Act("Put somebody into the team", "t", _staff, "He is in the team."),
    "brief": _Act("Brief", "b", _worded(service.brief), "The briefing stands."),
    "hand-over": _Act("Hand over", "h", _worded(service.hand_over), "Handed over."),
    "debrief": _Act("Debrief", "d", _worded(service.debrief), "The debrief stands."),
    "close": _Act("Close", "c", _worded(service.close), "Closed. Lines that were written before it are still taken."),
}

ROUTES: Final[list[Route]] = [
    get("/operations", listed),
    post("/operations", put),
    *pages_live.ROUTES,
    *pages_paper.ROUTES,
    *pages_picture.ROUTES,
    get("/operations/{operation}", one),
    post("/operations/{operation}/{act}", act),
]
