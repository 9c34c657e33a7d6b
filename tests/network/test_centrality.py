from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leconfield.network import measures, whole
from leconfield.network.centrality import communities
from tests.network.builders import DENIAL, Told


def test_whoever_joins_two_circles_is_the_most_central() -> None:
    told = Told().people("ann", "bob", "cat", "dan", "eve", "hub")
    for left, right in (("ann", "bob"), ("cat", "dan"), ("ann", "hub"), ("bob", "hub"), ("cat", "hub"), ("dan", "hub")):
        told.states(left, "met", right)
    told.states("ann", "met", "eve", assertion=DENIAL)
    found = measures(whole(told.graph()))
    assert found[0].id == "hub"
    assert found[0].degree == 4
    assert found[0].betweenness == pytest.approx(0.4)
    assert [each.degree for each in found if each.id == "eve"] == [0]


def test_two_circles_with_one_bridge_are_two_communities() -> None:
    left = {(a, b): 1 for a in range(5) for b in range(a)}
    right = {(a + 5, b + 5): 1 for a, b in left}
    assert communities(10, {**left, **right, (4, 5): 1}) == [0] * 5 + [1] * 5


def test_an_empty_network_has_no_communities() -> None:
    assert communities(0, {}) == []
    assert communities(2, {}) == [0, 1]


@given(st.dictionaries(st.tuples(st.integers(0, 19), st.integers(0, 19)), st.integers(1, 4), max_size=60))
def test_communities_are_nearly_as_modular_as_another_librarys(edges: dict[tuple[int, int], int]) -> None:
    weights = {(min(pair), max(pair)): weight for pair, weight in edges.items() if pair[0] != pair[1]}
    found = communities(20, weights)
    assert found == communities(20, dict(reversed(weights.items())))
    if weights:
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(range(20))
        graph.add_weighted_edges_from((left, right, weight) for (left, right), weight in weights.items())
        ours = [{node for node in range(20) if found[node] == each} for each in range(max(found) + 1)]
        theirs = nx.community.louvain_communities(graph, seed=1)
        assert nx.community.modularity(graph, ours) >= nx.community.modularity(graph, theirs) - 0.06
