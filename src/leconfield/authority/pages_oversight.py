"""The inspector's page: what oversight was told, the clocks, who read and did how much. To anybody else there is none.

His view is his own like everybody's; what he reads is logged apart. What weighs on handlers is not his to see.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.authority import profile
from leconfield.authority.register import ACTED, LINE, Line, register
from leconfield.authority.rules import ALIVE, Standing
from leconfield.ledger import labels
from leconfield.ledger.model import Entry
from leconfield.ledger.oversight import TOKEN, inspects
from leconfield.ledger.view import View
from leconfield.web.values import Problem
from leconfield.web.visit import Visit, get

PAGE: Final = 50
MOST_TOLD: Final = 100
_ORDER: Final = (Standing.LAPSED, Standing.REVIEW_LATE, Standing.ASKED, Standing.LIVE)
"""Which clocks an inspector looks at first."""


def overseen(visit: Visit) -> Response:
    """What an inspector sees: what he was told, the clocks of all authorities, accesses by day and officer."""
    view = visit.view("oversight")
    if not inspects(view.reader):
        return nowhere(visit)
    day = view.moment[: len("2026-03-05")]
    accesses = [each for each in visit.desk.accesses(view.reader) if each.day <= day]
    first = visit.number("from", 0, 10_000_000)
    lines = register(view)
    told = told_to(view)
    return visit.page(
        "authority/oversight.html",
        told=told[:MOST_TOLD],
        untold=max(0, len(told) - MOST_TOLD),
        clocks=[
            {"line": each, "kind": profile.shipped().kind(each.kind), "standing": each.standing(view.moment)}
            for each in running(lines, view.moment)
        ],
        total=len(lines),
        accesses=accesses[first : first + PAGE],
        first=first,
        rows=len(accesses),
        page=PAGE,
    )


def told_to(view: View) -> list[Entry]:
    """What was told to oversight besides the lines of the register, the newest first."""
    return [
        each
        for each in reversed(view.world.entries)
        if each.kind not in (LINE, ACTED) and TOKEN in labels.tokens_in(labels.parse(each.label))
    ]


def running(lines: tuple[Line, ...], moment: str) -> list[Line]:
    """The authorities with a clock that runs at a moment (a stamp), or has lapsed: those to look at first on top."""
    found = [each for each in lines if each.standing(moment) in (*ALIVE, Standing.ASKED, Standing.LAPSED)]
    return sorted(found, key=lambda each: (_ORDER.index(each.standing(moment)), each.until or each.began))


def nowhere(visit: Visit) -> Response:
    """What anybody is told at an address where nothing is."""
    problem = Problem(HTTPStatus.NOT_FOUND, "Not found", remedy="There is no such page.")
    return visit.page("error.html", HTTPStatus.NOT_FOUND, problem=problem)


ROUTES: Final[list[Route]] = [get("/oversight", overseen)]
