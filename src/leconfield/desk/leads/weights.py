"""What is suggested for a lead: the weights of its reports and of what was raised. A person scores; these only help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from leconfield.desk.leads.model import Lead
from leconfield.desk.leads.raisers import RAISERS
from leconfield.desk.leads.rules import weights_of
from leconfield.desk.suggestions import Reason, Suggestion, suggestions
from leconfield.ledger.model import Report, ReportId, Statement, StatementId, SubjectId
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import EVENT, PLACE
from leconfield.registry.chips import name_of
from leconfield.registry.resolution import Partition

MOST_STATEMENTS: Final = 500
"""Statements that are weighed at a time: a table that came as a report has thousands, all of one kind."""


def said_in(view: View, reports: Iterable[ReportId]) -> list[Statement]:
    """What these reports say, the first `MOST_STATEMENTS` of it."""
    found: list[Statement] = []
    for report in reports:
        found += view.world.by_report.get(report, ())[: MOST_STATEMENTS - len(found)]
    return found


def registered_in(view: View, said: Iterable[Statement]) -> list[tuple[str, SubjectId, tuple[StatementId, ...]]]:
    """The registered people, firms and things of which these statements speak: name, a record, the statements."""
    partition = view.derived(Partition)
    known: dict[SubjectId, tuple[str, SubjectId, list[StatementId]]] = {}
    for each in said:
        subject = partition.subject_of(each.subject)
        if subject.registered and subject.schema not in (EVENT, PLACE):
            known.setdefault(subject.id, (name_of(subject), each.subject, []))[2].append(each.id)
    return [(name, record, tuple(statements)) for name, record, statements in known.values()]


def weighed(view: View, reports: Sequence[Report]) -> tuple[tuple[SubjectId, ...], tuple[Reason, ...]]:
    """The records of registered subjects that these reports touch, and what speaks for looking at them at once."""
    said = said_in(view, (each.id for each in reports))
    known = registered_in(view, said)
    touched = [(name, statements) for name, _, statements in known]
    return tuple(record for _, record, _ in known), weights_of(reports, said, touched, ())


def weights_for(view: View, lead: Lead) -> tuple[Reason, ...]:
    """What the rules and whatever was raised suggest of a lead, in the view as it stands."""
    reports = [view.world.reports[each] for each in lead.reports if each in view.world.reports]
    _, reasons = weighed(view, reports)
    return (*reasons, *weights_of((), (), (), raised_on(view, lead)))


def raised_on(view: View, lead: Lead) -> list[Suggestion]:
    """The suggestions that rest on a report of the lead, or are on one of its subjects."""
    partition = view.derived(Partition)
    heads = {partition.head_of(each) for each in lead.subjects if each in view.world.by_subject}
    return [
        each
        for each in suggestions(view, RAISERS)
        if each.id == lead.suggestion
        or set(each.reports) & set(lead.reports)
        or heads & {partition.head_of(one) for one in each.subjects if one in view.world.by_subject}
    ]
