"""The desk's part of the site: the rooms and pages of each of its parts."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Final

from starlette.routing import Route

from leconfield.desk.evidence import pages as evidence
from leconfield.desk.exchange import pages as exchange
from leconfield.desk.incidents import pages as incidents
from leconfield.desk.interest import pages as interest
from leconfield.desk.investigations import pages as investigations
from leconfield.desk.leads import pages as leads
from leconfield.desk.typologies import pages as typologies
from leconfield.registry.chips import Teller
from leconfield.web.kit import Room
from leconfield.web.visit import Panel

TEMPLATES: Final = Path(__file__).parent / "templates"
PARTS: Final[tuple[ModuleType, ...]] = (leads, interest, investigations, typologies, incidents, evidence, exchange)
"""Modules of pages, in the order of their rooms on the rail."""
ROUTES: Final[list[Route]] = [route for part in PARTS for route in part.ROUTES]
PANELS: Final[tuple[Panel, ...]] = tuple(panel for part in PARTS for panel in getattr(part, "PANELS", ()))
"""What the parts put on pages of departments below them; a part without any names none."""
STANDINGS: Final[tuple[Teller, ...]] = tuple(teller for part in PARTS for teller in getattr(part, "STANDINGS", ()))
"""Who says how a subject stands, for its chip."""
ROOMS: Final[tuple[Room, ...]] = tuple(room for part in PARTS for room in part.ROOMS)
