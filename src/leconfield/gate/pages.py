"""Officers' pages of the gate, put together out of their modules."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from starlette.routing import Route

from leconfield.gate import (
    pages_court,
    pages_drafts,
    pages_handing,
    pages_owner,
    pages_personas,
    pages_pictures,
    pages_redaction,
    pages_release_files,
    pages_release_out,
    pages_releases,
)
from leconfield.web.kit import Room

TEMPLATES: Final = Path(__file__).parent / "templates"
ROOMS: Final = (Room("q", "Releases", "/releases"), *pages_personas.ROOMS)

ROUTES: Final[list[Route]] = [
    *pages_pictures.ROUTES,
    *pages_drafts.ROUTES,
    *pages_release_out.ROUTES,
    *pages_release_files.ROUTES,
    *pages_releases.ROUTES,
    *pages_handing.ROUTES,
    *pages_court.ROUTES,
    *pages_owner.ROUTES,
    *pages_personas.ROUTES,
    *pages_redaction.ROUTES,
]
