"""Pages of a handler team's week: its plan or what clashes, wishes, moves, the map, and the plan on paper."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.agents import week as weeks
from leconfield.agents.day import sheet
from leconfield.agents.day.inventory import Inventory
from leconfield.agents.day.papers import paper_of
from leconfield.agents.day.wishes import Wish
from leconfield.agents.planning import hours
from leconfield.agents.planning.model import Clash, Plan
from leconfield.agents.planning.running import Plans, Running
from leconfield.agents.state import Agents, agents
from leconfield.agents.week import Drawn
from leconfield.authority.permit import live
from leconfield.errors import BadInputError, LeconfieldError, NotFoundError, RefusedError
from leconfield.ledger.view import View
from leconfield.printing import WRITERS
from leconfield.web.downloads import download
from leconfield.web.visit import Visit, get, post

_FIELDS: Final = (
    *("monday", "agent", "place", "minutes", "hours", "cover", "second", "eyes", "daylight"),
    *("wish", "days", "reason", "seen", "safety"),
)
MOST_DAYS: Final = 6


def shown(visit: Visit) -> Response:
    """The week: what is wished for, planned, or why it cannot be."""
    monday = visit.asked("monday")
    return _page(visit, visit.view("week", monday), monday, {each: visit.asked(each) for each in _FIELDS}, "", "")


def _page(visit: Visit, view: View, monday: str, filled: Mapping[str, str], wanted: str, fault: str) -> Response:
    asked = weeks.drawn(view, monday or view.moment)
    answer = _answer(view, asked)
    plan, clash = (answer if isinstance(answer, kind) else None for kind in (Plan, Clash))
    inventory, people = view.derived(Inventory), agents(view)
    return visit.page(
        "agents/plan.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        monday=asked.monday,
        before=_later(asked.monday, -7),
        after=_later(asked.monday, 7),
        rows=_rows(view, asked, plan) if isinstance(plan, Plan) else [],
        wishes=[_wished(view, letter, each) for letter, each in asked.wishes.items()],
        faults=asked.faults,
        running=answer if isinstance(answer, Running) else None,
        clash=clash,
        moves=_moves(asked, clash) if isinstance(clash, Clash) else [],
        plan=plan,
        seen=_seen(plan) if isinstance(plan, Plan) else "",
        standing=_standing(asked, plan) if isinstance(plan, Plan) else False,
        picture=sheet.picture(asked.week, plan if isinstance(plan, Plan) else None),
        mine=bool(_lines(asked, weeks.accepted(asked), view.reader.name)),
        choices={
            "agents": [(each.id, each.codename) for each in people if weeks.handlers_of(each)],
            "places": [(each.id, inventory.words(each.id)) for each in inventory.places],
            "covers": [(each.id, inventory.words(each.id)) for each in inventory.covers],
        },
        acting=view.as_of is None,
        wanted=wanted,
        filled=filled,
        fault=fault,
    )


def _answer(view: View, asked: Drawn) -> Plan | Clash | Running | None:
    return view.derived(Plans).ask(asked.week) if asked.week.meetings else None


def _rows(view: View, asked: Drawn, plan: Plan) -> list[dict[str, object]]:
    people = view.derived(Agents).by_id
    stands = {(each.meeting, each) for each in weeks.accepted(asked).meetings}
    rows = []
    for line in sheet.lines(asked.week, plan, asked.monday):
        letter = f"meet {line.letter}"
        wished = asked.wishes[letter]
        agent = people[wished.agent]
        planned = next(each for each in plan.meetings if each.meeting == letter)
        start = weeks.start_of(asked, planned)
        state = "begun" if wished.begun(view.moment) else "accepted" if (letter, planned) in stands else "not accepted"
        rows.append({"line": line, "agent": agent, "state": state, "permitted": live(view, "meet", agent.id, start)})
    return rows


def _lines(asked: Drawn, plan: Plan, who: str) -> tuple[sheet.Line, ...]:
    return tuple(each for each in sheet.lines(asked.week, plan, asked.monday) if each.handler == who)


def _wished(view: View, letter: str, wished: Wish) -> dict[str, object]:
    inventory, agent = view.derived(Inventory), view.derived(Agents).by_id[wished.agent]
    return {
        "letter": sheet.short(letter),
        "wish": wished,
        "agent": agent,
        "place": inventory.words(wished.place),
        "covers": ", ".join(inventory.words(each) for each in wished.covers),
        "hours": hours.words(wished.windows),
        "begun": wished.begun(view.moment),
    }


def _moves(asked: Drawn, clash: Clash) -> list[dict[str, object]]:
    """What mends a clash: one press each."""
    return [
        {
            "wish": asked.wishes[letter].id,
            "days": days,
            "words": f"Move {letter} {_where(asked, letter, days)}",
        }
        for letter, days in clash.nearest
    ]


def _where(asked: Drawn, letter: str, days: int) -> str:
    return sheet.moved_words(asked.monday, [each.begin for each in asked.wishes[letter].windows], days)


def _seen(plan: Plan) -> str:
    """What the accepting form carries, so that nobody accepts another plan than he saw."""
    return hashlib.sha256(repr(plan).encode()).hexdigest()[:16]


def _standing(asked: Drawn, plan: Plan) -> bool:
    return set(weeks.accepted(asked).meetings) == set(plan.meetings)


def _later(monday: str, days: int) -> str:
    return (date.fromisoformat(monday) + timedelta(days=days)).isoformat()


def places(visit: Visit) -> Response:
    """What the map draws: where the meetings of the week are."""
    view = visit.view("week, map", visit.asked("monday"))
    asked = weeks.drawn(view, visit.asked("monday") or view.moment)
    found: dict[str, list[tuple[str, Wish]]] = {}
    for letter, each in asked.wishes.items():
        found.setdefault(each.place, []).append((letter, each))
    meetings = {each.id: each for each in asked.week.meetings}
    return visit.json(
        {
            "places": [
                {
                    "id": which,
                    "label": f"{meetings[those[0][0]].place.name}: {', '.join(letter for letter, _ in those)}",
                    "latitude": meetings[those[0][0]].place.latitude,
                    "longitude": meetings[those[0][0]].place.longitude,
                    "count": len(those),
                    "moments": [each.planned.start[:10] for _, each in those if each.planned],
                    "href": f"/week?monday={asked.monday}",
                }
                for which, those in found.items()
            ]
        }
    )


def paper(visit: Visit) -> Response:
    """One's own accepted meetings on paper, which names nobody."""
    ending = visit.part("ending")
    view = visit.view(f"week as {ending}"[:40], visit.asked("monday"))
    asked = weeks.drawn(view, visit.asked("monday") or view.moment)
    lines = _lines(asked, weeks.accepted(asked), view.reader.name)
    if ending not in WRITERS:
        raise NotFoundError("the week is printed as PDF or DOCX")
    if not lines:
        raise NotFoundError("no accepted meeting of yours is in that week; accept a plan first")
    return download(WRITERS[ending](paper_of(view, asked.monday, lines)), f"week-{asked.monday}.{ending}")


def act(visit: Visit) -> Response:
    """Do something on a week; what was typed is kept if something is wrong with it."""
    what, filled = visit.part("act"), {each: visit.filled(each) for each in _FIELDS}
    view = visit.present(f"week, {what}"[:60], filled["monday"])
    chosen = _ACTS.get(what)
    if chosen is None:
        raise BadInputError(f'"{what[:40]}" is nothing that is done on a week; choose {", ".join(_ACTS)}')
    monday = weeks.monday_of(filled["monday"] or view.moment)
    try:
        chosen.does(visit, view, monday, filled)
    except LeconfieldError as error:
        return _page(visit, view, monday, filled, what, str(error))
    return visit.back_to(f"/week?monday={monday}", chosen.done)


def _wish(visit: Visit, view: View, monday: str, filled: Mapping[str, str]) -> None:
    weeks.wish(
        visit.desk,
        view,
        agent=filled["agent"],
        monday=monday,
        place=filled["place"],
        minutes=filled["minutes"],
        hours=filled["hours"],
        covers=[each for each in (filled["cover"], filled["second"]) if each],
        eyes=filled["eyes"].split(","),
        by_daylight=bool(filled["daylight"]),
    )


def _move(visit: Visit, view: View, _monday: str, filled: Mapping[str, str]) -> None:
    try:
        days = int(filled["days"][:4])
    except ValueError as error:
        raise BadInputError(f'"{filled["days"][:20]}" is no number of days; write -1 or 2') from error
    if abs(days) > MOST_DAYS:
        raise BadInputError(f"a week has seven days; {days} lead out of it")
    weeks.move(visit.desk, view, filled["wish"], days)


def _call_off(visit: Visit, view: View, _monday: str, filled: Mapping[str, str]) -> None:
    weeks.call_off(visit.desk, view, filled["wish"], reason=filled["reason"])


def _accept(visit: Visit, view: View, monday: str, filled: Mapping[str, str]) -> None:
    plan = _answer(view, weeks.drawn(view, monday))
    if not isinstance(plan, Plan) or _seen(plan) != filled["seen"]:
        raise RefusedError("the week was changed since; look at the plan again")
    weeks.accept(visit.desk, view, monday, plan, safety_calls=bool(filled["safety"]))


@dataclass(frozen=True, slots=True)
class _Act:
    """Something that is done on a week."""

    does: Callable[[Visit, View, str, Mapping[str, str]], None]
    done: str


_ACTS: Final[Mapping[str, _Act]] = {
    "wish": _Act(_wish, "It is wished for."),
    "move": _Act(_move, "It is moved. Move it back to undo that."),
    "call-off": _Act(_call_off, "It is called off, and its safety call is stood down."),
    "accept": _Act(_accept, "The plan is accepted."),
}

ROUTES: Final[list[Route]] = [
    get("/week", shown),
    get("/week/places.json", places),
    get("/week/plan.{ending}", paper),
    post("/week/{act}", act),
]
