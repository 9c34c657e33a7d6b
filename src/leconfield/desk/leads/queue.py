"""The queue: everything in a view on which nobody has decided, and what has changed since somebody did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final, Self

from leconfield.desk.leads.folds import Fold, Folds
from leconfield.desk.leads.model import OURS, REPORT_ITEM, Changed, Decision, Item
from leconfield.desk.leads.raisers import RAISERS, watcher_of
from leconfield.desk.leads.rules import origins_of, weights_of
from leconfield.desk.leads.state import Triage
from leconfield.desk.leads.weights import weighed
from leconfield.desk.suggestions import Suggestion, suggestions
from leconfield.errors import NotFoundError
from leconfield.ledger.labels import all_of
from leconfield.ledger.model import Report, ReportId, Statement
from leconfield.ledger.view import View
from leconfield.ledger.world import Delta, World

FILED: Final = "filed"


class Waiting:
    """The folds of a world on which nobody has decided, or that have changed since."""

    def __init__(self, folds: Folds, triage: Triage) -> None:
        self._folds = folds
        self._triage = triage
        self._items: dict[ReportId, Item] = {}
        """Without weights, by the oldest report of the fold."""
        self._head_of: dict[ReportId, ReportId] = {}
        self._filed_by: dict[str, str] = {}
        self._weighed: dict[ReportId, Item] = {}
        """The same with their weights, for as long as nothing new is said."""

    @classmethod
    def of(cls, world: World) -> Self:
        """Look at the whole world."""
        waiting = cls(world.derived(Folds), world.derived(Triage))
        waiting._filed_by.update((each.about, each.by) for each in world.entries if each.kind == FILED)
        for fold in waiting._folds.folds():
            waiting._look(world, fold)
        return waiting

    def grow(self, world: World, delta: Delta) -> None:
        """Look again at the folds that are new, of which something is newly said, or on which somebody decided."""
        self._filed_by.update((each.about, each.by) for each in delta.entries if each.kind == FILED)
        touched = {each.report for each in delta.statements} | self._folds.touched
        touched |= {ReportId(each) for each in self._triage.touched}
        for fold in {self._folds.fold_of(each) for each in touched & world.reports.keys()}:
            self._look(world, fold)
        if (
            delta.reports
            or delta.statements
            or delta.judgements
            or any(each.kind not in OURS for each in delta.entries)
        ):
            self._weighed.clear()

    def items(self, view: View) -> list[Item]:
        """What waits, each with what it weighs, the suggestions on it left out."""
        return [self._with_weights(view, each) for each in self._items.values()]

    def item(self, view: View, report: ReportId) -> Item | None:
        """What waits that a report belongs to; None: nothing does."""
        found = self._items.get(self._head_of.get(report, report))
        return self._with_weights(view, found) if found else None

    def _look(self, world: World, fold: Fold) -> None:
        for each in fold:
            head = self._head_of.get(each, each)
            self._items.pop(head, None)
            self._weighed.pop(head, None)
            self._head_of[each] = fold[0]
        found = self._waiting(world, fold)
        if found is not None:
            self._items[fold[0]] = found

    def _waiting(self, world: World, fold: Fold) -> Item | None:
        decided = {each: self._triage.last_on(each) for each in fold}
        last = max((each for each in decided.values() if each), key=lambda each: each.at, default=None)
        fresh = [each for each, decision in decided.items() if decision is None]
        grown = [one for each in fold for one in said_since(world, each, decided[each])]
        came = min((*(world.reports[each].learnt for each in fresh), *(each.learnt for each in grown)), default="")
        if not came:
            return None
        changed = Changed(last, tuple(each.id for each in grown), tuple(fresh)) if last else None
        return self._item(world, fold, grown, changed, came)

    def _item(self, world: World, fold: Fold, grown: list[Statement], changed: Changed | None, came: str) -> Item:
        reports = [world.reports[each] for each in fold]
        return Item(
            id=fold[0],
            kind=REPORT_ITEM,
            title=reports[0].title,
            reports=fold,
            subjects=(),
            came=came,
            label=all_of({*(each.label for each in reports), *(each.label for each in grown)}),
            sources=tuple(dict.fromkeys(each.source for each in reports)),
            origins=len(origins_of(reports)),
            whose=changed.decision.by if changed else self._filed_by.get(fold[0], ""),
            reasons=(),
            changed=changed,
        )

    def _with_weights(self, view: View, item: Item) -> Item:
        known = self._weighed.get(item.reports[0])
        if known is None:
            subjects, reasons = weighed(view, [view.world.reports[each] for each in item.reports])
            known = self._weighed[item.reports[0]] = replace(item, subjects=subjects, reasons=reasons)
        return known


def said_since(world: World, report: ReportId, decision: Decision | None) -> list[Statement]:
    """What was learnt of a report after the decision."""
    if decision is None:
        return []
    return [each for each in world.by_report.get(report, ()) if each.learnt > decision.at]


def waiting(view: View) -> list[Item]:
    """Everything in the view that waits for a decision, in no order."""
    raised = suggestions(view, RAISERS)
    on_report = _by_report(raised)
    items = [_suggested(each, on_report) for each in view.derived(Waiting).items(view)]
    triage = view.derived(Triage)
    return items + [_raised(view, each) for each in raised if _open(each, triage)]


def item_at(view: View, which: str) -> Item:
    """What waits, by its id, or by that of any report of its fold.

    Raises:
        NotFoundError: in the same words whether it is hidden, has been decided on or has never existed.
    """
    found = view.derived(Waiting).item(view, ReportId(which))
    raised = suggestions(view, RAISERS)
    if found is not None:
        return _suggested(found, _by_report(raised))
    for each in raised:
        if each.id == which and _open(each, view.derived(Triage)):
            return _raised(view, each)
    raise NotFoundError("nothing waits here under that id; somebody may have decided on it")


def _by_report(raised: Iterable[Suggestion]) -> dict[ReportId, list[Suggestion]]:
    found: dict[ReportId, list[Suggestion]] = defaultdict(list)
    for each in raised:
        for report in each.reports:
            found[report].append(each)
    return found


def _suggested(item: Item, on_report: Mapping[ReportId, list[Suggestion]]) -> Item:
    raised = {each.id: each for report in item.reports for each in on_report.get(report, ())}
    if not raised:
        return item
    return replace(item, reasons=(*item.reasons, *weights_of((), (), (), list(raised.values()))))


def _open(suggestion: Suggestion, triage: Triage) -> bool:
    decision = triage.last_on(suggestion.id)
    return decision is None or decision.at < suggestion.since


def _raised(view: View, suggestion: Suggestion) -> Item:
    decision = view.derived(Triage).last_on(suggestion.id)
    reports = _held(view, suggestion.reports)
    fresh = tuple(each.id for each in reports if decision is not None and each.learnt > decision.at)
    return Item(
        id=suggestion.id,
        kind=suggestion.kind,
        title=suggestion.title,
        reports=tuple(each.id for each in reports),
        subjects=suggestion.subjects,
        came=suggestion.since,
        label=suggestion.label,
        sources=tuple(dict.fromkeys(each.source for each in reports)),
        origins=len(origins_of(reports)),
        whose=decision.by if decision else watcher_of(view, suggestion.id),
        reasons=suggestion.reasons,
        suggestion=suggestion,
        changed=Changed(decision, (), fresh) if decision else None,
    )


def _held(view: View, reports: Iterable[ReportId]) -> list[Report]:
    """Those of the reports that the view has: a suggestion may name the report of a large table."""
    return [each for one in reports if (each := view.world.reports.get(one)) is not None]
