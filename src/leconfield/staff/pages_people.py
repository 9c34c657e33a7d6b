"""Pages of the duty line's people: who is on it and takes what, days away, and who is on call for which agent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from starlette.responses import Response

from leconfield.errors import BadInputError, LeconfieldError, NotFoundError
from leconfield.ledger.view import View
from leconfield.staff import continuity, rules, service
from leconfield.staff.model import LABEL
from leconfield.staff.profile import shipped
from leconfield.staff.state import line_of
from leconfield.web.visit import Visit

_FIELDS: Final = ("who", "persona", "reach", "first", "last", "reason")
_WEEK: Final = 7


def people(visit: Visit) -> Response:
    """Who is on the line."""
    view = visit.view("duty people")
    filled = {each: visit.asked(each) for each in _FIELDS}
    return _page(visit, view, filled, _taken(view, filled["who"]), visit.asked("do"), "")


def _taken(view: View, who: str) -> tuple[str, ...]:
    """The duties that are ticked at first: those he takes; for whoever is new, all that one is awake for."""
    person = line_of(view).people.get(who)
    return tuple(
        each.name
        for each in shipped().duties
        if (each.name in person.duties if person is not None else not each.on_call)
    )


def _page(visit: Visit, view: View, filled: Mapping[str, str], taken: tuple[str, ...], do: str, fault: str) -> Response:
    line, today = line_of(view), view.moment[: len("2026-03-05")]
    away = sorted((each for each in line.away.values() if each.last >= today), key=lambda each: (each.first, each.who))
    known = line.people.get(filled["who"])
    shown = {**filled}
    if known is not None and not fault:
        shown |= {"persona": known.persona, "reach": known.reach}
    return visit.page(
        "staff/people.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        on_line=LABEL in view.reader.tokens,
        acting=view.as_of is None and LABEL in view.reader.tokens,
        people=[line.people[name] for name in sorted(line.people)],
        away=[(each, line.persona(each.who)) for each in away],
        choices=[(name, line.people[name].persona) for name in sorted(line.people)],
        duties=shipped().names,
        taken=taken,
        do=do if do in ("put", "away", "off") else "",
        filled=shown,
        fault=fault,
    )


def act(visit: Visit) -> Response:
    """Put somebody on the line or take him off, write days away down or take them back."""
    what = visit.part("act")
    if what not in ("put", "away", "back", "off"):
        raise BadInputError(f'"{what[:40]}" is nothing that is done here; choose put, away, back or off')
    view = visit.present(f"duty people, {what}")
    filled = {each: visit.filled(each) for each in _FIELDS}
    taken = tuple(each for each in shipped().names if visit.filled(f"takes-{each}") == "yes")
    try:
        said = _done(visit, view, what, filled, taken)
    except NotFoundError:
        raise
    except LeconfieldError as error:
        return _page(visit, view, filled, taken, what, str(error))
    return visit.back_to("/duty/people", said)


def _done(visit: Visit, view: View, what: str, filled: Mapping[str, str], taken: tuple[str, ...]) -> str:
    who = filled["who"]
    if what == "put":
        service.put_on(visit.desk, view, who=who, persona=filled["persona"], duties=taken, reach=filled["reach"])
        return "He is on the line; the next roster counts with him."
    if what == "off":
        service.take_off(visit.desk, view, who, filled["reason"])
        return "He is off the line."
    if what == "back":
        service.back(visit.desk, view, visit.filled("away"))
        return "The days are taken back."
    has = service.away(visit.desk, view, who, filled["first"], filled["last"])
    return f"Written down. He has the {', the '.join(has)}: give them to others." if has else "Written down."


def known(visit: Visit) -> Response:
    """Who is on call for each agent that one may know of, for a week."""
    view = visit.view("duty line, agents known")
    line, today = line_of(view), rules.moment_of(view.moment).date()
    days = [(today + timedelta(days=n)).isoformat() for n in range(_WEEK)]
    rows = [
        {
            "reach": each,
            "knowing": [(who, line.persona(who)) for who in each.knowing],
            "days": [(day, line.persona(who) if (who := each.days.get(day, "")) else "") for day in days],
        }
        for each in continuity.reaches(view)
    ]
    return visit.page("staff/known.html", rows=rows, days=[(each, each) for each in days], acting=view.as_of is None)


def settle(visit: Visit) -> Response:
    """Settle who is on call for an agent: by the rule, or for one day by hand."""
    which = visit.part("agent")
    view = visit.present("duty line, on call", which)
    if visit.filled("who"):
        continuity.put_on_call(visit.desk, view, which, visit.filled("day"), visit.filled("who"))
        return visit.back_to("/duty/known", "He is on call that day.")
    continuity.settle(visit.desk, view, which)
    return visit.back_to("/duty/known", "It is settled for as long as there is a roster.")
