"""Leaks, planted one at a time: each lets one answer depend on what its reader may not see. The battery must find all.

Each stands for a channel by which real desks have leaked: a count over everything, a limit before the filter, a cache
without the reader in its key ... `LEAKS` maps a leak's name to it; `planted` puts one in until the block ends.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final

import pytest

from leconfield.errors import BadInputError, RefusedError
from leconfield.intake import pages as intake_pages
from leconfield.intake import search as searching
from leconfield.intake.search import TextIndex
from leconfield.ledger import labels
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Question, SubjectId
from leconfield.ledger.recorder import Recorder
from leconfield.ledger.stores import tables
from leconfield.ledger.stores.sqlite import SqliteStore
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import SCHEMATA
from leconfield.ledger.world import Delta, World
from leconfield.ledger.worlds import Worlds
from leconfield.network import atlas, centrality, expansion
from leconfield.network import pages as network_pages
from leconfield.network import routes as network_routes
from leconfield.network import service as network
from leconfield.network.exports import Heading
from leconfield.network.graph import Graph, Walk
from leconfield.network.model import Filter
from leconfield.registry import pages as registry_pages
from leconfield.registry import splitting, subjects
from leconfield.registry import trace as tracing
from leconfield.registry.history import History
from leconfield.registry.index import NameIndex
from leconfield.registry.learning import Learned
from leconfield.registry.mentions import KnownNames
from leconfield.registry.queue import Cluster
from leconfield.registry.records import Records
from leconfield.registry.resolution import Partition
from leconfield.registry.trace import TraceIndex
from leconfield.registry.weights import Scale
from leconfield.web.kit import Flash
from leconfield.web.visit import Visit
from tests.noninterference.acts import KARINA

API: Final = "api"
HTTP: Final = "http"


class Plant:
    """What a planted leak has at hand: the desk that was looked at last, and everything on it."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch
        self.desk: Desk | None = None
        self.shown = World()
        """The world that the reader was shown last."""
        before = Desk.view

        def view(desk: Desk, reader: Any, as_of: Any = None, *, asking: Question) -> View:
            self.desk = desk
            found = before(desk, reader, as_of, asking=asking)
            self.shown = found.world
            return found

        patch.setattr(Desk, "view", view)

    @property
    def everything(self) -> World:
        """The world of whoever holds all there is."""
        assert self.desk is not None
        return self.desk._worlds.world(KARINA.tokens, None)

    def view(self) -> View:
        assert self.desk is not None
        return View(KARINA, None, Question("leak"), self.everything, self.desk._files)

    def graph(self) -> Graph:
        return Graph(self.everything, self.everything.derived(Partition))

    def put(self, owner: object, name: str, value: object) -> None:
        self._patch.setattr(owner, name, value)

    def wrap(self, owner: type, name: str, made: Callable[..., Any]) -> None:
        """Replace a method by `made(original, self, ...)`."""
        before = getattr(owner, name)
        self.put(owner, name, lambda *args, **named: made(before, *args, **named))

    def everywhere(self, function: Callable[..., Any], made: Callable[..., Any]) -> None:
        """Replace a function by `made(original, ...)` wherever it was imported to."""
        replacement = lambda *args, **named: made(function, *args, **named)  # noqa: E731
        for name, module in list(sys.modules.items()):
            if name.startswith(("leconfield", "tests.noninterference")) and not name.endswith(".leaks"):
                for attribute, value in list(vars(module).items()):
                    if value is function:
                        self.put(module, attribute, replacement)


@dataclass(frozen=True, slots=True)
class Leak:
    """One planted leak."""

    name: str
    channel: str
    where: str
    """`api`, or `http` where it shows on pages alone."""
    plant: Callable[[Plant], None]


LEAKS: Final[dict[str, Leak]] = {}


def not_within_itself(made: Callable[..., Any]) -> Callable[..., Any]:
    """A replacement that looks at the whole, and must not be asked again by whatever computes the whole."""
    inside: list[bool] = []

    def guarded(before: Any, *args: Any) -> Any:
        if inside:
            return before(*args)
        inside.append(True)
        try:
            return made(before, *args)
        finally:
            inside.pop()

    return guarded


def leak(channel: str, where: str = API) -> Callable[[Callable[[Plant], None]], Callable[[Plant], None]]:
    def kept(plant: Callable[[Plant], None]) -> Callable[[Plant], None]:
        name = plant.__name__.replace("_", " ")
        LEAKS[name] = Leak(name, channel, where, plant)
        return plant

    return kept


@contextmanager
def planted(name: str) -> Iterator[None]:
    """The product with that leak in it, until the block ends."""
    with pytest.MonkeyPatch.context() as patch:
        LEAKS[name].plant(Plant(patch))
        yield


# ids and sequences


@leak("ids and sequences")
def serial_ids(plant: Plant) -> None:
    def serial(before: Any, recorder: Any, *rest: Any) -> str:
        given = recorder.__dict__.setdefault("given", {})
        found = before(recorder, *rest)
        return f"{given.setdefault(found, len(given)):032x}"

    plant.wrap(Recorder, "_entry_id", serial)


@leak("cursors", HTTP)
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


@leak("facets", HTTP)
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


@leak("counts of quarantined files", HTTP)
def quarantine_counted_over_everything(plant: Plant) -> None:
    def page(before: Any, visit: Visit, template: str, /, *rest: Any, **context: Any) -> Any:
        if "quarantined" in context:
            context["quarantined"] = len(plant.view().entries(kind="quarantined"))
        return before(visit, template, *rest, **context)

    plant.wrap(Visit, "page", page)


@leak("queue length", HTTP)
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


@leak("has-next", HTTP)
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


# who is who


def _clusters_of(plant: Plant) -> dict[SubjectId, Cluster]:
    """Every cluster of everything, by each of its records."""
    found = [each for bundle in plant.everything.derived(Partition)._bundles for each in bundle.clusters]
    return {record.id: each for each in found for record in each.records}


@leak("clusters")
def merged_through_a_secret(plant: Plant) -> None:
    def subject(before: Any, cluster: Cluster) -> Any:
        whole = _clusters_of(plant).get(cluster.head, cluster)
        shown = plant.shown.derived(Records).by_id
        seen = tuple(shown[each.id] for each in whole.records if each.id in shown)
        return before(cluster) if whole is cluster or not seen else subjects.subject_from(seen)

    plant.wrap(Cluster, "subject", not_within_itself(subject))


@leak("canonical name of a cluster")
def name_from_a_hidden_alias(plant: Plant) -> None:
    def named(before: Any, records: Any) -> Any:
        whole = plant.everything.derived(Records).by_id
        return before(tuple(whole.get(each.id, each) for each in records))

    plant.everywhere(subjects.subject_from, not_within_itself(named))


@leak("judgements")
def judgements_without_their_label(plant: Plant) -> None:
    asking: list[bool] = []

    def delta(before: Any, worlds: Worlds, *rest: Any) -> Delta:
        found: Delta = before(worlds, *rest)
        if asking or not found.statements:
            return found
        asking.append(True)
        try:
            everybodys = worlds.world(KARINA.tokens, None).judgements
        finally:
            asking.clear()
        more = tuple(each for each in everybodys if each not in found.judgements)
        return replace(found, judgements=(*found.judgements, *more))

    plant.wrap(Worlds, "_delta", delta)


@leak("learnt from judgements")
def taught_by_everybodys_judgements(plant: Plant) -> None:
    plant.wrap(
        Learned,
        "lessons",
        lambda before, _learned: before(plant.everything.derived(Partition).scale.learned),
    )


@leak("how rare a name is")
def borne_by_everybody(plant: Plant) -> None:
    plant.wrap(
        Scale,
        "_weighed",
        lambda before, _scale, *rest: before(plant.everything.derived(Partition).scale, *rest),
    )


@leak("the prior")
def one_among_everybody(plant: Plant) -> None:
    def waterfall(before: Any, scale: Scale, schema: str, *rest: Any, **named: Any) -> Any:
        doublings = plant.everything.derived(Partition).scale.bearers.doublings(schema)
        return replace(before(scale, schema, *rest, **named), doublings=doublings)

    plant.wrap(Scale, "waterfall", waterfall)


@leak("joins and splits")
def the_feed_of_everything(plant: Plant) -> None:
    plant.wrap(
        View,
        "derived",
        lambda before, view, kind: plant.everything.derived(kind) if kind is History else before(view, kind),
    )


@leak("what a split would do")
def previews_of_everything(plant: Plant) -> None:
    plant.everywhere(splitting.preview, lambda before, _view, *rest: before(plant.view(), *rest))


@leak("ids of subjects")
def named_after_the_oldest_record_of_all(plant: Plant) -> None:
    def subject(before: Any, cluster: Cluster) -> Any:
        made, everybody = before(cluster), plant.everything.derived(Records).by_id
        oldest = _clusters_of(plant).get(cluster.head)
        return replace(made, id=oldest.head) if oldest and cluster.head in everybody else made

    plant.wrap(Cluster, "subject", not_within_itself(subject))


# the network


@leak("degree")
def degree_over_hidden_links(plant: Plant) -> None:
    def measures(before: Any, picture: Any) -> Any:
        walk = Walk(plant.graph(), Filter(together=True))
        return tuple(replace(each, degree=len(walk.neighbours(each.id))) for each in before(picture))

    plant.everywhere(centrality.measures, measures)


@leak("communities")
def communities_of_everything(plant: Plant) -> None:
    def measures(before: Any, picture: Any) -> Any:
        whole = before(expansion.whole(plant.graph(), Filter(together=True)))
        number = {each.id: each.community for each in whole}
        return tuple(replace(each, community=number.get(each.id, each.community)) for each in before(picture))

    plant.everywhere(centrality.measures, measures)


@leak("shortest paths")
def distance_through_hidden_subjects(plant: Plant) -> None:
    def paths(before: Any, graph: Graph, left: Any, right: Any, *rest: Any, **named: Any) -> Any:
        found = before(graph, left, right, *rest, **named)
        if graph.world is plant.everything:
            return found
        try:
            return replace(found, looked=before(plant.graph(), left, right, *rest, **named).looked)
        except BadInputError:
            return found

    plant.everywhere(network_routes.paths, paths)


# times, places, files


@leak("map extents")
def places_measured_from_the_farthest_of_all(plant: Plant) -> None:
    def spots(before: Any, places: Any) -> Any:
        everywhere = before(plant.everything.derived(atlas.Atlas))
        edge = min((each.latitude for each in everywhere), default=0.0)
        return tuple(replace(each, latitude=each.latitude - edge) for each in before(places))

    plant.wrap(atlas.Atlas, "spots", spots)


@leak("time ranges and bins", HTTP)
def bins_from_the_earliest_of_all(plant: Plant) -> None:
    before = network_pages._event

    def event(which: str, lane: str, date: str, *rest: Any) -> Any:
        dates = [each.value for each in plant.everything.statements.values() if each.prop == "date"]
        dates += [each.written for each in plant.everything.reports.values() if each.written]
        return {**before(which, lane, date, *rest), "bin": f"from {min(dates)}"}

    plant.put(network_pages, "_event", event)


@leak("an error that a hidden value raises")
def every_latitude_must_be_a_number(plant: Plant) -> None:
    def spots(before: Any, places: Any) -> Any:
        for each in plant.everything.statements.values():
            if each.prop == "latitude" and not each.value.lstrip("-").replace(".", "").isdigit():
                raise BadInputError("a latitude on this desk is no number; mend it")
        return before(places)

    plant.wrap(atlas.Atlas, "spots", spots)


@leak("numbering in exports")
def aliases_numbered_over_everything(plant: Plant) -> None:
    def presented(before: Any, picture: Any) -> Any:
        number = {each: at for at, each in enumerate(sorted(plant.everything.by_subject))}
        made = before(picture)
        return replace(made, nodes=tuple(replace(each, label=f"subject {number[each.id]}") for each in made.nodes))

    plant.everywhere(network.presented, presented)


@leak("last updated")
def files_dated_by_the_newest_of_all(plant: Plant) -> None:
    def written(before: Any, view: View, picture: Any, ending: str) -> Any:
        before(view, picture, ending)
        writer, media_type = network.FORMATS[ending]
        newest = max((each.at for each in plant.everything.entries), default="")
        return writer(picture, Heading(view.marking.words, newest)), media_type

    plant.everywhere(network.written, written)


@leak("vocabulary in use", HTTP)
def only_the_kinds_that_are_used(plant: Plant) -> None:
    class Used(dict[str, str]):
        def items(self) -> Any:
            used = {each.schema for each in plant.everything.statements.values()}
            return [(name, words) for name, words in SCHEMATA.items() if name in used]

    plant.put(registry_pages, "SCHEMATA", Used(SCHEMATA))


# statuses, errors, headers, outcomes


@leak("status codes and error text")
def refused_where_it_should_be_missing(plant: Plant) -> None:
    def report(before: Any, view: View, report_id: str) -> Any:
        if report_id in plant.everything.reports and report_id not in view.world.reports:
            raise RefusedError("you may not read this report")
        return before(view, report_id)

    plant.wrap(View, "report", report)


@leak("duplicates refused")
def one_file_is_filed_once_whatever_its_label(plant: Plant) -> None:
    def append(before: Any, recorder: Any, by: str, at: str, drafts: Any) -> Any:
        held = {row["digest"]: row["id"] for row in recorder._store.everything(tables.report)}
        for draft in drafts:
            if draft.report and held.get(draft.report.digest, draft.report.digest) != draft.report.digest:
                raise BadInputError("this file has been filed already")
        return before(recorder, by, at, drafts)

    plant.wrap(Recorder, "append", append)


@leak("write outcomes")
def told_that_it_was_known_already(plant: Plant) -> None:
    def append(before: Any, recorder: Any, by: str, at: str, drafts: Any) -> Any:
        held = {(row["subject"], row["prop"], row["value"]) for row in recorder._store.everything(tables.statement)}
        known = [any((each.subject, each.prop, each.value) in held for each in draft.statements) for draft in drafts]
        receipts = before(recorder, by, at, drafts)
        return [replace(each, new=each.new and not old) for each, old in zip(receipts, known, strict=True)]

    plant.wrap(Recorder, "append", append)


@leak("ids shared across labels")
def report_ids_without_the_label(plant: Plant) -> None:
    def report_of(before: Any, recorder: Any, new: Any, label: str, at: str) -> Any:
        return replace(before(recorder, new, label, at), id=before(recorder, new, "", at).id)

    plant.wrap(Recorder, "report_of", report_of)


@leak("response headers", HTTP)
def one_etag_for_everybody(plant: Plant) -> None:
    def page(before: Any, visit: Visit, /, *rest: Any, **context: Any) -> Any:
        response = before(visit, *rest, **context)
        if plant.desk is not None:
            response.headers["etag"] = f'"{len(plant.everything.entries)}"'
        return response

    plant.wrap(Visit, "page", page)


@leak("existing compartments", HTTP)
def compartments_of_everybody(plant: Plant) -> None:
    def frame(before: Any, visit: Visit) -> Any:
        made = before(visit)
        known = {
            each for label in visit.desk._store.labels().values() for each in labels.tokens_in(labels.parse(label))
        }
        return replace(made, who=replace(made.who, compartments=tuple(sorted(known)))) if made.who else made

    plant.wrap(Visit, "frame", frame)


@leak("notifications", HTTP)
def told_of_everything_that_came_in(plant: Plant) -> None:
    def frame(before: Any, visit: Visit) -> Any:
        made = before(visit)
        count = len(plant.everything.reports) if plant.desk else 0
        return replace(made, flashes=(*made.flashes, Flash(f"{count} reports have come in")))

    plant.wrap(Visit, "frame", frame)


# caches and labels


@leak("a cache without the reader in its key")
def searches_remembered_for_everybody(plant: Plant) -> None:
    def search(before: Any, view: View, words: str, limit: int = 50) -> Any:
        kept = plant.desk.__dict__.setdefault("kept", {})
        if (words, limit) not in kept:
            kept[words, limit] = before(view, words, limit)
        return kept[words, limit]

    plant.everywhere(searching.search, search)


@leak("a cache without the labels in its key")
def past_worlds_kept_by_moment_alone(plant: Plant) -> None:
    plant.wrap(Worlds, "_at", lambda before, worlds, _visible, moment: before(worlds, frozenset(), moment))


@leak("a label of one's own")
def statements_under_the_label_of_their_entry(plant: Plant) -> None:
    def between(before: Any, store: SqliteStore, kind: str, label_id: int, after: int, upto: int) -> Any:
        if kind != "statement":
            return before(store, kind, label_id, after, upto)
        mine = {row["seq"] for row in store.everything(tables.entry) if row["label_id"] == label_id}
        return [row for row in store.everything(tables.statement) if after < row["seq"] <= upto and row["seq"] in mine]

    plant.wrap(SqliteStore, "between", between)


@leak("evaluation of labels")
def one_token_of_several_is_enough(plant: Plant) -> None:
    def admits(before: Any, text: str, tokens: Any) -> bool:
        asked = labels.tokens_in(labels.parse(text))
        return before(text, tokens) or bool(asked & tokens)

    plant.everywhere(labels.admits, admits)
