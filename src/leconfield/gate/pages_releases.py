"""Officers' pages of releases: the list."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.gate.release.state import releases
from leconfield.web.visit import Visit, get


def listed(visit: Visit) -> Response:
    """The releases that one may know of, the newest first."""
    view = visit.view("releases")
    return visit.page("gate/releases.html", rows=list(reversed(releases(view).by_id.values())))


ROUTES: Final[list[Route]] = [get("/releases", listed)]
