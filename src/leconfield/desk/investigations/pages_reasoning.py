"""Hypotheses against evidence: the matrix, what follows from it, and a form for each cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from starlette.responses import Response

from leconfield.desk.investigations import service_reasoning
from leconfield.desk.investigations.analysis import Cell, Matrix, matrix_of
from leconfield.desk.investigations.model import (
    CONSISTENT,
    INCONSISTENT,
    MARKS,
    NEUTRAL,
    NOT_APPLICABLE,
    REPORT,
    SUBJECT,
    Investigation,
)
from leconfield.desk.investigations.rules import TELLING
from leconfield.desk.investigations.state import investigation_in
from leconfield.errors import LeconfieldError, NotFoundError, RefusedError
from leconfield.ledger.model import ReportId, SubjectId
from leconfield.ledger.view import View
from leconfield.registry.lookup import said_of, subjects_in
from leconfield.web.values import Button
from leconfield.web.visit import Visit

Filled = Mapping[str, str]
OFFERED: Final = 100
"""Reports that are offered for a piece of evidence."""
_FIELDS: Final = ("words", "report", "label", "evidence", "hypothesis", "mark", "reason")
_MARKS: Final = (
    Button("Consistent", "mark", CONSISTENT, "y"),
    Button("Neutral", "mark", NEUTRAL, "h"),
    Button("Inconsistent", "mark", INCONSISTENT, "n"),
    Button("Not applicable", "mark", NOT_APPLICABLE, "z"),
)
_FORMS: Final = frozenset({"hypothesis", "evidence", "drop", "withdraw", "weigh"})


def matrix(visit: Visit) -> Response:
    """The matrix; with a cell named, the form to weigh it."""
    which = visit.part("investigation")
    view = visit.view("hypotheses", which)
    return _shown(visit, view, which, visit.asked("do"), {each: visit.asked(each) for each in _FIELDS}, "")


def _shown(visit: Visit, view: View, which: str, do: str, filled: Filled, fault: str) -> Response:
    found = investigation_in(view, which)
    made = matrix_of(view, found)
    acting = view.as_of is None and not found.closed
    cell = _cell(made, filled)
    return visit.page(
        "desk/investigation_matrix.html",
        HTTPStatus.BAD_REQUEST if fault else HTTPStatus.OK,
        case=found,
        matrix=made,
        letters=[chr(ord("A") + place) for place in range(len(made.heads))],
        places=_places(made),
        telling=TELLING,
        words=_words(found),
        do=_form(do, acting=acting, cell=cell, filled=filled, found=found),
        filled=filled,
        cell=cell,
        history=_history(found, cell),
        marks=MARKS,
        buttons=_MARKS,
        reports=_reports(view, found, filled["report"]),
        next=_address(which, made.open_cells[0]) if made.open_cells else "",
        base=f"/investigations/{which}/hypotheses",
        fault=fault,
        acting=acting,
    )


def _words(found: Investigation) -> dict[str, str]:
    """What hypotheses and evidence say, by id."""
    words: dict[str, str] = {each.id: each.words for each in found.held}
    words.update((each.id, each.words) for each in found.counting)
    return words


def _reports(view: View, found: Investigation, chosen: str) -> list[tuple[str, str]]:
    """Reports that evidence is likely to rest on: those linked, and those that speak of linked subjects, the newest."""
    subjects = subjects_in(view.world, [SubjectId(each.target) for each in found.linked(SUBJECT)])
    ids = {each.target for each in found.linked(REPORT)} | {chosen}
    ids |= {each.report for one in subjects.values() for record in one.records for each in said_of(view.world, record)}
    known = [report for each in ids if (report := view.world.reports.get(ReportId(each)))]
    newest = sorted(known, key=lambda each: (each.learnt, each.id), reverse=True)
    kept = [each for place, each in enumerate(newest) if place < OFFERED or each.id == chosen]
    return [(each.id, f"{each.title} ({each.source}, {each.grade})") for each in kept]


def _places(made: Matrix) -> dict[str, str]:
    """The letters of hypotheses by their ids."""
    return {each.hypothesis.id: chr(ord("A") + place) for place, each in enumerate(made.heads)}


def _form(do: str, *, acting: bool, cell: Cell | None, filled: Filled, found: Investigation) -> str:
    """The form to show, if it has what it is about."""
    if not acting or do not in _FORMS:
        return ""
    known = {
        "weigh": cell is not None,
        "drop": any(each.id == filled["hypothesis"] for each in found.held),
        "withdraw": any(each.id == filled["evidence"] for each in found.counting),
    }
    return do if known.get(do, True) else ""


def _cell(made: Matrix, filled: Filled) -> Cell | None:
    wanted = filled["evidence"], filled["hypothesis"]
    cells = (cell for line in made.lines for cell in line.cells)
    return next((each for each in cells if (each.evidence, each.hypothesis) == wanted), None)


def _history(found: Investigation, cell: Cell | None) -> list[object]:
    """What was said in the cell before, the newest first."""
    if cell is None:
        return []
    wanted = cell.evidence, cell.hypothesis
    return [each for each in reversed(found.opinions) if (each.evidence, each.hypothesis) == wanted]


def _address(which: str, cell: Cell) -> str:
    asked = urlencode({"do": "weigh", "evidence": cell.evidence, "hypothesis": cell.hypothesis})
    return f"/investigations/{which}/hypotheses?{asked}#field-reason"


def act(doing: str) -> Callable[[Visit], Response]:
    """The handler of one act on the matrix."""

    def handler(visit: Visit) -> Response:
        which = visit.part("investigation")
        view = visit.present(f"hypotheses, {doing}", which)
        filled = {each: visit.filled(each) for each in _FIELDS}
        try:
            _PERFORM[doing](visit, view, which, filled)
        except (RefusedError, NotFoundError):
            raise
        except LeconfieldError as error:
            return _shown(visit, view, which, doing, filled, str(error))
        return visit.back_to(_onward(visit, which, doing))

    return handler


def _onward(visit: Visit, which: str, doing: str) -> str:
    """After weighing the next cell that waits, so that one can go through them without a mouse; else the matrix."""
    base = f"/investigations/{which}/hypotheses"
    if doing != "weigh" or visit.filled("onward") != "next":
        return base
    view = visit.present("hypotheses", which)
    left = matrix_of(view, investigation_in(view, which)).open_cells
    return _address(which, left[0]) if left else base


def _put_hypothesis(visit: Visit, view: View, which: str, filled: Filled) -> None:
    service_reasoning.put_hypothesis(visit.desk, view, which, words=filled["words"], label=filled["label"])


def _drop(visit: Visit, view: View, which: str, filled: Filled) -> None:
    terms = {each: filled[each] for each in ("hypothesis", "reason")}
    service_reasoning.drop_hypothesis(visit.desk, view, which, **terms)


def _put_evidence(visit: Visit, view: View, which: str, filled: Filled) -> None:
    terms = {each: filled[each] for each in ("words", "report", "label")}
    service_reasoning.put_evidence(visit.desk, view, which, **terms)


def _withdraw(visit: Visit, view: View, which: str, filled: Filled) -> None:
    terms = {each: filled[each] for each in ("evidence", "reason")}
    service_reasoning.withdraw_evidence(visit.desk, view, which, **terms)


def _weigh(visit: Visit, view: View, which: str, filled: Filled) -> None:
    terms = {each: filled[each] for each in ("evidence", "hypothesis", "mark", "reason", "label")}
    service_reasoning.weigh(visit.desk, view, which, **terms)


_PERFORM: Final[dict[str, Callable[[Visit, View, str, Filled], None]]] = {
    "hypothesis": _put_hypothesis,
    "drop": _drop,
    "evidence": _put_evidence,
    "withdraw": _withdraw,
    "weigh": _weigh,
}
DOINGS: Final = tuple(_PERFORM)
"""Acts on the matrix, by the names of their forms."""
