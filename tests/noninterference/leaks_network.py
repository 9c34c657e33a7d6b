"""Planted leaks of the network, of times, places and files."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from leconfield.errors import BadInputError
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import SCHEMATA
from leconfield.network import atlas, centrality, expansion
from leconfield.network import pages as network_pages
from leconfield.network import routes as network_routes
from leconfield.network import service as network
from leconfield.network.exports import Heading
from leconfield.network.graph import Graph, Walk
from leconfield.network.model import Filter
from leconfield.registry import pages as registry_pages
from tests.noninterference.planting import Plant, leak

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


@leak("time ranges and bins", "/timeline")
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


@leak("vocabulary in use", "/subjects")
def only_the_kinds_that_are_used(plant: Plant) -> None:
    class Used(dict[str, str]):
        def items(self) -> Any:
            used = {each.schema for each in plant.everything.statements.values()}
            return [(name, words) for name, words in SCHEMATA.items() if name in used]

    plant.put(registry_pages, "SCHEMATA", Used(SCHEMATA))
