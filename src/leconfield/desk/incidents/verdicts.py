"""Was this person known to us? Never recorded, a mention, a subject, of interest; since when, by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from leconfield.desk.interest.model import Act
from leconfield.desk.interest.rules import after, opened
from leconfield.desk.interest.state import interest_in
from leconfield.ledger.model import Entry, Statement, SubjectId
from leconfield.ledger.times import in_words
from leconfield.ledger.view import View
from leconfield.registry.subjects import Subject

NEVER: Final = "never recorded"
MENTION: Final = "recorded as a mention only"
REGISTERED: Final = "a subject"
OF_INTEREST: Final = "subject of interest"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How somebody was known at a moment."""

    standing: str
    """`never recorded`, `recorded as a mention only`, `a subject` or `subject of interest`."""
    state: str = ""
    """Of a subject of interest: open, closed or re-opened."""
    since: str = ""
    """A stamp."""
    by: str = ""
    """Who decided it; empty: nobody did."""
    reports: int = 0
    """Reports that spoke of him by then."""

    @property
    def words(self) -> str:
        """The line as people read it."""
        if self.standing == NEVER:
            return "Never recorded"
        since = f" since {in_words(self.since[:10])}"
        reports = f", in {self.reports:,} report{'s' if self.reports != 1 else ''}" if self.reports else ""
        if self.standing == MENTION:
            return f"Recorded as a mention only,{since}{reports}; nobody has decided anything"
        if self.standing == REGISTERED:
            return f"A subject{since}, registered by {self.by}{reports}; never a subject of interest"
        return f"Subject of interest, {self.state}{since}, decided by {self.by}{reports}"


def verdict_of(
    view: View, subject: Subject, said: Sequence[Statement], registered: Sequence[Entry], upto: str = ""
) -> Verdict:
    """How the subject was known; `upto`: before that moment (a stamp; empty: by the moment of the view)."""
    by_then = [each for each in said if not upto or each.learnt < upto]
    learnt = sorted(each.learnt for each in by_then)
    reports = len({each.report for each in by_then} & view.world.reports.keys())
    interest = interest_in(view, subject.id, subject.records)
    acts = [each.acts for each in interest.interests] if interest else []
    decided = [found for each in acts if (found := _stood(subject.id, each, upto)) is not None]
    if decided:
        live = [each for each in decided if each[0] != "closed"]
        state, since, by = max(live or decided, key=lambda each: each[1])
        return Verdict(OF_INTEREST, state, since, by, reports)
    entries = sorted((each.at, each.by) for each in registered if not upto or each.at < upto)
    if entries:
        return Verdict(REGISTERED, "", *entries[0], reports)
    return Verdict(MENTION, since=learnt[0], reports=reports) if learnt else Verdict(NEVER)


def _stood(record: SubjectId, acts: Sequence[Act], upto: str) -> tuple[str, str, str] | None:
    """The state of one interest by then, since when, and who decided that; None: it was not opened yet."""
    known = [each for each in acts if not upto or each.at < upto]
    if not known:
        return None
    interest = opened(record, known[0])
    since, by = known[0].at, known[0].by
    for each in known[1:]:
        changed = after(interest, each)
        if changed.state != interest.state:
            since, by = each.at, each.by
        interest = changed
    return interest.state, since, by
