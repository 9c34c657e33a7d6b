"""What was decided and what became of it: folded from the entries of a world, and kept up to date with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final, Self

from leconfield.desk.acts import lines
from leconfield.desk.leads.model import (
    CLOSED,
    HANDED,
    IN_TRIAGE,
    INVESTIGATED,
    IS_CLOSED,
    IS_OPEN,
    IS_REOPENED,
    LEAD,
    OF_LEADS,
    OPENED,
    REOPENED,
    SCORED,
    STEP_SET,
    TAKEN,
    TRACED,
    TRIAGED,
    UNDONE,
    WIDENED,
    Decision,
    Lead,
    Score,
    Step,
)
from leconfield.desk.leads.tracing import Answered, answers_in
from leconfield.ledger.model import Entry, EntryId, ReportId, StatementId, SubjectId
from leconfield.ledger.world import Delta, World


class Triage:
    """The decisions of a world: which of them stand, on what, in the order in which they were made."""

    def __init__(self) -> None:
        self._decisions: dict[str, Decision] = {}
        self._undone: dict[str, list[Entry]] = defaultdict(list)
        self._on: dict[str, list[str]] = defaultdict(list)
        self._traced: dict[tuple[str, str], Entry] = {}
        self.touched: set[str] = set()
        """Targets on which something was decided, or undone, when this last grew."""

    @classmethod
    def of(cls, world: World) -> Self:
        """Fold the whole world."""
        triage = cls()
        triage._take(world.entries)
        return triage

    def grow(self, _world: World, delta: Delta) -> None:
        """Take in new decisions, and what was taken back."""
        self._take(delta.entries)

    def last_on(self, target: str) -> Decision | None:
        """The decision that stands on a report or a suggestion: the last that was not taken back."""
        return next((each for each in reversed(self.all_on(target)) if self.stands(each)), None)

    def all_on(self, target: str) -> list[Decision]:
        """Every decision on it, in order, those taken back among them."""
        return [self._decisions[each] for each in self._on.get(target, ())]

    def stands(self, decision: Decision) -> bool:
        """Whether it was not taken back by him who made it."""
        return not any(each.by == decision.by for each in self._undone.get(decision.id, ()))

    def undone_at(self, decision: Decision) -> str:
        """When it was taken back; empty: it stands."""
        return next((each.at for each in self._undone.get(decision.id, ()) if each.by == decision.by), "")

    def everything(self) -> list[Decision]:
        """Every decision, in the order in which they were made."""
        return list(self._decisions.values())

    def of_id(self, which: str) -> Decision | None:
        """The decision by its id."""
        return self._decisions.get(which)

    def answers_to(self, decision: Decision) -> list[Answered]:
        """What the traces said that were made with a decision; nothing where one may not know all that they rest on."""
        found = self._traced.get((decision.item, decision.at))
        return answers_in(found.body.get("answers", "")) if found else []

    def _take(self, entries: Iterable[Entry]) -> None:
        self.touched = set()
        for each in entries:
            if each.kind == TRIAGED:
                decision = self._decisions[each.id] = decision_in(each)
                for target in decision.targets:
                    self._on[target].append(decision.id)
                self.touched.update(decision.targets)
            elif each.kind == TRACED:
                self._traced[each.about, each.at] = each
            elif each.kind == UNDONE:
                self._undone[each.about].append(each)
                found = self._decisions.get(each.about)
                self.touched.update(found.targets if found else ())


def decision_in(entry: Entry) -> Decision:
    """The decision that an entry records."""
    body = entry.body
    return Decision(
        id=entry.id,
        at=entry.at,
        by=entry.by,
        label=entry.label,
        item=entry.about,
        title=body.get("title", ""),
        decision=body.get("decision", ""),
        reason=body.get("reason", ""),
        reports=tuple(ReportId(each) for each in lines(body.get("reports", ""))),
        suggestion=body.get("suggestion", ""),
        lead=body.get("lead", ""),
        to=body.get("to", ""),
        investigation=body.get("investigation", ""),
    )


class Leads:
    """The leads of a world: by id, of a subject's records, of a report.

    A lead whose decision was taken back is not there: it is as if it had never been opened.
    """

    def __init__(self, triage: Triage) -> None:
        self._triage = triage
        self._leads: dict[str, Lead] = {}
        self._acts: dict[str, list[Entry]] = defaultdict(list)
        """Entries about a lead, those that came before it could be seen among them."""
        self._decision_of: dict[str, EntryId] = {}
        self._of_report: dict[ReportId, dict[str, None]] = defaultdict(dict)
        self._of_record: dict[SubjectId, dict[str, None]] = defaultdict(dict)

    @classmethod
    def of(cls, world: World) -> Self:
        """Fold the whole world."""
        leads = cls(world.derived(Triage))
        leads._take(world.entries)
        return leads

    def grow(self, _world: World, delta: Delta) -> None:
        """Take in new leads, and what was done on those that stand."""
        self._take(delta.entries)

    def lead(self, which: str) -> Lead | None:
        """The lead by its id; None: there is none here."""
        found = self._leads.get(which)
        return found if found is not None and not self._void(which) else None

    def all(self) -> list[Lead]:
        """Every lead, the newest first."""
        return [each for each in reversed(self._leads.values()) if not self._void(each.id)]

    def of_report(self, report: ReportId) -> list[Lead]:
        """The leads that rest on a report."""
        return self._those(self._of_report.get(report, ()))

    def of_records(self, records: Iterable[SubjectId]) -> list[Lead]:
        """The leads on any of these records: give those of a subject."""
        return self._those(dict.fromkeys(lead for each in records for lead in self._of_record.get(each, ())))

    def acts_on(self, which: str) -> list[Entry]:
        """What was done on a lead, in order, its opening first."""
        return list(self._acts.get(which, ()))

    def decision_of(self, which: str) -> Decision | None:
        """The decision that made it a lead; None: it was opened without one."""
        return self._triage.of_id(self._decision_of.get(which, ""))

    def _void(self, which: str) -> bool:
        decision = self.decision_of(which)
        return decision is not None and not self._triage.stands(decision)

    def _those(self, which: Iterable[str]) -> list[Lead]:
        found = (self.lead(each) for each in which)
        return [each for each in found if each is not None]

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind == TRIAGED and each.body.get("decision") == LEAD:
                self._decision_of.setdefault(each.body.get("lead", ""), each.id)
            elif each.kind == OPENED and each.about not in self._leads:
                self._acts[each.about].insert(0, each)
                self._keep(_refolded(self._acts[each.about]))
            elif each.kind in OF_LEADS:
                self._acts[each.about].append(each)
                if (found := self._leads.get(each.about)) is not None:
                    self._keep(_after(found, each))

    def _keep(self, lead: Lead) -> None:
        self._leads[lead.id] = lead
        for report in lead.reports:
            self._of_report[report][lead.id] = None
        for record in lead.subjects:
            self._of_record[record][lead.id] = None


def _refolded(acts: list[Entry]) -> Lead:
    opening, *rest = acts
    lead = _opened(opening)
    for each in rest:
        lead = _after(lead, each)
    return lead


def _opened(entry: Entry) -> Lead:
    body = entry.body
    return Lead(
        id=entry.about,
        title=body.get("title", ""),
        at=entry.at,
        by=entry.by,
        label=entry.label,
        reason=body.get("reason", ""),
        reports=tuple(ReportId(each) for each in lines(body.get("reports", ""))),
        subjects=tuple(SubjectId(each) for each in lines(body.get("subjects", ""))),
        suggestion=body.get("suggestion", ""),
        state=IS_OPEN,
        owner="",
        step=None,
        scores=(),
        investigation="",
        closing="",
        touched=entry.at,
    )


def _after(lead: Lead, entry: Entry) -> Lead:
    return replace(_STEPS[entry.kind](lead, entry), touched=entry.at)


def _widened(lead: Lead, entry: Entry) -> Lead:
    reports = dict.fromkeys((*lead.reports, *(ReportId(each) for each in lines(entry.body.get("reports", "")))))
    subjects = dict.fromkeys((*lead.subjects, *(SubjectId(each) for each in lines(entry.body.get("subjects", "")))))
    return replace(lead, reports=tuple(reports), subjects=tuple(subjects))


def _scored(lead: Lead, entry: Entry) -> Lead:
    return replace(_looked_at(lead), scores=(*lead.scores, score_in(entry)))


def score_in(entry: Entry) -> Score:
    """The score that an entry records."""
    body = entry.body
    return Score(
        part=body.get("part", ""),
        points=int(body.get("points", "0")),
        reason=body.get("reason", ""),
        supports=tuple(StatementId(each) for each in lines(body.get("supports", ""))),
        contradicts=tuple(StatementId(each) for each in lines(body.get("contradicts", ""))),
        by=entry.by,
        at=entry.at,
        label=entry.label,
    )


def _taken(lead: Lead, entry: Entry) -> Lead:
    return replace(_looked_at(lead), owner=entry.body.get("owner", ""))


def _looked_at(lead: Lead) -> Lead:
    return replace(lead, state=IN_TRIAGE) if lead.state == IS_OPEN else lead


def _step_set(lead: Lead, entry: Entry) -> Lead:
    words = entry.body.get("step", "")
    return replace(lead, step=Step(words, entry.body.get("due", ""), entry.by) if words else None)


def _closed(lead: Lead, entry: Entry) -> Lead:
    return replace(lead, state=IS_CLOSED, closing=entry.body.get("reason", ""))


def _reopened(lead: Lead, _entry: Entry) -> Lead:
    return replace(lead, state=IS_REOPENED, closing="", investigation="")


def _handed(lead: Lead, entry: Entry) -> Lead:
    return replace(lead, state=INVESTIGATED, investigation=entry.body.get("investigation", ""))


_STEPS: Final[Mapping[str, Callable[[Lead, Entry], Lead]]] = {
    WIDENED: _widened,
    SCORED: _scored,
    TAKEN: _taken,
    STEP_SET: _step_set,
    CLOSED: _closed,
    REOPENED: _reopened,
    HANDED: _handed,
}
