"""Pages of the handler's day: the week, the wardrobe, and safety calls."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from starlette.routing import Route

from leconfield.agents import pages_safety, pages_wardrobe, pages_week
from leconfield.web.kit import Room

TEMPLATES: Final = Path(__file__).parent / "templates"
ROOMS: Final = (Room("p", "Week", "/week"),)
ROUTES: Final[list[Route]] = [*pages_week.ROUTES, *pages_wardrobe.ROUTES, *pages_safety.ROUTES]
