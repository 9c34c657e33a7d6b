"""The room of investigations: all of them, a form to open one, and the routes of their pages."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from starlette.responses import Response

from leconfield.desk.investigations import pages_case, pages_grid, pages_reasoning
from leconfield.desk.investigations.model import LEAD, REPORT, SUBJECT, TO_DO, Investigation
from leconfield.desk.investigations.papers import lead_title
from leconfield.desk.investigations.rules import is_overdue
from leconfield.desk.investigations.service import open_investigation
from leconfield.desk.investigations.state import everything, having
from leconfield.desk.leads.model import Lead
from leconfield.desk.leads.service import investigate
from leconfield.desk.leads.state import Leads
from leconfield.errors import LeconfieldError, NotFoundError, RefusedError
from leconfield.ledger.marking import default_label
from leconfield.ledger.model import ReportId, SubjectId
from leconfield.ledger.view import View
from leconfield.registry.chips import name_of
from leconfield.registry.lookup import subject_in
from leconfield.web.kit import Room
from leconfield.web.visit import Panel, Visit, get, post

PAGE: Final = 100
_FIELDS: Final = ("title", "reason", "label", "subjects", "reports", "leads")


def investigations(visit: Visit) -> Response:
    """All investigations: open ones, the gravest first, or those that are closed; and a form to open one."""
    view = visit.view("investigations")
    return _page(visit, view, {each: visit.asked(each) for each in _FIELDS}, "")


def _page(visit: Visit, view: View, filled: Mapping[str, str], fault: str) -> Response:
    shut, mine = visit.asked("state") == "closed", visit.asked("whose") == "mine"
    every = everything(view)
    found = [each for each in every if each.closed == shut and (not mine or _is_mine(each, view.reader.name))]
    first = visit.number("from", 1, 1_000_000) or 1
    return visit.page(
        "desk/investigations.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        rows=[_row(each, view.moment) for each in found[first - 1 : first - 1 + PAGE]],
        first=first,
        total=len(found),
        last=min(first - 1 + PAGE, len(found)),
        open=sum(not each.closed for each in every),
        closed=sum(each.closed for each in every),
        shut=shut,
        mine=mine,
        fault=fault,
        filled={**filled, "label": filled["label"] or default_label(view.reader.tokens)},
        belonging=_belonging(view, filled),
        taken=_taken(view, filled),
        opening=bool(fault or any(filled[each] for each in _FIELDS) or visit.asked("do") == "open"),
        acting=view.as_of is None,
    )


def _is_mine(found: Investigation, name: str) -> bool:
    owners = {each.owner for each in found.actions if each.state == TO_DO}
    reviewers = {each.reviewer for each in found.priorities[-1:] if not each.verdict}
    return name in {found.lead, *found.team, *owners, *reviewers}


def _row(found: Investigation, moment: str) -> dict[str, object]:
    waiting = [each for each in found.actions if each.state == TO_DO]
    standing = found.priorities[-1] if found.priorities else None
    return {
        "case": found,
        "waiting": len(waiting),
        "overdue": sum(is_overdue(each, moment) for each in waiting),
        "review": "" if standing is None else standing.verdict or f"waits for {standing.reviewer}",
    }


def _belonging(view: View, filled: Mapping[str, str]) -> list[tuple[str, str]]:
    """What the new one begins with, in words; what is not here is left to be said when it is opened."""
    found: list[tuple[str, str]] = []
    for each in filled["subjects"].split():
        try:
            found.append((SUBJECT, name_of(subject_in(view.world, SubjectId(each)))))
        except NotFoundError:
            continue
    reports = (view.world.reports.get(ReportId(each)) for each in filled["reports"].split())
    found += [(REPORT, each.title) for each in reports if each]
    return [*found, *((LEAD, lead_title(view, each)) for each in filled["leads"].split())]


def _taken(view: View, filled: Mapping[str, str]) -> list[Lead]:
    """The leads among them that stand: these become part of it; one that is closed, or elsewhere, is only linked."""
    found = (view.derived(Leads).lead(each) for each in dict.fromkeys(filled["leads"].split()))
    return [each for each in found if each is not None and each.standing]


def opened(visit: Visit) -> Response:
    """Open an investigation; what was typed is kept if something is wrong with it."""
    filled = {each: visit.filled(each) for each in _FIELDS}
    view = visit.present("open an investigation", filled["title"])
    taken = [each.id for each in _taken(view, filled)]
    try:
        which = open_investigation(
            visit.desk,
            view,
            title=filled["title"],
            reason=filled["reason"],
            label=filled["label"],
            subjects=filled["subjects"].split(),
            reports=filled["reports"].split(),
            leads=[each for each in filled["leads"].split() if each not in taken],
        )
    except (RefusedError, NotFoundError):
        raise
    except LeconfieldError as error:
        return _page(visit, view, filled, str(error))
    for each in taken:
        investigate(visit.desk, visit.present("lead, investigate", each), each, which=which, reason=filled["reason"])
    return visit.back_to(
        f"/investigations/{which}?do=priority#field-priority", "Investigation open. Say how urgent it is."
    )


def _of_subject(_visit: Visit, view: View, subject: str) -> Mapping[str, object] | None:
    """The open investigations that a subject belongs to; a way to open one."""
    records = subject_in(view.world, SubjectId(subject)).records
    found = having(view, records=records)
    return {"cases": found, "subject": subject, "acting": view.as_of is None}


ROOMS: Final = (Room("v", "Investigations", "/investigations"),)
PANELS: Final = (Panel("subject", "desk/investigation_panel.html", _of_subject),)
_ONE: Final = "/investigations/{investigation}"
ROUTES: Final = [
    get("/investigations", investigations),
    post("/investigations", opened),
    get("/grid", pages_grid.grid),
    get("/grid.pdf", pages_grid.printed),
    get(_ONE, pages_case.case),
    get(f"{_ONE}/file.{{paper}}", pages_case.paper),
    get(f"{_ONE}/hypotheses", pages_reasoning.matrix),
    *(post(f"{_ONE}/{doing}", pages_case.act(doing)) for doing in pages_case.DOINGS),
    *(post(f"{_ONE}/hypotheses/{doing}", pages_reasoning.act(doing)) for doing in pages_reasoning.DOINGS),
]
