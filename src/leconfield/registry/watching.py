"""What arrives for a standing watch: computed in the view of whoever looks, from its entries and statements alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from leconfield.errors import NotFoundError
from leconfield.ledger.desk import Desk
from leconfield.ledger.labels import all_of
from leconfield.ledger.model import Report, ReportId, SubjectId
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.registry.lexicon import Lexicon
from leconfield.registry.lookup import said_of, subject_in
from leconfield.registry.mentions import occurrences
from leconfield.registry.query import Query, parse_query, query_of
from leconfield.registry.subjects import Subject
from leconfield.registry.trace import trace
from leconfield.registry.watch import Watch, seen_draft, seen_in

Seen = Mapping[tuple[str, str, str], str]
MOST: Final = 100
"""Reports that are shown for one watch, the newest."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A report that has newly said something of whoever is watched for."""

    watch: Watch
    subject: Subject
    probability: float
    """How likely the subject is the one asked for; 1 where the subject itself is watched."""
    report: Report
    start: int
    end: int
    learnt: str
    """When the desk learnt of it."""
    label: str
    """What one must hold to know of it."""
    seen: str
    """When it was marked as seen by the watch's owner; empty: not yet."""


def query_of_watch(view: View, watch: Watch) -> Query:
    """The question that is watched for, read by the words of the view; ages are those of the day it was put there."""
    when = date.fromisoformat(watch.at[:10])
    if watch.text:
        return parse_query(watch.text, when, view.derived(Lexicon))
    return query_of(watch.asked, when)


def arrivals(view: View, watches: Iterable[Watch]) -> list[Arrival]:
    """What has come in for these watches since each was put on the list, the newest first."""
    seen = seen_in(view.world.entries)
    found = [each for watch in watches for each in _of_one(view, watch, seen)]
    return sorted(found, key=lambda each: (each.learnt, each.report.id, each.watch.id, each.subject.id), reverse=True)


def _of_one(view: View, watch: Watch, seen: Seen) -> list[Arrival]:
    made = [
        arrival
        for subject, probability in _answering(view, watch)
        for arrival in _brought(view, watch, subject, probability, seen)
    ]
    return sorted(made, key=lambda each: each.learnt, reverse=True)[:MOST]


def _answering(view: View, watch: Watch) -> list[tuple[Subject, float]]:
    """Whoever answers the watch as the view stands."""
    if watch.subject:
        try:
            return [(subject_in(view.world, SubjectId(watch.subject)), 1.0)]
        except NotFoundError:
            return []
    answer = trace(view.world, query_of_watch(view, watch))
    return [(hit.subject, hit.probability) for hit in answer.hits if hit.probability >= watch.least]


def _brought(view: View, watch: Watch, subject: Subject, probability: float, seen: Seen) -> Iterable[Arrival]:
    """Reports that say something of the subject which was learnt while it was watched for."""
    for report_id, (learnt, start, end, labels) in _news(view, watch, subject).items():
        report = view.world.reports.get(report_id)
        if report is None:
            continue
        marked = seen.get((watch.by, watch.id, report_id), "")
        yield Arrival(
            watch,
            subject,
            probability,
            report,
            start,
            end,
            learnt,
            all_of({report.label, *labels}),
            marked if marked >= learnt else "",
        )


News = tuple[str, int, int, frozenset[str]]


def _news(view: View, watch: Watch, subject: Subject) -> dict[ReportId, News]:
    """By report: when it said something new, where, and the labels of what it said."""
    found: dict[ReportId, News] = {}
    first_label: frozenset[str] = frozenset()
    for record in subject.records:
        for each in said_of(view.world, record):
            first_label = first_label or frozenset({each.label})
            if watch.at < each.learnt <= watch.last:
                learnt, start, end, labels = found.get(each.report, (each.learnt, each.start, each.end, frozenset()))
                place = (start, end) if start >= 0 else (each.start, each.end)
                found[each.report] = (max(learnt, each.learnt), *place, labels | {each.label})
    for report_id, start, end in occurrences(view.world, subject):
        report = view.world.reports.get(report_id)
        if report is not None and report_id not in found and watch.at < report.learnt <= watch.last:
            found[report_id] = (report.learnt, start, end, first_label)
    return found


def mark_seen(desk: Desk, view: View, chosen: Iterable[Arrival]) -> int:
    """Mark what has come for one's own watches as seen; how many marks that took."""
    labels: dict[tuple[Watch, ReportId], set[str]] = {}
    for each in chosen:
        if not each.seen and each.watch.by == view.reader.name:
            labels.setdefault((each.watch, each.report.id), set()).add(each.label)
    drafts = [seen_draft(watch, report, all_of(found)) for (watch, report), found in labels.items()]
    if drafts:
        desk.append(view.reader, drafts)
    return len(drafts)


def moment_of(desk: Desk, view: View) -> str:
    """The moment that the view shows, as a stamp."""
    return stamp(view.as_of or desk.clock())
