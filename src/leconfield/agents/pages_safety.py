"""The page of safety calls, for a phone in one hand: say that one is safe, or by when one calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.agents import safety
from leconfield.agents.safety import State, Timer
from leconfield.errors import BadInputError, LeconfieldError
from leconfield.ledger.view import View
from leconfield.web.values import Clock
from leconfield.web.visit import Visit, get, post

_FIELDS: Final = ("timer", "due", "label", "words", "reason")
_SECRET: Final = ("word", "safe", "duress")
"""What is typed once and never shown again."""
EARLIER: Final = 10
_SOON: Final = 30
"""Minutes before a call that its clock shows amber."""
_LATE: Final = 0


def shown(visit: Visit) -> Response:
    """One's own calls to make, those of others that one may know of, and how to set one."""
    return _page(visit, visit.view("safety calls"), {each: visit.asked(each) for each in _FIELDS}, "", "")


def _page(visit: Visit, view: View, filled: Mapping[str, str], wanted: str, fault: str) -> Response:
    known = safety.timers(view)
    mine = [each for each in known if each.who == view.reader.name]
    to_make = [_row(each, view.moment) for each in mine if each.state is State.RUNNING]
    return visit.page(
        "agents/safety.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        running=[each for each in to_make if each["begun"]],
        to_come=[each for each in to_make if not each["begun"]],
        others=[_row(each, view.moment) for each in known if each not in mine and each.state is State.RUNNING],
        earlier=sorted((each for each in mine if each.called), key=lambda each: each.called, reverse=True)[:EARLIER],
        has_words=safety.has_words(visit.desk, view),
        holds=", ".join(sorted(view.reader.tokens)) or "no tokens",
        acting=view.as_of is None,
        wanted=wanted,
        filled={**filled, "label": filled["label"] or view.own_label},
        fault=fault,
    )


def _row(timer: Timer, moment: str) -> dict[str, object]:
    left = int((datetime.fromisoformat(timer.due) - datetime.fromisoformat(moment)).total_seconds() // 60)
    state = "overdue" if left < _LATE else "due" if left < _SOON else "calm"
    begun = timer.begins <= moment
    clock = Clock("call in", _words(left), state, "" if begun else "not out yet", timer.due)
    return {"timer": timer, "clock": clock, "begun": begun}


def _words(minutes: int) -> str:
    """Time left or over: `in 1 h 20 min`, `25 min late`."""
    hours, rest = divmod(abs(minutes), 60)
    days, hours = divmod(hours, 24)
    parts = ((days, "d"), (hours, "h"), (rest if not days else 0, "min"))
    said = " ".join(f"{count} {unit}" for count, unit in parts if count) or "1 min"
    return f"{said} late" if minutes < 0 else f"in {said}"


def act(visit: Visit) -> Response:
    """Call in, set a call, put one off, or choose one's words; words that were spoken are not shown again."""
    what, filled = visit.part("act"), {each: visit.filled(each) for each in _FIELDS}
    view = visit.present(f"safety call, {what}"[:60])
    chosen = _ACTS.get(what)
    if chosen is None:
        raise BadInputError(f'"{what[:40]}" is nothing that is done here; choose {", ".join(_ACTS)}')
    try:
        chosen.does(visit, view, filled, {each: visit.filled(each)[:200] for each in _SECRET})
    except LeconfieldError as error:
        return _page(visit, view, filled, what, str(error))
    return visit.back_to("/safety", chosen.done)


def _call(visit: Visit, view: View, filled: Mapping[str, str], secret: Mapping[str, str]) -> None:
    safety.call(visit.desk, view, filled["timer"], secret["word"])


def _set(visit: Visit, view: View, filled: Mapping[str, str], _secret: Mapping[str, str]) -> None:
    safety.set_timer(visit.desk, view, due=filled["due"], label=filled["label"], words=filled["words"])


def _extend(visit: Visit, view: View, filled: Mapping[str, str], secret: Mapping[str, str]) -> None:
    safety.extend(visit.desk, view, filled["timer"], filled["due"], filled["reason"], word=secret["word"])


def _enrol(visit: Visit, view: View, _filled: Mapping[str, str], secret: Mapping[str, str]) -> None:
    safety.enrol_words(visit.desk, view, safe=secret["safe"], duress=secret["duress"])


@dataclass(frozen=True, slots=True)
class _Act:
    """Something that is done about safety calls."""

    does: Callable[[Visit, View, Mapping[str, str], Mapping[str, str]], None]
    done: str


_ACTS: Final[Mapping[str, _Act]] = {
    "call": _Act(_call, "You have called in. Thank you."),
    "set": _Act(_set, "The duty line knows by when you call."),
    "extend": _Act(_extend, "It is put off."),
    "words": _Act(_enrol, "Your two words are kept. Nobody can read them, so do not forget them."),
}

ROUTES: Final[list[Route]] = [
    get("/safety", shown),
    post("/safety/{act}", act),
]
