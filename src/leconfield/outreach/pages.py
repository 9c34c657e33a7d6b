"""The officers' pages of the window, put together out of its areas."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from starlette.routing import Route

from leconfield.outreach import pages_crossing, pages_desk
from leconfield.outreach.challenges import pages as challenges
from leconfield.outreach.partners import pages as partners
from leconfield.outreach.publishing import pages as publishing
from leconfield.outreach.recruiting import pages as recruiting
from leconfield.outreach.rounds import pages as rounds
from leconfield.outreach.tips import pages as tips
from leconfield.web.kit import Room

AREAS: Final[tuple[Sequence[Route], ...]] = (
    pages_desk.ROUTES,
    pages_crossing.ROUTES,
    publishing.ROUTES,
    recruiting.ROUTES,
    rounds.ROUTES,
    tips.ROUTES,
    challenges.ROUTES,
    partners.ROUTES,
)
"""Each area's `ROUTES`: add yours."""

TEMPLATES: Final = Path(__file__).parent / "templates"
PANELS: Final = (*tips.PANELS, *challenges.PANELS)
"""What the window puts on the pages of departments below it."""
ROOMS: Final = (Room("z", "Window", "/window"),)
ROUTES: Final[list[Route]] = [route for area in AREAS for route in area]
