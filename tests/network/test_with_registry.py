from __future__ import annotations

import pytest

from leconfield.errors import NotFoundError
from leconfield.ledger.model import SubjectId
from leconfield.ledger.world import Delta, World
from leconfield.network import Graph, expand
from leconfield.registry.resolution import Partition
from tests.network.builders import Told, ids


def told() -> Told:
    """Two reports on one man, known by the same telephone; only the second says whom he works for."""
    told = Told().named("r1-man", "Ivan Petrov", "r1").states("r1-man", "phone", "+44 20 7946 0018", "r1")
    told.named("r2-man", "Ivan Petrov", "r2").states("r2-man", "phone", "+44 20 7946 0018", "r2")
    told.named("r2-firm", "Orchard Freight", "r2", schema="Organization")
    return told.states("r2-man", "employer", "r2-firm", "r2")


def test_what_is_known_of_one_record_is_found_from_another_of_the_same_subject() -> None:
    world = told().world()
    graph = Graph(world, world.derived(Partition))
    picture = expand(graph, ids("r1-man"), 1)
    [link] = picture.links
    assert {each.label for each in picture.nodes} == {"Ivan Petrov", "Orchard Freight"}
    assert picture.asked == (graph.subject(SubjectId("r2-man")).id,)
    assert link.words == "works for"


def test_a_graph_follows_a_world_that_grows() -> None:
    everything = told()
    world = World()
    world.grow(Delta(tuple(everything.reports.values()), tuple(everything.statements[:2])))
    graph = Graph(world, world.derived(Partition))
    assert not expand(graph, ids("r1-man"), 1).links
    world.grow(Delta(statements=tuple(everything.statements[2:])))
    grown = expand(graph, ids("r1-man"), 1)
    fresh = everything.world()
    assert grown == expand(Graph(fresh, fresh.derived(Partition)), ids("r1-man"), 1)


def test_what_this_world_does_not_hold_is_not_found() -> None:
    world = told().world()
    with pytest.raises(NotFoundError):
        expand(Graph(world, world.derived(Partition)), ids("nobody"), 1)
