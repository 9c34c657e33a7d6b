"""What follows from an investigation: which evidence tells hypotheses apart, what hangs on one piece, what is late.

The matrix is that of the analysis of competing hypotheses (Heuer, "Psychology of Intelligence Analysis", 1999, ch. 8):
hypotheses are judged by what speaks against them; evidence that fits all of them says nothing. The formulas are ours
and stand in docs/investigations.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from typing import Final

from leconfield.desk.clocks import DAY, Due, due_by
from leconfield.desk.investigations.model import (
    CONSISTENT,
    INCONSISTENT,
    NEUTRAL,
    TO_DO,
    Action,
    Evidence,
    Investigation,
    Opinion,
)
from leconfield.ledger.times import stamp

VALUES: Final[dict[str, float]] = {CONSISTENT: 1.0, NEUTRAL: 0.0, INCONSISTENT: -1.0}
"""Of marks that say something; *not applicable* and no mark at all say nothing."""
SOON: Final = timedelta(days=2)
"""An action that is due within this is shown as coming."""
TELLING: Final = 0.25
"""From this diagnosticity on a piece of evidence is said to tell the hypotheses apart."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """How a piece of evidence bears on the hypotheses."""

    evidence: str
    weight: float
    """0 to 1: how far it is trusted."""
    origin: str
    """Where it comes from; pieces of one origin count once against a hypothesis."""
    marks: Mapping[str, str]
    """The mark that stands, by hypothesis."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a hypothesis stands: the less speaks against it, the better."""

    hypothesis: str
    against: float
    """The weight of what is inconsistent with it; each origin counts once."""
    place: int
    """1 is the one that least speaks against; equal ones share the better place."""
    marked: int
    """Pieces of evidence that were held against it at all."""


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What would be so if a piece of evidence were false."""

    evidence: str
    diagnosticity: float
    first_without: tuple[str, ...]
    """The hypotheses that would then stand first."""
    changes: bool
    """Whether others would stand first than do."""


def standing_marks(opinions: Iterable[Opinion]) -> dict[tuple[str, str], Opinion]:
    """The opinion that stands in each cell (evidence, hypothesis): the last one given."""
    return {(each.evidence, each.hypothesis): each for each in opinions}


def divided(opinions: Iterable[Opinion]) -> set[tuple[str, str]]:
    """Cells on which officers are of several minds, each by the last that he said."""
    last: dict[tuple[str, str], dict[str, str]] = {}
    for each in opinions:
        last.setdefault((each.evidence, each.hypothesis), {})[each.by] = each.mark
    return {cell for cell, said in last.items() if len(set(said.values())) > 1}


def bearings(found: Investigation, weights: Mapping[str, float], origins: Mapping[str, str]) -> list[Bearing]:
    """The matrix: every piece of evidence that counts, with its marks on the hypotheses that are held.

    `weights` and `origins` are by evidence.
    """
    cells = standing_marks(found.opinions)
    held = [each.id for each in found.held]
    return [
        Bearing(
            each.id,
            weights[each.id],
            origins[each.id],
            {one: cells[each.id, one].mark for one in held if (each.id, one) in cells},
        )
        for each in found.counting
    ]


def diagnosticity(bearing: Bearing) -> float:
    """How well it tells the hypotheses apart, 0 to 1: its weight, times the mean difference of its marks.

    Over all pairs of hypotheses on which it says something: |difference of values| / 2, averaged. Evidence that fits
    all, or speaks against all, has 0; so has evidence that says something on fewer than two.
    """
    said = [VALUES[mark] for mark in bearing.marks.values() if mark in VALUES]
    pairs = list(combinations(said, 2))
    if not pairs:
        return 0.0
    return bearing.weight * sum(abs(one - other) / 2 for one, other in pairs) / len(pairs)


def standings(hypotheses: Sequence[str], matrix: Sequence[Bearing]) -> list[Standing]:
    """How the hypotheses stand, in their order.

    Against a hypothesis counts, for each origin, the weightiest piece of evidence that is inconsistent with it.
    """
    against = {each: _against(each, matrix) for each in hypotheses}
    return [
        Standing(
            each,
            against[each],
            1 + sum(_less(other, against[each]) for other in against.values()),
            sum(each in bearing.marks for bearing in matrix),
        )
        for each in hypotheses
    ]


def _less(one: float, other: float) -> bool:
    return round(one, 9) < round(other, 9)


def _against(hypothesis: str, matrix: Sequence[Bearing]) -> float:
    heaviest: dict[str, float] = {}
    for each in matrix:
        if each.marks.get(hypothesis) == INCONSISTENT:
            heaviest[each.origin] = max(heaviest.get(each.origin, 0.0), each.weight)
    return sum(sorted(heaviest.values()))


def first(hypotheses: Sequence[str], matrix: Sequence[Bearing]) -> tuple[str, ...]:
    """The hypotheses against which least speaks."""
    return tuple(each.hypothesis for each in standings(hypotheses, matrix) if each.place == 1)


def sensitivities(hypotheses: Sequence[str], matrix: Sequence[Bearing]) -> list[Sensitivity]:
    """For each piece of evidence, what would stand first if it were false: left out of the matrix."""
    now = first(hypotheses, matrix)
    found = []
    for place, each in enumerate(matrix):
        without = first(hypotheses, [*matrix[:place], *matrix[place + 1 :]])
        found.append(Sensitivity(each.evidence, diagnosticity(each), without, without != now))
    return found


def unweighed(found: Investigation) -> list[tuple[Evidence, str]]:
    """Cells in which nobody has said anything yet: evidence, and the hypothesis's id."""
    cells = standing_marks(found.opinions)
    return [(each, one.id) for each in found.counting for one in found.held if (each.id, one.id) not in cells]


def due(action: Action, moment: str) -> Due:
    """How the action stands at that moment (a stamp)."""
    if action.state != TO_DO:
        return Due("done", action.state)
    return due_by(action.due, moment, soon=SOON, today=DAY)


def is_overdue(action: Action, moment: str) -> bool:
    """Whether it is still to be done, and late."""
    return due(action, moment).state == "overdue"


def week_of(moment: datetime) -> tuple[str, str]:
    """The week that ends at the moment: its first and last stamp, seven days apart."""
    return stamp(moment - timedelta(days=7)), stamp(moment)
