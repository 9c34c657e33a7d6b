"""What is suggested for a lead: the weights of its reports and of what was raised. A person scores; these only help."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from leconfield.desk.interest.state import Interests
from leconfield.desk.leads.model import Lead
from leconfield.desk.leads.raisers import RAISERS
from leconfield.desk.leads.rules import CLOSED_ONE, OPEN_ONE, Touched, weights_of
from leconfield.desk.suggestions import Reason, Suggestion, suggestions
from leconfield.ledger.model import Report, ReportId, Statement, SubjectId
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


def touched_in(view: View, said: Iterable[Statement]) -> list[Touched]:
    """The people, firms and things of which these statements speak, and who were looked at here before."""
    partition, interests = view.derived(Partition), view.derived(Interests)
    by_subject: dict[SubjectId, list[Statement]] = defaultdict(list)
    for each in said:
        by_subject[partition.head_of(each.subject)].append(each)
    found = []
    for head, those in by_subject.items():
        subject = partition.subject_of(head)
        interest = interests.of_records(head, subject.records)
        if interest is not None or (subject.registered and subject.schema not in (EVENT, PLACE)):
            standing = "" if interest is None else CLOSED_ONE if interest.closed else OPEN_ONE
            statements = tuple(each.id for each in those)
            found.append(Touched(name_of(subject), those[0].subject, statements, standing))
    return found


def weighed(view: View, reports: Sequence[Report]) -> tuple[tuple[SubjectId, ...], tuple[Reason, ...]]:
    """The records of known subjects that these reports touch, and what speaks for looking at them at once."""
    said = said_in(view, (each.id for each in reports))
    touched = touched_in(view, said)
    return tuple(each.record for each in touched), weights_of(reports, said, touched, ())


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
