"""The editor's desk itself: today, and what crosses."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.outreach.crossing import Crossings
from leconfield.outreach.frame import shown
from leconfield.web.visit import Visit, get


def today(visit: Visit) -> Response:
    """What waits for whoever looks."""
    view = visit.view("window")
    return shown(visit, view, "window/today.html")


def crossing(visit: Visit) -> Response:
    """What went to the window, and what came in from it."""
    view = visit.view("window, crossing")
    return shown(visit, view, "window/crossing.html", crossings=view.derived(Crossings))


ROUTES: Final[list[Route]] = [get("/window", today), get("/window/crossing", crossing)]
