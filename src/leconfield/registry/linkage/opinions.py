"""Officers' judgements in the graph: two rows are one person, or two."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leconfield.registry.compiled import compiled
from leconfield.registry.linkage.components import recluster
from leconfield.registry.linkage.state import I64, USED_OPINIONS, Graph


@compiled
def _say(graph: Graph, row: int, other: int, says: int) -> None:
    entry = graph.opinion[row]
    before = -1
    while entry >= 0 and graph.opinion_other[entry] != other:
        before, entry = entry, graph.opinion_after[entry]
    if entry >= 0 and says:
        graph.opinion_says[entry] = says
    elif entry >= 0:
        if before < 0:
            graph.opinion[row] = graph.opinion_after[entry]
        else:
            graph.opinion_after[before] = graph.opinion_after[entry]
    elif says:
        entry = graph.sizes[USED_OPINIONS]
        graph.sizes[USED_OPINIONS] += 1
        graph.opinion_other[entry], graph.opinion_says[entry] = other, says
        graph.opinion_after[entry] = graph.opinion[row]
        graph.opinion[row] = entry


@compiled
def say(graph: Graph, fingerprints: npt.NDArray[np.uint64], limits: I64, a: int, b: int, says: int) -> None:
    """Note that two rows are one person (1), two (-1), or that nothing is said of them any more (0); resolve again."""
    _say(graph, a, b, says)
    _say(graph, b, a, says)
    dirty = np.array([a, b])
    recluster(graph, fingerprints, limits, dirty, 2)
