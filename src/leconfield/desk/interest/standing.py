"""What subjects of interest raise for a person: closed ones whose file has changed, re-assessments that are late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Final

from leconfield.desk.acts import label_over
from leconfield.desk.interest.closed import ClosedFiles, Touched
from leconfield.desk.interest.model import TIERS, SubjectOfInterest
from leconfield.desk.interest.rules import due
from leconfield.desk.interest.state import Interests
from leconfield.desk.suggestions import Reason, Suggestion
from leconfield.ledger.model import ReportId, StatementId, SubjectId
from leconfield.ledger.times import in_words, stamp, to_moment
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import words_for
from leconfield.ledger.world import World
from leconfield.registry.chips import name_of
from leconfield.registry.clusters import Edge
from leconfield.registry.lookup import subject_in

CLOSED_SUBJECT: Final = "closed subject"
OVERDUE: Final = "overdue"
_SHOWN: Final = 2
"""Reasons that a title names."""


def raised(view: View) -> list[Suggestion]:
    """What a person should look at: closed subjects whose file has changed, then re-assessments that are late."""
    closed = view.derived(ClosedFiles)
    for each in closed.touched.keys() - closed.suggested.keys():
        closed.suggested[each] = _of_closed(view.world, closed.touched[each])
    found = [closed.suggested[each] for each in sorted(closed.suggested)]
    return [*found, *(_of_overdue(view, each) for each in view.derived(Interests).overdue(view.moment))]


def suggestion_id(kind: str, *about: str) -> str:
    """The id of what is raised about these things: the same on every visit, for every reader, and telling nothing."""
    return sha256("\n".join((kind, *about)).encode()).hexdigest()[:32]


def _of_closed(world: World, touched: Touched) -> Suggestion:
    reasons = reasons_of(touched)
    statements = [one for each in reasons for one in each.statements]
    judged = _labels_of(world, touched.joined)
    return Suggestion(
        suggestion_id(CLOSED_SUBJECT, touched.interest),
        CLOSED_SUBJECT,
        _title(world, touched.record, reasons),
        (touched.record,),
        _reports(world, statements),
        reasons,
        touched.since,
        label_over(touched.label, *_labels(world, statements), *judged),
    )


def reasons_of(touched: Touched) -> tuple[Reason, ...]:
    """Everything that has changed in a closed file, the weightiest first; what is news and weighs nothing, last."""
    return (*touched.change.reasons, *_told(touched), *_joined(touched.joined))


def _title(world: World, record: SubjectId, reasons: tuple[Reason, ...]) -> str:
    words = [each.words for each in reasons[:_SHOWN]]
    more = len(reasons) - _SHOWN
    said = "; ".join(words) + (f"; and {more} more" if more > 0 else "")
    return f"{_name(world, record)}, closed: {said}"


def _name(world: World, record: SubjectId) -> str:
    return name_of(subject_in(world, record))


def _told(touched: Touched) -> Iterator[Reason]:
    """New numbers and addresses: news, which weighs nothing."""
    by_prop: dict[str, list[StatementId]] = {}
    for each in touched.told:
        by_prop.setdefault(each.prop, []).append(each.id)
    for prop, statements in sorted(by_prop.items()):
        yield Reason(f"newly known: {words_for(prop)}", 0.0, tuple(statements), "news, not weighed")


def _joined(edges: Iterable[Edge]) -> Iterator[Reason]:
    for each in edges:
        yield Reason(
            "judged one with another record", 0.0, (), f"by {each.by}, {in_words(each.at[:10])}; its weight is above"
        )


def _labels_of(world: World, edges: Iterable[Edge]) -> set[str]:
    joined = {(each.at, each.by, frozenset((each.left, each.right))) for each in edges}
    if not joined:
        return set()
    return {each.label for each in world.judgements if (each.at, each.by, frozenset((each.left, each.right))) in joined}


def _labels(world: World, statements: Iterable[StatementId]) -> set[str]:
    found = {world.statements[each] for each in statements}
    reports = {report.label for each in found if (report := world.reports.get(each.report))}
    return {each.label for each in found} | reports


def _reports(world: World, statements: Iterable[StatementId]) -> tuple[ReportId, ...]:
    """The reports of these statements, the newest first."""
    found = {world.statements[each].report for each in statements}
    known = (report for each in found if (report := world.reports.get(each)))
    return tuple(each.id for each in sorted(known, key=lambda report: (report.learnt, report.id), reverse=True))


def _of_overdue(view: View, found: SubjectOfInterest) -> Suggestion:
    """A late re-assessment, ranked by tier: no evidence speaks here."""
    late = due(found.review, view.moment)
    reason = Reason(
        f"re-assessment {late.words}", float(1 + len(TIERS) - int(found.tier)), (), f"tier {found.tier}, {found.state}"
    )
    ids = sorted(each.id for each in found.interests)
    return Suggestion(
        suggestion_id(OVERDUE, ids[0], found.review),
        OVERDUE,
        f"{_name(view.world, found.anchor.record)}: re-assessment overdue since {in_words(found.review)}",
        (found.anchor.record,),
        (),
        (reason,),
        stamp(to_moment(found.review)),
        label_over(*(act.label for each in found.interests for act in each.acts)),
    )
