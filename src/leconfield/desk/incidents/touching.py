"""In which rooms a report stands: those that began with it, and those in which somebody was confirmed of whom it tells.

Of the rooms, decisions and statements of the reader's own view alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from leconfield.desk.incidents.model import CONFIRMED, Incident
from leconfield.desk.incidents.rules import key_of
from leconfield.desk.incidents.state import everything
from leconfield.ledger.model import ReportId, SubjectId
from leconfield.ledger.view import View
from leconfield.registry.resolution import Partition


@dataclass(frozen=True, slots=True)
class Standing:
    """A room, and why a report stands in it."""

    incident: Incident
    begun: bool
    """Whether the room began with the report."""
    confirmed: tuple[str, ...]
    """Names that were confirmed there to be somebody of whom the report tells, as they were written."""


def rooms_of(view: View, report: str) -> tuple[Standing, ...]:
    """The rooms in which the report stands: open before closed, those touched last first."""
    partition = view.derived(Partition)
    told = {partition.subject_of(each.subject).id for each in view.world.by_report.get(ReportId(report), ())}
    found = (Standing(each, each.report == report, _confirmed(view, each, told)) for each in everything(view))
    return tuple(each for each in found if each.begun or each.confirmed)


def _confirmed(view: View, incident: Incident, told: set[SubjectId]) -> tuple[str, ...]:
    last = {key_of(each.name): each for each in incident.settled}
    known, partition = view.world.by_subject, view.derived(Partition)
    return tuple(
        each.name
        for each in last.values()
        if each.verdict == CONFIRMED
        and (record := SubjectId(each.subject)) in known
        and partition.subject_of(record).id in told
    )
