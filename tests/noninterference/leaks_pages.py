"""Planted leaks of numbers and lists: ids, counts, facets, pages, rankings, snippets."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from leconfield.intake import pages as intake_pages
from leconfield.intake import search as searching
from leconfield.intake.search import TextIndex
from leconfield.ledger.recorder import Recorder
from leconfield.ledger.view import View
from leconfield.ledger.world import World
from leconfield.network import expansion
from leconfield.network.graph import Graph
from leconfield.registry import trace as tracing
from leconfield.registry.index import NameIndex
from leconfield.registry.mentions import KnownNames
from leconfield.registry.resolution import Partition
from leconfield.registry.trace import TraceIndex
from leconfield.web.visit import Visit
from tests.noninterference.planting import Plant, leak

# ids and sequences


@leak("ids and sequences")
def serial_ids(plant: Plant) -> None:
    def serial(before: Any, recorder: Any, *rest: Any) -> str:
        given = recorder.__dict__.setdefault("given", {})
        found = before(recorder, *rest)
        return f"{given.setdefault(found, len(given)):032x}"

    plant.wrap(Recorder, "_entry_id", serial)


@leak("cursors", "/reports")
def cursor_is_a_row_number(plant: Plant) -> None:
    before = intake_pages._more_url

    def hidden() -> int:
        return len(plant.everything.reports) - len(plant.shown.reports)

    plant.put(intake_pages, "_more_url", lambda path, wanted, first: before(path, wanted, first + hidden()))


# counts, totals, facets


@leak("counts and totals")
def total_over_everything(plant: Plant) -> None:
    def search(before: Any, view: View, words: str, limit: int = 50) -> Any:
        return replace(before(view, words, limit), total=before(plant.view(), words, limit).total)

    plant.everywhere(searching.search, search)


@leak("facets", "/reports")
def filters_offer_hidden_sources(plant: Plant) -> None:
    plant.everywhere(
        intake_pages._choices, lambda before, view, _: before(view, list(plant.everything.reports.values()))
    )


@leak("'n more'")
def counts_before_expanding(plant: Plant) -> None:
    def counts(before: Any, graph: Graph, which: Any, *rest: Any) -> Any:
        graph.subject(which)
        return before(plant.graph(), which, *rest)

    plant.everywhere(expansion.counts, counts)


@leak("counts of quarantined files", "/reports")
def quarantine_counted_over_everything(plant: Plant) -> None:
    def page(before: Any, visit: Visit, template: str, /, *rest: Any, **context: Any) -> Any:
        if "quarantined" in context:
            context["quarantined"] = len(plant.view().entries(kind="quarantined"))
        return before(visit, template, *rest, **context)

    plant.wrap(Visit, "page", page)


@leak("queue length", "/review")
def waiting_pairs_of_everybody(plant: Plant) -> None:
    def page(before: Any, visit: Visit, template: str, /, *rest: Any, **context: Any) -> Any:
        if "waiting" in context:
            context["waiting"] = len(plant.everything.derived(Partition).proposals())
        return before(visit, template, *rest, **context)

    plant.wrap(Visit, "page", page)


@leak("size of the audit")
def audit_size_in_an_answer(plant: Plant) -> None:
    def trace(before: Any, world: World, *rest: Any) -> Any:
        found = before(world, *rest)
        size = plant.desk._store.head()[0] if plant.desk else 0  # type: ignore[index]  # there was a read
        return replace(found, searched=replace(found.searched, reports=size))

    plant.everywhere(tracing.trace, trace)


# pages and limits


@leak("page length")
def limit_before_the_filter(plant: Plant) -> None:
    def reports(before: Any, view: View) -> Any:
        newest = {each.id for each in before(plant.view())[:2]}
        return [each for each in before(view) if each.id in newest]

    plant.wrap(View, "reports", reports)


@leak("has-next", "/reports")
def next_page_though_it_is_empty(plant: Plant) -> None:
    def page(before: Any, visit: Visit, template: str, /, *rest: Any, **context: Any) -> Any:
        if context.get("more_url") == "" and len(plant.everything.reports) > context["first"] + 2:
            context["more_url"] = f"/reports?from={context['first'] + 2}"
        return before(visit, template, *rest, **context)

    plant.wrap(Visit, "page", page)


@leak("top k cut before the filter")
def best_of_everything_then_filtered(plant: Plant) -> None:
    def search(before: Any, view: View, words: str, limit: int = 50) -> Any:
        best = {each.report.id for each in before(plant.view(), words, limit).found}
        answer = before(view, words, 50)
        return replace(answer, found=tuple(each for each in answer.found if each.report.id in best))

    plant.everywhere(searching.search, search)


@leak("ranking scores")
def rarity_over_everything(plant: Plant) -> None:
    def weight(before: Any, index: TextIndex, report: Any, count: int, holding: int) -> Any:
        return before(index, report, count, holding) / (1 + len(plant.everything.reports))

    plant.wrap(TextIndex, "weight", weight)


@leak("learned weights")
def population_of_everything(plant: Plant) -> None:
    before = tracing._ranked

    def ranked(world: World, weighed: Any, _population: int) -> Any:
        return before(world, weighed, len(plant.everything.derived(NameIndex).names))

    plant.put(tracing, "_ranked", ranked)


@leak("highlights and offsets")
def snippet_at_a_hidden_annotation(plant: Plant) -> None:
    before = searching._snippet

    def snippet(report: Any, terms: Any) -> Any:
        spans = [each.start for each in plant.everything.by_report.get(report.id, ()) if each.start >= 0]
        return replace(before(report, terms), start=spans[-1] if spans else 0)

    plant.put(searching, "_snippet", snippet)


@leak("autocomplete")
def typing_from_every_name(plant: Plant) -> None:
    plant.wrap(
        TraceIndex,
        "suggest",
        lambda before, _index, *rest: before(plant.everything.derived(TraceIndex), *rest),
    )


@leak("names known in texts")
def one_automaton_for_everybody(plant: Plant) -> None:
    plant.wrap(
        KnownNames,
        "known_in",
        lambda before, _known, text: before(plant.everything.derived(KnownNames), text),
    )
