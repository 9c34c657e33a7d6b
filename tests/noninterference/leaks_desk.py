"""Planted leaks of the desk: triage, rooms, subjects of interest, typologies, charts, evidence, exchange."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from leconfield.desk.evidence import CaseFile, CaseFiles
from leconfield.desk.evidence.intercept import Intercepted
from leconfield.desk.exchange.state import Receipts
from leconfield.desk.incidents import names as incident_names
from leconfield.desk.incidents import reads, touching
from leconfield.desk.incidents.state import Incidents
from leconfield.desk.interest import standing
from leconfield.desk.interest import state as interest_state
from leconfield.desk.interest.state import Interests
from leconfield.desk.investigations import Investigation, Investigations
from leconfield.desk.leads.folds import Folds
from leconfield.desk.leads.queue import Waiting
from leconfield.desk.leads.state import Triage
from leconfield.desk.typologies.catalogue import Catalogue
from leconfield.desk.typologies.scores import Scores
from leconfield.ledger.view import View
from leconfield.ledger.world import World
from leconfield.network.charts import Charts
from leconfield.registry import trace as tracing
from tests.noninterference.planting import Plant, leak, not_within_itself

# triage and investigations


@leak("decisions of others")
def what_anybody_decided_waits_no_more(plant: Plant) -> None:
    def last_on(before: Any, triage: Triage, target: str) -> Any:
        return before(triage, target) or plant.everything.derived(Triage).last_on(target)

    plant.wrap(Triage, "last_on", not_within_itself(last_on))


@leak("circular reporting")
def aged_by_the_oldest_of_all_who_tell_it(plant: Plant) -> None:
    def item(before: Any, waiting: Waiting, world: World, fold: Any, *rest: Any) -> Any:
        everything = plant.everything
        whole = everything.derived(Folds).fold_of(fold[0])
        came = min((everything.reports[each].learnt for each in whole), default="")
        made = before(waiting, world, fold, *rest)
        return replace(made, came=min(made.came, came)) if came else made

    plant.wrap(Waiting, "_item", not_within_itself(item))


@leak("what was last done")
def touched_by_what_anybody_did(plant: Plant) -> None:
    def touched(investigation: Investigation) -> str:
        whole = plant.everything.derived(Investigations).by_id.get(investigation.id, investigation)
        return max(each.at for each in (*investigation.timeline, *whole.timeline))

    plant.put(Investigation, "touched", property(touched))


# incident rooms


@leak("answers in an incident room")
def answered_to_each_from_everything(plant: Plant) -> None:
    plant.put(incident_names, "trace", lambda _world, query: tracing.trace(plant.everything, query))


@leak("rooms that a report stands in")
def rooms_that_anybody_opened(plant: Plant) -> None:
    def everything(_view: View) -> Any:
        found = plant.everything.derived(Incidents).by_id
        return tuple(found[each] for each in sorted(found))

    plant.put(touching, "everything", everything)


@leak("who had read it", "/incidents")
def reads_by_anybody(plant: Plant) -> None:
    plant.put(reads, "_within", lambda _view, _held, _read: True)


# subjects of interest


@leak("who is of interest")
def of_interest_to_anybody(plant: Plant) -> None:
    def interest_in(_before: Any, view: View, subject: Any, records: Any) -> Any:
        del view
        return plant.everything.derived(Interests).of_records(subject, records)

    plant.everywhere(interest_state.interest_in, interest_in)


@leak("what touched a closed file")
def files_touched_by_what_is_hidden(plant: Plant) -> None:
    def raised(before: Any, view: View) -> Any:
        if plant.desk is None:
            return before(view)
        known = set(view.derived(Interests).records())
        return [each for each in before(plant.view()) if known.issuperset(each.subjects)]

    plant.everywhere(standing.raised, raised)


# typologies


@leak("versions of a typology")
def versions_of_everybody(plant: Plant) -> None:
    def versions(before: Any, catalogue: Catalogue, typology: str) -> Any:
        mine = catalogue is plant.shown.derived(Catalogue)
        return before(plant.everything.derived(Catalogue) if mine and plant.desk else catalogue, typology)

    plant.wrap(Catalogue, "versions", versions)


@leak("who scores")
def scored_over_everything(plant: Plant) -> None:
    def scored(before: Any, scores: Scores, typology: Any, day: int) -> Any:
        if plant.desk is None or scores is not plant.shown.derived(Scores):
            return before(scores, typology, day)
        found = before(plant.everything.derived(Scores), typology, day)
        return {head: each for head, each in found.items() if head in plant.shown.by_subject}

    plant.wrap(Scores, "scored", scored)


# saved charts


@leak("names of saved charts", "/chart")
def chart_that_anybody_saved(plant: Plant) -> None:
    def chart(before: Any, charts: Charts, which: str) -> Any:
        mine = plant.desk is not None and charts is plant.shown.derived(Charts)
        return before(plant.everything.derived(Charts) if mine else charts, which)

    plant.wrap(Charts, "chart", chart)


# evidence and disclosure


@leak("what is left out of a schedule")
def left_out_for_an_intercept_of_anybody(plant: Plant) -> None:
    def holds(before: Any, _known: Intercepted, report: Any) -> bool:
        return bool(before(plant.everything.derived(Intercepted), report))

    plant.wrap(Intercepted, "holds", holds)


@leak("numbers on a schedule")
def numbered_after_what_anybody_served(plant: Plant) -> None:
    def standing(before: Any, file: CaseFile, schedule: str) -> Any:
        return before(plant.everything.derived(CaseFiles).by_id.get(file.id, file), schedule)

    plant.wrap(CaseFile, "standing", standing)


# exchange


@leak("to whom a subject was handed over")
def handed_over_by_anybody(plant: Plant) -> None:
    def naming(before: Any, _known: Receipts, records: Any) -> Any:
        return before(plant.everything.derived(Receipts), records)

    plant.wrap(Receipts, "naming", naming)
