"""The duty line's page, for one thumb at three in the morning: what alarms on top, with the one thing to do next."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from http import HTTPStatus
from typing import Final

from starlette.responses import Response

from leconfield.agents import safety
from leconfield.errors import BadInputError, LeconfieldError, NotFoundError
from leconfield.ledger.view import View
from leconfield.staff import service
from leconfield.staff.picture import picture_of
from leconfield.web.visit import Visit

_NOW: Final = "staff/duty_now.html"
ANSWER: Final = "answer"
HAND_OVER: Final = "hand-over"
_SAID: Final = {
    "take": "It is yours. Say what was done as soon as you know.",
    "raise": "The next one is asked.",
    ANSWER: "Answered. It alarms no more.",
}


def duty(visit: Visit) -> Response:
    """Who is on, what alarms, who is out, and what is open."""
    view = visit.view("duty line")
    return _page(visit, view, visit.asked("do"), visit.asked("alarm"), "", "")


def _page(visit: Visit, view: View, do: str, which: str, words: str, fault: str) -> Response:
    context = _context(view)
    named = next((each for each in safety.alarms(view) if each.id == which), None)
    wanted = do if view.as_of is None and (do == HAND_OVER or (do == ANSWER and named is not None)) else ""
    return visit.page(
        "staff/duty.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        **context,
        have="" if wanted else _digest(visit, context),
        do=wanted,
        which=which if wanted == ANSWER else "",
        words=words,
        fault=fault,
    )


def now(visit: Visit) -> Response:
    """The living part of the page alone; nothing at all (204) where it is the one that the reader has."""
    view = visit.view("duty line, now")
    context = _context(view)
    digest = _digest(visit, context)
    if visit.asked("have") == digest:
        return Response(status_code=HTTPStatus.NO_CONTENT)
    return visit.fragment(_NOW, **context, have=digest, do="", which="", words="", fault="")


def _context(view: View) -> dict[str, object]:
    return {"picture": picture_of(view), "acting": view.as_of is None, "moment": view.moment}


def _digest(visit: Visit, context: Mapping[str, object]) -> str:
    drawn = visit.fragment(_NOW, **context, have="", do="", which="", words="", fault="")
    return sha256(bytes(drawn.body)).hexdigest()[:16]


def act(visit: Visit) -> Response:
    """Take an alarm, have the next one asked, or say what was done about it."""
    which, what = visit.part("alarm"), visit.part("act")
    if what not in _SAID:
        raise BadInputError(f'"{what[:40]}" is nothing that is done about an alarm; choose {", ".join(_SAID)}')
    view = visit.present(f"duty line, {what}", which)
    if what == "take":
        service.take_alarm(visit.desk, view, which)
    elif what == "raise":
        service.raise_alarm(visit.desk, view, which)
    else:
        try:
            safety.answered(visit.desk, view, which, words=visit.filled("words"))
        except NotFoundError:
            raise
        except LeconfieldError as error:
            return _page(visit, view, ANSWER, which, visit.filled("words"), str(error))
    return visit.back_to("/duty", _SAID[what])


def hand_over(visit: Visit) -> Response:
    """Tell whoever comes next."""
    view = visit.present("duty line, hand over")
    try:
        service.hand_over(visit.desk, view, visit.filled("words"))
    except LeconfieldError as error:
        return _page(visit, view, HAND_OVER, "", visit.filled("words"), str(error))
    return visit.back_to("/duty", "It is on top of his page.")
