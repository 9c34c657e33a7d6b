"""The page of contact load: how many contacts fell on each handler, week by week, at night and at weekends."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.agents.state import agents
from leconfield.agents.welfare import WEEKS, by_week
from leconfield.web.visit import Visit, get


def load(visit: Visit) -> Response:
    """The contacts that one may know of, by handler and week."""
    view = visit.view("contact load")
    found = by_week(agents(view), datetime.fromisoformat(view.moment))
    return visit.page(
        "agents/welfare.html", rows=found, weeks=WEEKS, most=max((each.most for each in found), default=0)
    )


ROUTES: Final[list[Route]] = [get("/agents/welfare", load)]
