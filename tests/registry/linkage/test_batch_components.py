import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.registry.linkage.batch_components import components


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=60))
def test_rows_hang_together_as_a_graph_library_says(edges):
    graph = nx.Graph(edges)
    graph.add_nodes_from(range(30))
    expected = {row: min(each) for each in nx.connected_components(graph) for row in each}
    made = components(30, np.array([a for a, _ in edges], np.uint32), np.array([b for _, b in edges], np.uint32))
    assert dict(enumerate(made.tolist())) == expected
