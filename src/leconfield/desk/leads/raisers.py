"""What raises suggestions for the queue: every part of the desk that does, and the registry's standing watch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Final, Self

from leconfield.desk.interest import standing
from leconfield.desk.interest import watch_rules as saved_searches
from leconfield.desk.leads.model import OURS
from leconfield.desk.suggestions import Raiser, Reason, Suggestion
from leconfield.desk.typologies import raising
from leconfield.ledger.labels import all_of
from leconfield.ledger.model import ReportId, SubjectId
from leconfield.ledger.view import View
from leconfield.ledger.world import Delta, World
from leconfield.registry.chips import name_of
from leconfield.registry.watch import Watch, watches_in
from leconfield.registry.watching import Arrival, arrivals

WATCH_RULE: Final = "watch rule"
_SUBJECT_BITS: Final = 3.0
"""What it says that something new came of a subject whom an officer watches."""
_QUESTION_BITS: Final = 2.5
"""The same of an answer to a question, times how likely it is an answer."""


class _Kept:
    """What the watches of a world raise, until something comes that could change it: asking again is a trace each."""

    def __init__(self) -> None:
        self.raised: tuple[Suggestion, ...] | None = None
        self.watchers: dict[str, str] = {}

    @classmethod
    def of(cls, _world: World) -> Self:
        """Nothing is asked before somebody looks."""
        return cls()

    def grow(self, _world: World, delta: Delta) -> None:
        """Triage changes nothing of what is watched for."""
        if (
            delta.reports
            or delta.statements
            or delta.judgements
            or any(each.kind not in OURS for each in delta.entries)
        ):
            self.raised = None


def watch_rules(view: View) -> Iterable[Suggestion]:
    """A suggestion for each standing watch for which something has come in."""
    kept = view.derived(_Kept)
    if kept.raised is None:
        by_watch: dict[Watch, list[Arrival]] = defaultdict(list)
        for each in arrivals(view, watches_in(view.world.entries)):
            by_watch[each.watch].append(each)
        kept.raised = tuple(_raised(watch, came) for watch, came in by_watch.items())
        kept.watchers = {_id_of(watch): watch.by for watch in by_watch}
    return kept.raised


def watcher_of(view: View, suggestion: str) -> str:
    """Whose watch raised it; empty: something else did."""
    return view.derived(_Kept).watchers.get(suggestion, "")


def _raised(watch: Watch, came: list[Arrival]) -> Suggestion:
    """One suggestion for everything that came for a watch: whatever comes later brings it back."""
    newest = came[0]
    reports = tuple(dict.fromkeys(ReportId(each.report.id) for each in came))
    subjects = tuple(dict.fromkeys(SubjectId(each.subject.id) for each in came))
    about = name_of(newest.subject) if watch.subject else watch.words
    return Suggestion(
        id=_id_of(watch),
        kind=WATCH_RULE,
        title=f"New for a watch: {about}",
        subjects=subjects,
        reports=reports,
        reasons=tuple(_reasons(watch, came)),
        since=newest.learnt,
        label=all_of({watch.label, *(each.label for each in came)}),
    )


def _reasons(watch: Watch, came: list[Arrival]) -> Iterator[Reason]:
    best = max(came, key=lambda each: (each.probability, each.report.id))
    why = f"{watch.by} watches, because: {watch.reason}"
    if watch.subject:
        yield Reason("something new of a subject who is watched", _SUBJECT_BITS, detail=why)
    else:
        bits = round(_QUESTION_BITS * best.probability, 2)
        yield Reason(f"answers a question that is watched for, {best.probability:.0%}", bits, detail=why)


def _id_of(watch: Watch) -> str:
    """Follows from the watch's own id, which nobody can guess."""
    return sha256(f"{WATCH_RULE} {watch.id}".encode()).hexdigest()[:32]


RAISERS: Final[tuple[Raiser, ...]] = (watch_rules, standing.raised, saved_searches.raised, raising.raised)
"""Parts of the desk that raise suggestions; each must be a pure function of the view's world and moment."""
