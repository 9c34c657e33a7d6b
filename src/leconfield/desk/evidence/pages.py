"""The room of evidence: what each investigation has for court, and the routes of its pages."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from leconfield.desk.evidence import pages_exhibit, pages_file, pages_rebuild
from leconfield.desk.evidence.material import broken, material
from leconfield.desk.evidence.model import SCHEDULES, CaseFile
from leconfield.desk.evidence.state import CaseFiles
from leconfield.desk.investigations import Investigation
from leconfield.desk.investigations.state import everything
from leconfield.ledger.view import View
from leconfield.web.kit import Room
from leconfield.web.visit import Visit, get, post

PAGE: Final = 50


def evidence(visit: Visit) -> Response:
    """All investigations with what they have for court: those that have something first."""
    view = visit.view("evidence")
    files = view.derived(CaseFiles).by_id
    found = sorted(everything(view), key=lambda each: each.id not in files)
    first = visit.number("from", 1, 1_000_000) or 1
    return visit.page(
        "desk/evidence.html",
        rows=[
            _row(view, each, files.get(each.id) or CaseFile(each.id)) for each in found[first - 1 : first - 1 + PAGE]
        ],
        first=first,
        last=min(first - 1 + PAGE, len(found)),
        total=len(found),
        page=PAGE,
    )


def _row(view: View, case: Investigation, file: CaseFile) -> dict[str, object]:
    return {
        "case": case,
        "file": file,
        "broken": broken(file),
        "open": len(material(view, case, file).open),
        "served": [name.upper() for name in SCHEDULES if file.standing(name)],
    }


ROOMS: Final = (Room("e", "Evidence", "/evidence"),)
_ONE: Final = "/evidence/{investigation}"
_EXHIBIT: Final = f"{_ONE}/exhibits/{{exhibit}}"
ROUTES: Final = [
    get("/evidence", evidence),
    get(_ONE, pages_file.file_page),
    get(_EXHIBIT, pages_exhibit.exhibit_page),
    get(f"{_EXHIBIT}/file", pages_exhibit.content),
    get(f"{_ONE}/rebuild/{{report}}", pages_rebuild.rebuilding),
    get(f"{_ONE}/rebuilt/{{rebuilt}}", pages_rebuild.document),
    get(f"{_ONE}/draft/{{schedule}}.{{sheet}}", pages_file.draft),
    get(f"{_ONE}/served/{{issue}}.{{sheet}}", pages_file.served),
    *(post(f"{_ONE}/{doing}", pages_file.act(doing)) for doing in pages_file.DOINGS),
    *(post(f"{_EXHIBIT}/{doing}", pages_exhibit.act(doing)) for doing in pages_exhibit.DOINGS),
    post(f"{_ONE}/rebuild/{{report}}", pages_rebuild.rebuilt_now),
]
