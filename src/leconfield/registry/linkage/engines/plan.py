"""The resolution of an encoded table in an engine: three functions, and SQL that DuckDB and Spark both accept.

Every step leaves a table and drops what it no longer needs. The same candidates, evidence and clusters as in process.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leconfield.registry.linkage.batch_functions import (
    CLUSTERED,
    KEYED,
    SCORED,
    Clustering,
    Evidence,
    Keys,
    knowledge,
    records,
    signed,
)
from leconfield.registry.linkage.batch_pairs import ENOUGH, RARE
from leconfield.registry.linkage.batch_table import BatchTable, Progress
from leconfield.registry.linkage.engines import Engine
from leconfield.registry.linkage.engines.components import components
from leconfield.registry.linkage.keys import COMMON
from leconfield.registry.linkage.limits import NEAREST, STRONG

SIZES: Final = """
    select match_key, count(*) as held_by from keyed
    group by match_key having count(*) between 2 and {common}"""
SHARED: Final = """
    select keyed.row_id, keyed.match_key, sizes.held_by
    from keyed join sizes on keyed.match_key = sizes.match_key"""
CANDIDATES: Final = """
    select a.row_id as left_id, b.row_id as right_id
    from shared a join shared b on a.match_key = b.match_key
    where a.row_id < b.row_id
    group by a.row_id, b.row_id
    having count(*) >= {enough} or min(a.held_by) <= {rare}"""
PAIRED: Final = """
    select c.left_id, c.right_id, l.print as left_print, r.print as right_print,
        l.terms as left_terms, r.terms as right_terms
    from candidates c join records l on c.left_id = l.row_id join records r on c.right_id = r.row_id"""
BOTH_WAYS: Final = """
    select left_id as row_id, right_id as other_id, right_print as other_print, evidence
    from scored where evidence % 2 = 0
    union all
    select right_id as row_id, left_id as other_id, left_print as other_print, evidence
    from scored where evidence % 2 = 0"""
"""Odd evidence is that of rows that contradict each other (`scoring.contradicts`)."""
MOST: Final = "select row_id, max(evidence) as evidence from ways group by row_id"
FIRST: Final = """
    select ways.row_id, min(ways.other_print) as other_print, min(ways.evidence) as evidence
    from ways join most on ways.row_id = most.row_id and ways.evidence = most.evidence
    group by ways.row_id"""
EDGES: Final = """
    select ways.row_id as node, ways.other_id as other
    from ways join first on ways.row_id = first.row_id and ways.other_print = first.other_print
    where first.evidence >= {nearest}
    union all
    select left_id as node, right_id as other from scored where evidence >= {strong} and evidence % 2 = 0
    union all
    select left_id as node, right_id as other from judged_same"""
INSIDE: Final = """
    select l.component, s.left_id, s.right_id, s.left_print, s.right_print, s.evidence
    from scored s join found l on s.left_id = l.node join found r on s.right_id = r.node
    where l.component = r.component
    union all
    select l.component, j.left_id, j.right_id, j.left_print, j.right_print, -2000000000 as evidence
    from judged_same j join found l on j.left_id = l.node"""
"""Pairs judged to be one stand beside the scored ones, with no evidence of their own, so that their rows are there."""


def clusters_in(engine: Engine, table: BatchTable, say: Progress) -> npt.NDArray[np.int64]:
    """For each row of a table, the first row of its cluster."""
    engine.give("records", records(table.rows, table.fingerprints))
    engine.give("judged_same", _judged_same(table))
    shelf = engine.shelve(knowledge(table.terms, table.layout, table.weights, table.limits, table.judged))
    say("making keys")
    engine.apply("keyed", "select * from records", Keys(shelf), KEYED)
    engine.keep("sizes", SIZES.format(common=COMMON))
    engine.keep("shared", SHARED)
    engine.forget("keyed", "sizes")
    say("joining rows by their keys")
    engine.keep("candidates", CANDIDATES.format(enough=ENOUGH, rare=RARE))
    engine.forget("shared")
    say("comparing rows")
    engine.apply("scored", PAIRED, Evidence(shelf), SCORED)
    engine.forget("candidates", "records")
    say("finding who hangs together")
    _edges(engine, table)
    components(engine, "found")
    engine.keep("inside", INSIDE)
    engine.forget("scored", "found", "edges")
    say("clustering")
    engine.apply("clustered", "select * from inside", Clustering(shelf), CLUSTERED, together="component")
    clusters = np.arange(len(table.rows))
    for batch in engine.read("select row_id, cluster from clustered"):
        clusters[batch.column("row_id").to_numpy()] = batch.column("cluster").to_numpy()
    return clusters


def _edges(engine: Engine, table: BatchTable) -> None:
    """Whom each row hangs on: strong evidence, its nearest neighbour, or a judgement."""
    engine.keep("ways", BOTH_WAYS)
    engine.keep("most", MOST)
    engine.keep("first", FIRST)
    engine.keep("edges", EDGES.format(nearest=table.limits[NEAREST], strong=table.limits[STRONG]))
    engine.forget("ways", "most", "first")


def _judged_same(table: BatchTable) -> pa.RecordBatchReader:
    same = table.judged.verdict > 0
    left, right = table.judged.left[same], table.judged.right[same]
    columns = {
        "left_id": left,
        "right_id": right,
        "left_print": signed(table.fingerprints[left]),
        "right_print": signed(table.fingerprints[right]),
    }
    return pa.table({name: pa.array(column) for name, column in columns.items()}).to_reader()
