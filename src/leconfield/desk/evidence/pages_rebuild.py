"""A mixed report rebuilt: its statements, each with a place for an officer's own words, and the new document."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from starlette.responses import Response

from leconfield.desk.evidence.disclosable import refuse_intercept
from leconfield.desk.evidence.disclosing import rebuild
from leconfield.desk.evidence.material import title_of
from leconfield.desk.evidence.model import REPORT, STATEMENT
from leconfield.desk.evidence.rebuilding import rebuilt
from leconfield.desk.evidence.state import case_file_of
from leconfield.desk.investigations import investigation_in
from leconfield.errors import LeconfieldError, NotFoundError, RefusedError
from leconfield.ledger.view import View
from leconfield.registry.chips import snippet_of
from leconfield.web.downloads import download
from leconfield.web.visit import Visit

SHOWN: Final = 100
"""Statements of a report that are offered."""
_WORDING: Final = "wording-"


def rebuilding(visit: Visit) -> Response:
    """The form: a report's statements, and beside each a field for what is said of it to the other side."""
    which, report = visit.part("investigation"), visit.part("report")
    view = visit.view("rebuild", report)
    return _page(visit, view, which, report, {}, "")


def _page(visit: Visit, view: View, which: str, report: str, filled: Mapping[str, str], fault: str) -> Response:
    case, file = investigation_in(view, which), case_file_of(view, which)
    found = view.report(report)
    refuse_intercept(view, file, REPORT, report)
    said = view.statements(report=report)
    return visit.page(
        "desk/evidence_rebuild.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        case=case,
        file=file,
        report=found,
        statements=[
            {
                "id": each.id,
                "words": title_of(view, file, STATEMENT, each.id),
                "snippet": snippet_of(found, each.start, each.end),
                "wording": filled.get(_WORDING + each.id, ""),
            }
            for each in said[:SHOWN]
        ],
        more=max(len(said) - SHOWN, 0),
        filled={each: filled.get(each, "") for each in ("heading", "reason", "label")},
        fault=fault,
        acting=view.as_of is None,
    )


def rebuilt_now(visit: Visit) -> Response:
    """Make the new document, or show the form again with what is wrong."""
    which, report = visit.part("investigation"), visit.part("report")
    view = visit.present("rebuild", report)
    filled = {name: value for name, value in visit.form.items() if isinstance(value, str)}
    wordings = {name.removeprefix(_WORDING): words for name, words in filled.items() if name.startswith(_WORDING)}
    terms = {each: filled.get(each, "") for each in ("heading", "reason", "label")}
    try:
        rebuild(visit.desk, view, which, report=report, wordings=wordings, **terms)
    except (RefusedError, NotFoundError):
        raise
    except LeconfieldError as error:
        return _page(visit, view, which, report, filled, str(error))
    return visit.back_to(f"/evidence/{which}#rebuilt", "Rebuilt; nothing of the original is in it.")


def document(visit: Visit) -> Response:
    """A rebuilt document to be read here, as DOCX, marked as a draft; what leaves is given out by its release."""
    view = visit.view("rebuilt document", visit.part("rebuilt"))
    file = case_file_of(view, visit.part("investigation"))
    found = file.rebuild(visit.part("rebuilt"))
    if found is None:
        raise NotFoundError(f'no rebuilt document "{visit.part("rebuilt")[:64]}" in this case file')
    content = rebuilt(file.heading, found.heading, found.wordings, found.at, draft=True)
    return download(content, "rebuilt-draft.docx")
