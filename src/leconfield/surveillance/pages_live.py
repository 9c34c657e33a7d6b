"""The page that is used in the street: one press a line, with a connexion or without."""

from __future__ import annotations

import json
from hashlib import sha256
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from leconfield.errors import BadInputError, DamagedError, LeconfieldError, NotFoundError
from leconfield.ledger.view import View
from leconfield.surveillance import service, taking
from leconfield.surveillance.lines import line_in
from leconfield.surveillance.model import FIRST, QUICK, Operation, Says, Written
from leconfield.surveillance.pictures import media_of, receive
from leconfield.surveillance.rows import rows, spots, summary
from leconfield.web.kit import STATIC
from leconfield.web.visit import Visit, get, post

LAST: Final = 12
"""Lines below the form, the newest first."""
PLACES: Final = 30
_FIELDS: Final = ("by", "seen", "place", "position", "known", "collateral")


def page(visit: Visit) -> Response:
    """Where lines are written."""
    view = visit.view("operation, live", visit.part("operation"))
    return _page(visit, view, {each: visit.asked(each) for each in _FIELDS}, "")


def _page(visit: Visit, view: View, filled: dict[str, str], fault: str) -> Response:
    operation = service.found(view, visit.part("operation"))
    told = rows(visit.desk, operation, view.moment, LAST)
    own = next((each.call_sign for each in operation.team if each.name == view.reader.name), "")
    return visit.page(
        "surveillance/live.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        **summary(view, operation),
        lines=told,
        quick=list(QUICK.items()),
        signs=[(each.call_sign, f"{each.call_sign}, {each.role}") for each in operation.team],
        places=_places(visit, view, operation),
        filled={**filled, "by": filled["by"] or own},
        fault=fault,
        acting=view.as_of is None and not operation.closed,
    )


def _places(visit: Visit, view: View, operation: Operation) -> list[tuple[str, str]]:
    """Places at which lines of this operation were written, to choose from."""
    known = spots(rows(visit.desk, operation, view.moment, 20 * PLACES))
    return [(f"{each.latitude}, {each.longitude} {each.name}", each.name) for each in known if each.name][:PLACES]


def fragment(visit: Visit) -> Response:
    """The last lines alone: put below the form once lines were sent."""
    view = visit.view("operation, last lines", visit.part("operation"))
    operation = service.found(view, visit.part("operation"))
    told = rows(visit.desk, operation, view.moment, LAST)
    return visit.fragment("surveillance/last.html", lines=told, url=f"/operations/{operation.id}")


def write(visit: Visit) -> Response:
    """A line from the form, with its pictures; what was typed is kept if something is wrong with it."""
    which = visit.part("operation")
    view = visit.present("operation, log", which)
    filled = {each: visit.filled(each) for each in _FIELDS}
    try:
        contents = [each.file.read() for each in visit.files("picture")]
        for each in contents:
            media_of(each)
        says = _says(filled, visit.filled("quick"), tuple(sha256(each).hexdigest() for each in contents))
        taken = taking.write(
            visit.desk, view, which, by=filled["by"], says=says, collateral=filled["collateral"] == "yes"
        )
        if taken.fault:
            raise BadInputError(taken.fault)
        for each in contents:
            receive(visit.desk, visit.present("operation, picture", which), which, each)
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _page(visit, view, filled, str(error))
    given = "" if taken.without_authority == 0 else " No authority is live: it is marked, and oversight is told."
    by = next((each for each in service.found(view, which).signs if each == filled["by"]), "")
    return visit.back_to(f"/operations/{which}/live?{urlencode({'by': by})}", f"It stands.{given}")


def _says(filled: dict[str, str], quick: str, pictures: tuple[str, ...]) -> Says:
    """What the form says, from one press, free words, or both."""
    if quick and quick not in QUICK:
        raise BadInputError(f'"{quick[:40]}" is none of the buttons; choose {", ".join(QUICK)}')
    seen = " ".join(each for each in (f"{QUICK[quick]}." if quick else "", filled["seen"].strip()) if each)
    place, position = filled["place"].strip(), filled["position"]
    if filled["known"] and not place and not position.strip():
        latitude, longitude, place = [*filled["known"].split(" ", 2), "", ""][:3]
        return Says(seen.replace("\r\n", "\n"), place, latitude.rstrip(","), longitude, pictures)
    latitude, longitude = _position(position)
    return Says(seen.replace("\r\n", "\n"), place, latitude, longitude, pictures)


def _position(words: str) -> tuple[str, str]:
    """Latitude and longitude as they were typed; both empty if nothing was."""
    parts = words.replace(",", " ").split()
    if len(parts) not in (0, 2):
        raise BadInputError(f'position "{words[:40]}": give latitude, longitude in degrees, as 51.8787, -0.4200')
    return (parts[0], parts[1]) if parts else ("", "")


def lines(visit: Visit) -> Response:
    """Lines that a device wrote, perhaps without the server: JSON in, what became of them out."""
    which = visit.part("operation")
    view = visit.present("operation, lines", which)
    service.found(view, which)
    sent, refused = _sent(visit.filled("lines"))
    taken = taking.take(visit.desk, view, which, sent, clock=visit.filled("clock"))
    faults = [*refused, *taken.faults.values()]
    return visit.json(
        {
            "kept": taken.kept,
            "held_already": taken.held_already,
            "without_authority": taken.without_authority,
            "fault": faults[0] if faults else "",
            "heads": taken.heads,
        }
    )


def _sent(text: str) -> tuple[list[Written], list[str]]:
    """The lines that are some, and what is wrong with the others."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInputError("these are no lines of a log; send a list of them as the page does") from error
    if not isinstance(said, list) or len(said) > taking.MOST_LINES:
        raise BadInputError(f"send a list of lines as the page does, {taking.MOST_LINES} at most")
    found, refused = [], []
    for each in said:
        try:
            found.append(line_in(each))
        except BadInputError as error:
            refused.append(str(error))
    return found, refused


def state(visit: Visit) -> Response:
    """What a device asks before it sends: how the operation stands, and up to where its own lines are here."""
    which = visit.part("operation")
    view = visit.present("operation, state", which)
    operation = service.found(view, which)
    how = summary(view, operation)
    return visit.json(
        {
            "csrf": visit.csrf,
            "name": operation.name,
            "state": how["state"],
            "live": how["live"],
            "signs": sorted(operation.signs),
            "head": operation.heads.get(visit.asked("device"), (0, FIRST)),
        }
    )


def shell(visit: Visit) -> Response:
    """The same form with nothing of the desk on it: what a device may keep, to open the page without a connexion."""
    _check_signed_in(visit)
    return visit.fragment("surveillance/shell.html", quick=list(QUICK.items()))


def keeper(visit: Visit) -> Response:
    """The script by which a browser opens that form without a connexion.

    Raises:
        DamagedError: if it was not built.
    """
    _check_signed_in(visit)
    found = next((STATIC / "built").glob("keeper-*.js"), None)
    if found is None:
        raise DamagedError("the scripts of the pages are not built; run python tools/build_web.py")
    return Response(found.read_bytes(), media_type="text/javascript")


def _check_signed_in(visit: Visit) -> None:
    """Make sure that somebody is: asking who it is raises otherwise."""
    _ = visit.reader


ROUTES: Final[list[Route]] = [
    get("/operations/shell", shell),
    get("/operations/keeper.js", keeper),
    get("/operations/{operation}/live", page),
    post("/operations/{operation}/live", write),
    get("/operations/{operation}/live/last", fragment),
    get("/operations/{operation}/live/state", state),
    post("/operations/{operation}/lines", lines),
]
