"""The grid: the highest-risk investigations of a week, what changed in them, what is due, and who decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from leconfield.desk.investigations.model import SUBJECT, TO_DO, Action, Investigation
from leconfield.desk.investigations.rules import is_overdue, week_of
from leconfield.desk.investigations.state import open_in
from leconfield.desk.investigations.telling import changes_between
from leconfield.ledger.model import ReportId, SubjectId
from leconfield.ledger.times import to_moment
from leconfield.ledger.view import View
from leconfield.registry.lookup import said_of, subjects_in

MOST: Final = 15
"""Investigations on the grid: the meeting looks at the fifteen of the highest risk."""
MOST_DUE: Final = 5
"""Actions shown of each."""


@dataclass(frozen=True, slots=True)
class Square:
    """One investigation on the grid."""

    investigation: Investigation
    changes: tuple[str, ...]
    """What was done on it this week."""
    reports: int
    """Reports that said something of its subjects for the first time this week."""
    due: tuple[Action, ...]
    """What is still to be done, the earliest due first."""
    later: int
    """Actions still to be done beyond those."""
    decides: str
    """Who has to decide next."""
    why: str
    """Why he."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A week's grid."""

    since: str
    until: str
    squares: tuple[Square, ...]
    more: int
    """Open investigations that are not on it."""


def grid_of(view: View) -> Grid:
    """The grid of the week that ends at the view's moment."""
    since, until = week_of(datetime.fromisoformat(view.moment))
    found = open_in(view)
    return Grid(
        since, until, tuple(_square(view, each, since, until) for each in found[:MOST]), max(len(found) - MOST, 0)
    )


def _square(view: View, found: Investigation, since: str, until: str) -> Square:
    waiting = sorted(
        (each for each in found.actions if each.state == TO_DO), key=lambda each: (to_moment(each.due), each.id)
    )
    decides, why = _decides(found, waiting, until)
    return Square(
        found,
        tuple(changes_between(found, since, until)),
        len(_reports_on(view, (each.target for each in found.linked(SUBJECT)), since, until)),
        tuple(waiting[:MOST_DUE]),
        max(len(waiting) - MOST_DUE, 0),
        decides,
        why,
    )


def _decides(found: Investigation, waiting: Iterable[Action], moment: str) -> tuple[str, str]:
    standing = found.priorities[-1] if found.priorities else None
    if standing is None:
        return found.lead, "no priority is set"
    if not standing.verdict:
        return standing.reviewer, f"the priority {standing.level} is not reviewed"
    if standing.verdict == "disagreed":
        return found.lead, f"{standing.reviewed_by} disagrees with {standing.level}"
    if any(is_overdue(each, moment) for each in waiting):
        return found.lead, "an action is overdue"
    return found.lead, "leads"


def _reports_on(view: View, records: Iterable[str], since: str, until: str) -> set[ReportId]:
    """Reports that said something of these subjects in that time, and nothing before."""
    subjects = subjects_in(view.world, [SubjectId(each) for each in records])
    every = {record for subject in subjects.values() for record in subject.records}
    first: dict[ReportId, str] = {}
    for record in every:
        for each in said_of(view.world, record):
            first[each.report] = min(first.get(each.report, each.learnt), each.learnt)
    return {report for report, learnt in first.items() if since < learnt <= until}
