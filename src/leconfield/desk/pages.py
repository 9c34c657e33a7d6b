"""The desk's part of the site: the rooms and pages of each of its parts."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Final

from starlette.routing import Route

from leconfield.web.kit import Room

TEMPLATES: Final = Path(__file__).parent / "templates"
PARTS: Final[tuple[ModuleType, ...]] = ()
"""Modules of pages, in the order of their rooms on the rail."""
ROUTES: Final[list[Route]] = [route for part in PARTS for route in part.ROUTES]
ROOMS: Final[tuple[Room, ...]] = tuple(room for part in PARTS for room in part.ROOMS)
