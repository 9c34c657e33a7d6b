"""Officers' pages of surveillance: operations, one with team and log, a line written there, the log on paper."""

from __future__ import annotations

import json
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
from leconfield.printing import WRITERS
from leconfield.surveillance import rules, service
from leconfield.surveillance.model import FIRST, Line, Operation, Written
from leconfield.surveillance.papers import faults, paper_of
from leconfield.surveillance.state import operations
from leconfield.web.downloads import download
from leconfield.web.kit import Room
from leconfield.web.visit import Visit, get, post

TEMPLATES: Final = Path(__file__).parent / "templates"
ROOMS: Final = (Room("u", "Operations", "/operations"),)
SHOWN: Final = 200
"""Lines on the page, the newest first; all of them are on paper."""
_FIELDS: Final = ("name", "about", "label", "words", "member", "call_sign", "role", "by", "seen", "place", "collateral")


def listed(visit: Visit) -> Response:
    """The operations that one may know of."""
    return _list(visit, visit.view("operations"), {each: visit.asked(each) for each in _FIELDS}, "")


def _list(visit: Visit, view: View, filled: Mapping[str, str], fault: str) -> Response:
    return visit.page(
        "surveillance/list.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        rows=[_row(view, each) for each in operations(view)],
        filled={**filled, "label": filled["label"] or "&".join(sorted(view.reader.tokens))},
        holds=", ".join(sorted(view.reader.tokens)) or "no tokens",
        fault=fault,
        acting=view.as_of is None,
    )


def _row(view: View, operation: Operation) -> dict[str, object]:
    standing = live(view, service.WATCH, operation.id, view.moment)
    return {
        "operation": operation,
        "authority": standing,
        "state": "closed" if operation.closed else "may be logged on" if standing else "no live authority",
        "url": f"/operations/{operation.id}",
    }


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
    told = rules.shown(rules.in_order(operation.lines), view.moment)
    return visit.page(
        "surveillance/one.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        **_row(view, operation),
        lines=[_told(each) for each in reversed(told[-SHOWN:])],
        total=len(operation.lines),
        gone=len(operation.lines) - len(told),
        wrong=faults(operation),
        signs=[(each.call_sign, f"{each.call_sign}, {each.role}") for each in operation.team],
        acts=[(name, each.words, each.key) for name, each in _ACTS.items()] if view.as_of is None else [],
        wanted=wanted if wanted in _ACTS and view.as_of is None else "",
        filled=filled,
        fault=fault,
        acting=view.as_of is None and not operation.closed,
    )


def _told(line: Line) -> dict[str, object]:
    return {"line": line.written, "loose": not line.authority, "seal": line.written.seal[:12]}


def paper(visit: Visit) -> Response:
    """The log as PDF or DOCX, with its seals."""
    ending = visit.part("ending")
    view = visit.view(f"operation, log as {ending}"[:60], visit.part("operation"))
    operation = service.found(view, visit.part("operation"))
    if ending not in WRITERS:
        raise NotFoundError("the log is printed as PDF or DOCX")
    return download(WRITERS[ending](paper_of(view, operation)), f"observation-log-{operation.id[:8]}.{ending}")


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


def lines(visit: Visit) -> Response:
    """Lines that a device wrote, perhaps without the server: JSON in, what became of them out."""
    which = visit.part("operation")
    view = visit.present("operation, lines", which)
    taken = service.take(visit.desk, view, which, _sent(visit.filled("lines")))
    return visit.json({name: getattr(taken, name) for name in ("kept", "held_already", "without_authority", "fault")})


def _sent(text: str) -> list[Written]:
    try:
        said = json.loads(text)
        return [_line(each) for each in said]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BadInputError("these are no lines of a log; send a list of them as the page does") from error


def _line(said: Mapping[str, object]) -> Written:
    words = ("device", "at", "by", "seen", "place", "latitude", "longitude", "follows", "seal")
    texts = {name: said[name] for name in words}
    number, collateral, pictures = said["number"], said["collateral"], said["pictures"]
    sound = (
        all(isinstance(each, str) for each in texts.values())
        and type(number) is int
        and type(collateral) is bool
        and isinstance(pictures, list)
        and all(isinstance(each, str) for each in pictures)
    )
    if not sound:
        raise TypeError("a line has parts of its own kinds")
    return Written(number=number, collateral=collateral, pictures=tuple(pictures), **texts)  # type: ignore[arg-type]  # checked above


def _log(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> None:
    """A line written on the page itself: the desk is its device, one for each officer."""
    operation = service.found(view, which)
    device = visit.desk.ids.of("device", which, view.reader.name)
    number, head = operation.heads.get(device, (0, FIRST))
    line = Written(
        device,
        number + 1,
        stamp(visit.desk.clock()),
        filled["by"],
        filled["seen"],
        filled["place"],
        collateral=filled["collateral"] == "yes",
        follows=head,
    )
    taken = service.take(visit.desk, view, which, [rules.sealed(line)])
    if taken.fault:
        raise BadInputError(taken.fault)


def _deploy(visit: Visit, view: View, which: str, filled: Mapping[str, str]) -> None:
    standing = live(view, service.WATCH, which, stamp(visit.desk.clock()))
    if standing is None:
        raise RefusedError("no live authority permits that; apply for one first")
    given = authorised(visit.desk, view, standing.id, service.WATCH, which)
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
    "log": _Act("Write a line", "l", _log, "It stands."),
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
    get("/operations/{operation}", one),
    get("/operations/{operation}/log.{ending}", paper),
    post("/operations/{operation}/lines", lines),
    post("/operations/{operation}/{act}", act),
]
