"""Officers' pages of the staff: the duty line, its roster, its people, calendars, and staff files."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from starlette.routing import Route

from leconfield.staff import pages_calendar, pages_duty, pages_files, pages_people, pages_roster
from leconfield.web.kit import Room
from leconfield.web.visit import get, post

TEMPLATES: Final = Path(__file__).parent / "templates"
ROOMS: Final = (Room("d", "Duty line", "/duty"),)
ROUTES: Final[list[Route]] = [
    get("/duty", pages_duty.duty),
    get("/duty/now", pages_duty.now),
    post("/duty/alarms/{alarm}/{act}", pages_duty.act),
    post("/duty/hand-over", pages_duty.hand_over),
    get("/duty/roster", pages_roster.month),
    post("/duty/roster", pages_roster.accept),
    get("/duty/roster/new", pages_roster.new),
    post("/duty/roster/change", pages_roster.change),
    get("/duty/people", pages_people.people),
    post("/duty/people/{act}", pages_people.act),
    get("/duty/known", pages_people.known),
    post("/duty/known/{agent}", pages_people.settle),
    *pages_calendar.ROUTES,
    *pages_files.ROUTES,
]
