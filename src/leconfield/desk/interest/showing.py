"""Subjects of interest as the widgets show them: their clock, a row of the list, what has changed in a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from leconfield.desk.interest.closed import Touched
from leconfield.desk.interest.model import SubjectOfInterest
from leconfield.desk.interest.rules import due
from leconfield.desk.interest.standing import reasons_of
from leconfield.ledger.model import StatementId
from leconfield.ledger.view import View
from leconfield.registry.chips import chip, snippet_of
from leconfield.registry.lookup import subject_in
from leconfield.web.values import Bar, Clock, Snippet

SENTENCES: Final = 12
"""Sentences shown of what has changed in a file."""


def clock_of(found: SubjectOfInterest, moment: str, what: str = "re-assessment") -> Clock | None:
    """The clock of the next re-assessment; None if no date was set. `what`: empty where a column says so."""
    stands = due(found.review, moment)
    if not found.review:
        return None
    return Clock(what, stands.words or "by", stands.state or "calm", due=found.review)


def row_of(view: View, found: SubjectOfInterest, touched: Touched | None) -> dict[str, object]:
    """A row of the list."""
    subject = subject_in(view.world, found.subject)
    return {
        "found": found,
        "chip": chip(view, subject),
        "url": f"/interest/{subject.id}",
        "clock": clock_of(found, view.moment, ""),
        "gain": touched.change.gain if touched and found.closed else None,
        "since": touched.since if touched and found.closed else "",
        "risk": next((each.risk for each in reversed(found.interests) if each.risk), "") if found.closed else "",
    }


def changed_in(view: View, touched: Touched) -> dict[str, object]:
    """What has changed in a closed file: before, after, the bars between them, and the sentences that say so."""
    reasons = reasons_of(touched)
    statements = dict.fromkeys(one for each in reasons for one in each.statements)
    return {
        "before": touched.change.before,
        "after": touched.change.after,
        "typology": touched.change.typology,
        "looked": touched.looked,
        "since": touched.since,
        "bars": [Bar(each.words, each.bits, each.detail, _first(view, each.statements)) for each in reasons],
        "sentences": list(_sentences(view, statements)),
        "more": max(0, len(statements) - SENTENCES),
    }


def _first(view: View, statements: tuple[StatementId, ...]) -> str:
    return next((each.url for each in _sentences(view, statements[:1])), "")


def _sentences(view: View, statements: Iterable[StatementId]) -> Iterable[Snippet]:
    shown: set[tuple[str, int]] = set()
    for each in statements:
        said = view.world.statements[each]
        report = view.world.reports.get(said.report)
        if report is not None and (report.id, said.start) not in shown and len(shown) < SENTENCES:
            shown.add((report.id, said.start))
            yield snippet_of(report, said.start, said.end)
