"""One incident room: its page with a form for each act, and the shared picture, which is asked for again and again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from typing import Final

from starlette.responses import Response

from leconfield.desk.incidents import service
from leconfield.desk.incidents.model import ACTION_STATES, CONFIRMED, VERDICTS
from leconfield.desk.incidents.names import names_in
from leconfield.desk.incidents.picture import picture_of, row_of
from leconfield.desk.incidents.rules import key_of
from leconfield.desk.incidents.state import incident_in
from leconfield.errors import LeconfieldError, NotFoundError, RefusedError
from leconfield.ledger.view import View
from leconfield.web.visit import Visit

Filled = Mapping[str, str]
FIELDS: Final = (
    "words",
    "source",
    "label",
    "name",
    "verdict",
    "subject",
    "reason",
    "owner",
    "due",
    "action",
    "state",
)
"""Every field of every form on the page."""
_PICTURE: Final = "desk/incident_picture.html"


@dataclass(frozen=True, slots=True)
class Doing:
    """One kind of act in a room: what it does, and what is said then."""

    perform: Callable[[Visit, View, str, Filled], str]
    """Returns what is said; empty: `done`."""
    done: str


def room(visit: Visit) -> Response:
    """The room: what came in and what is known of it, who is there, what is to be done."""
    which = visit.part("incident")
    view = visit.view("incident room", which)
    return shown(visit, view, which, visit.asked("do"), {each: visit.asked(each) for each in FIELDS}, "")


def shown(visit: Visit, view: View, which: str, do: str, filled: Filled, fault: str) -> Response:
    """The page, with the form for what is to be done; what was typed is kept if something is wrong with it."""
    found = incident_in(view, which)
    acting = view.as_of is None
    allowed = acting and do in DOINGS and (do == "reopen") == found.closed
    named = next((each for each in names_in(view, found) if each.key == key_of(filled.get("name", ""))), None)
    context = picture_of(view, found)
    return visit.page(
        "desk/incident.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        **context,
        have=_digest(visit, context),
        do=do if allowed and (do != "settle" or named is not None) else "",
        naming=row_of(view, found, named) if named else None,
        action=next((each for each in found.actions if each.id == filled.get("action")), None),
        filled=filled,
        fault=fault,
        verdicts=[(each, f"{each}: {words}") for each, words in VERDICTS.items()],
        states=[(each, each) for each in ACTION_STATES],
        here=view.reader.name in dict(found.present),
    )


def picture(visit: Visit) -> Response:
    """The shared picture alone; nothing at all (204) where it is the one that the reader has.

    What he has is told by a digest of the picture as it is drawn in his own view: that it changed says no more than
    the picture itself would.
    """
    which = visit.part("incident")
    view = visit.view("incident room, picture", which)
    context = picture_of(view, incident_in(view, which))
    digest = _digest(visit, context)
    if visit.asked("have") == digest:
        return Response(status_code=HTTPStatus.NO_CONTENT)
    return visit.fragment(_PICTURE, **context, have=digest, label_known=visit.label_known)


def _digest(visit: Visit, context: Mapping[str, object]) -> str:
    """A digest of the picture as this reader sees it."""
    drawn = visit.fragment(_PICTURE, **context, have="", label_known=visit.label_known)
    return sha256(bytes(drawn.body)).hexdigest()[:16]


def act(doing: str) -> Callable[[Visit], Response]:
    """The handler of one act: do it and go back, or show its form again with what is wrong."""

    def handler(visit: Visit) -> Response:
        which = visit.part("incident")
        view = visit.present(f"incident room, {doing}", which)
        filled = {each: visit.filled(each) for each in FIELDS}
        try:
            said = DOINGS[doing].perform(visit, view, which, filled)
        except (RefusedError, NotFoundError):
            raise
        except LeconfieldError as error:
            return shown(visit, view, which, doing, filled, str(error))
        onward = "?do=tell#field-words" if doing == "tell" else ""
        return visit.back_to(f"/incidents/{which}{onward}", said or DOINGS[doing].done)

    return handler


def _tell(visit: Visit, view: View, which: str, filled: Filled) -> str:
    terms = {each: filled[each] for each in ("words", "source", "label")}
    told = service.tell(visit.desk, view, which, **terms)
    if not told:
        return "Kept. No name in it that is new to the room."
    return f"Kept. Traced: {'; '.join(f'{each.name}, {each.verdict}' for each in told[:8])}."


def _settle(visit: Visit, view: View, which: str, filled: Filled) -> str:
    terms = {each: filled[each] for each in ("name", "verdict", "subject", "reason", "label")}
    service.settle(visit.desk, view, which, **terms)
    return "Confirmed." if filled["verdict"] == CONFIRMED else "Set aside."


def _enter(visit: Visit, view: View, which: str, _filled: Filled) -> str:
    service.enter(visit.desk, view, which)
    return ""


def _leave(visit: Visit, view: View, which: str, _filled: Filled) -> str:
    service.leave(visit.desk, view, which)
    return ""


def _action(visit: Visit, view: View, which: str, filled: Filled) -> str:
    terms = {each: filled[each] for each in ("words", "owner", "due", "label")}
    service.set_action(visit.desk, view, which, **terms)
    return ""


def _change(visit: Visit, view: View, which: str, filled: Filled) -> str:
    terms = {each: filled[each] for each in ("action", "state", "reason")}
    service.change_action(visit.desk, view, which, **terms)
    return ""


def _close(visit: Visit, view: View, which: str, filled: Filled) -> str:
    service.close(visit.desk, view, which, reason=filled["reason"])
    return ""


def _reopen(visit: Visit, view: View, which: str, filled: Filled) -> str:
    service.reopen(visit.desk, view, which, reason=filled["reason"])
    return ""


DOINGS: Final = {
    "tell": Doing(_tell, "Kept."),
    "settle": Doing(_settle, "Decided."),
    "enter": Doing(_enter, "You are in the room."),
    "leave": Doing(_leave, "You have left the room."),
    "action": Doing(_action, "Action set."),
    "change": Doing(_change, "Action changed."),
    "close": Doing(_close, "Room closed."),
    "reopen": Doing(_reopen, "Room open again."),
}
"""Acts in a room, by the name of their form."""
