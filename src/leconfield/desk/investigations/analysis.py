"""The matrix of an investigation in a view: how far each piece of evidence is trusted, and what follows from all."""

from __future__ import annotations

from dataclasses import dataclass

from leconfield.desk.investigations.model import Evidence, Hypothesis, Investigation, Opinion
from leconfield.desk.investigations.rules import (
    Bearing,
    Sensitivity,
    Standing,
    bearings,
    divided,
    sensitivities,
    standing_marks,
    standings,
)
from leconfield.desk.typologies.trust import trust_in
from leconfield.ledger.grades import UNGRADED
from leconfield.ledger.model import PLAIN, Report, ReportId
from leconfield.ledger.view import View


@dataclass(frozen=True, slots=True)
class Cell:
    """How a piece of evidence bears on a hypothesis, as it stands."""

    evidence: str
    hypothesis: str
    opinion: Opinion | None
    """None: nobody has said anything yet."""
    divided: bool
    """Whether officers are of several minds."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the matrix."""

    evidence: Evidence
    report: Report | None
    bearing: Bearing
    cells: tuple[Cell, ...]
    sensitivity: Sensitivity


@dataclass(frozen=True, slots=True)
class Head:
    """A column of the matrix."""

    hypothesis: Hypothesis
    standing: Standing


@dataclass(frozen=True, slots=True)
class Matrix:
    """Evidence against hypotheses: the evidence that tells them apart best stands first."""

    heads: tuple[Head, ...]
    lines: tuple[Line, ...]

    @property
    def open_cells(self) -> tuple[Cell, ...]:
        """Cells in which nobody has said anything, line by line."""
        return tuple(cell for line in self.lines for cell in line.cells if cell.opinion is None)


def matrix_of(view: View, found: Investigation) -> Matrix:
    """The matrix as the view has it."""
    reports = {each.id: view.world.reports.get(ReportId(each.report)) for each in found.counting}
    weights: dict[str, float] = {each: _weight(report) for each, report in reports.items()}
    origins: dict[str, str] = {
        each: (report.origin or report.source) if report else each for each, report in reports.items()
    }
    made = bearings(found, weights, origins)
    held = [each.id for each in found.held]
    cells, torn = standing_marks(found.opinions), divided(found.opinions)
    standing = {each.hypothesis: each for each in standings(held, made)}
    lines = [
        Line(
            evidence,
            reports[evidence.id],
            bearing,
            tuple(Cell(evidence.id, one, cells.get((evidence.id, one)), (evidence.id, one) in torn) for one in held),
            sensitivity,
        )
        for evidence, bearing, sensitivity in zip(found.counting, made, sensitivities(held, made), strict=True)
    ]
    return Matrix(
        tuple(Head(each, standing[each.id]) for each in found.held),
        tuple(sorted(lines, key=lambda each: -round(each.sensitivity.diagnosticity, 9))),
    )


def _weight(report: Report | None) -> float:
    """How far it is trusted: by the grade of its report; what rests on no report is as good as ungraded."""
    grade = report.grade if report else UNGRADED
    return trust_in(grade, grade, PLAIN)
