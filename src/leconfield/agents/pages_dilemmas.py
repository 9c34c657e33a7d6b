"""The page of the dilemmas log, for those who hold a handler's; to anybody else there is no such page."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.agents import dilemmas
from leconfield.agents.dilemmas import KEPT, MAX_WORDS
from leconfield.authority.pages_oversight import nowhere
from leconfield.errors import BadInputError
from leconfield.ledger.view import View
from leconfield.web.visit import Visit, get, post


def listed(visit: Visit) -> Response:
    """What weighs on the handlers whose logs one may read, with what was said to it."""
    view = visit.view("dilemmas")
    return _page(visit, view, {each: visit.asked(each) for each in ("handler", "note")}, "")


def _page(visit: Visit, view: View, filled: Mapping[str, str], fault: str) -> Response:
    handlers = dilemmas.logs(view)
    if not handlers:
        return nowhere(visit)
    return visit.page(
        "agents/dilemmas.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        notes=dilemmas.log(visit.desk, view),
        handlers=[(each, each) for each in handlers],
        handler=filled["handler"] if filled["handler"] in handlers else handlers[0],
        answering=filled["note"],
        days=KEPT.days,
        most=MAX_WORDS,
        moment=view.moment,
        acting=view.as_of is None,
        fault=fault,
    )


def noted(visit: Visit) -> Response:
    """Write something down."""
    view = visit.present("dilemmas")
    filled = {each: visit.filled(each) for each in ("handler", "note")}
    handlers = dilemmas.logs(view)
    if not handlers:
        return nowhere(visit)
    if filled["handler"] not in handlers:
        return _page(visit, view, filled, "choose whose log it is")
    try:
        dilemmas.note(visit.desk, view, handler=filled["handler"], words=visit.filled("words"))
    except BadInputError as error:
        return _page(visit, view, filled, str(error))
    return visit.back_to("/dilemmas", f"Kept for {KEPT.days} days, then gone.")


def answered(visit: Visit) -> Response:
    """Say something to a note."""
    view = visit.present("dilemmas")
    filled = {each: visit.filled(each) for each in ("handler", "note")}
    if not dilemmas.logs(view):
        return nowhere(visit)
    try:
        dilemmas.answer(visit.desk, view, filled["note"], words=visit.filled("words"))
    except BadInputError as error:
        return _page(visit, view, filled, str(error))
    return visit.back_to("/dilemmas", "Said.")


ROUTES: Final[list[Route]] = [
    get("/dilemmas", listed),
    post("/dilemmas", noted),
    post("/dilemmas/answer", answered),
]
