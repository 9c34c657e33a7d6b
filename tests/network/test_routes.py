from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leconfield.errors import BadInputError
from leconfield.ledger.model import SubjectId
from leconfield.network import Filter, Routes, paths
from tests.network.builders import DENIAL, Told


def between(told: Told, left: str, right: str, most: int = 5, chosen: Filter | None = None) -> Routes:
    return paths(told.graph(), SubjectId(left), SubjectId(right), most, chosen or Filter())


def trails(routes: Routes) -> list[tuple[str, ...]]:
    return [tuple(str(node.id) for node in path.nodes) for path in routes.paths]


def test_a_path_names_the_reports_that_carry_each_step() -> None:
    told = Told().people("ann", "bob", "cat").states("ann", "met", "bob", "r1").states("cat", "called", "bob", "r2")
    [path] = between(told, "ann", "cat").paths
    assert [node.id for node in path.nodes] == ["ann", "bob", "cat"]
    assert [[link.reports for link in step] for step in path.steps] == [[("r1",)], [("r2",)]]


def test_of_equally_short_paths_the_best_supported_comes_first_and_one_longer_comes_last() -> None:
    told = Told().people("ann", "bob", "cat", "dan", "eve")
    told.states("ann", "met", "bob", "r1").states("bob", "met", "eve", "r2")
    for report in ("r3", "r4"):
        told.states("ann", "met", "cat", report).states("cat", "met", "eve", report)
    told.states("cat", "met", "dan", "r5").states("dan", "met", "eve", "r6")
    assert trails(between(told, "ann", "eve")) == [
        ("ann", "cat", "eve"),
        ("ann", "bob", "eve"),
        ("ann", "cat", "dan", "eve"),
    ]


def test_a_denied_link_carries_no_path() -> None:
    told = Told().people("ann", "bob").states("ann", "met", "bob", assertion=DENIAL)
    routes = between(told, "ann", "bob")
    assert routes.paths == ()
    assert routes.complete
    assert routes.looked == 6


def test_a_path_to_oneself_is_refused() -> None:
    told = Told().people("ann", "annie").same("annie", "ann")
    with pytest.raises(BadInputError, match="same subject"):
        between(told, "ann", "annie")


@given(edges=st.sets(st.sampled_from(list(combinations("abcdefghi", 2))), max_size=18), most=st.integers(1, 6))
def test_paths_are_the_shortest_ones_that_another_library_finds(edges: set[tuple[str, str]], most: int) -> None:
    told = Told().people(*"abcdefghi")
    for left, right in sorted(edges):
        told.states(left, "met", right)
    found = trails(between(told, "a", "g", most))
    other = nx.Graph(sorted(edges))
    other.add_nodes_from("ag")
    simple = sorted(map(tuple, nx.all_simple_paths(other, "a", "g", 6)), key=lambda each: (len(each), each))
    wanted = [each for each in simple if len(each) <= min(len(simple[0]), 6) + 1]
    assert found == wanted[:most]


def test_a_path_rests_on_one_statement_for_every_step() -> None:
    told = Told().people("ann", "bob", "cat").states("ann", "met", "bob", "r1").states("ann", "called", "bob", "r2")
    told.states("bob", "met", "cat", "r3")
    [path] = between(told, "ann", "cat").paths
    by_report = {str(each.report): each.id for step in path.steps for link in step for each in link.statements}
    assert path.provenance.sets == {
        frozenset({by_report["r1"], by_report["r3"]}),
        frozenset({by_report["r2"], by_report["r3"]}),
    }
