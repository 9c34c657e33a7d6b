from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa
import pytest

from leconfield.registry.linkage.batch import clusters_of
from leconfield.registry.linkage.batch_functions import EXPLAINED, Evidence, knowledge, records
from leconfield.registry.linkage.batch_table import NOTHING_JUDGED, Judged, read_table
from leconfield.registry.linkage.engines.duck import DuckEngine
from leconfield.registry.linkage.engines.plan import PAIRED, clusters_in
from leconfield.registry.linkage.fields import plan
from leconfield.registry.linkage.scoring import score_batch
from tests.registry.linkage.tables import persons, told_apart

PLAN = {"name": "name", "born": "birth", "place": "place", "postcode": "postcode"}


def quiet(_):
    pass


def read(table, judged=NOTHING_JUDGED):
    with ThreadPoolExecutor(1) as workers:
        return read_table(plan(PLAN), "id", table.to_batches(), workers, quiet, lambda _: judged)


def in_process(table):
    with ThreadPoolExecutor(1) as workers:
        return clusters_of(table, workers, 1, quiet).tolist()


@pytest.fixture(params=["duckdb", "spark"])
def engine(request, monkeypatch):
    if request.param == "duckdb":
        with DuckEngine(threads=1, memory="500MB") as made:
            yield made
    else:
        pytest.importorskip("pysail", reason="Sail, which stands in for a cluster here, is not installed")
        pytest.importorskip("pyspark", reason="the client of Spark Connect is not installed")
        from leconfield.registry.linkage.engines.spark import SparkEngine

        monkeypatch.delenv("SPARK_REMOTE", raising=False)
        with SparkEngine() as made:
            yield made


def test_an_engine_gives_the_same_clusters_as_one_machine(engine):
    table = persons(400)
    encoded = read(table)
    expected = in_process(encoded)
    assert told_apart(table, expected) > 0.8
    assert clusters_in(engine, encoded, quiet).tolist() == expected


def test_judgements_bind_in_an_engine_as_on_one_machine():
    table = persons(60)
    free = in_process(read(table))
    alone = [row for row, cluster in enumerate(free) if free.count(cluster) == 1][:2]
    joined = next(row for row, cluster in enumerate(free) if cluster != row)
    judged = Judged(np.array([alone[0], free[joined]]), np.array([alone[1], joined]), np.array([1, -1]))
    bound = read(table, judged)
    clusters = in_process(bound)
    assert clusters[alone[0]] == clusters[alone[1]]
    assert clusters[joined] != clusters[free[joined]]
    with DuckEngine(threads=1, memory="500MB") as engine:
        assert clusters_in(engine, bound, quiet).tolist() == clusters


def test_evidence_from_an_engine_is_explained_field_by_field():
    written = persons(30)
    rows_of = {who: np.flatnonzero(np.array(written["cluster"]) == who).tolist() for who in range(30)}
    left, right = np.array([rows[:2] for rows in rows_of.values() if len(rows) > 1]).T
    table = read(written)
    known = knowledge(table.terms, table.layout, table.weights, table.limits, table.judged)
    with DuckEngine(threads=1, memory="500MB") as engine:
        engine.give("records", records(table.rows, table.fingerprints))
        engine.give("candidates", pa.table({"left_id": left, "right_id": right}).to_reader())
        engine.apply("explained", PAIRED, Evidence(lambda: known, explained=True), EXPLAINED)
        found = {
            row["left_id"]: (row["evidence"], row["bits"])
            for each in engine.read("select * from explained")
            for row in each.to_pylist()
        }
    bits, _ = score_batch(table.rows, table.terms, table.layout, table.weights, table.fingerprints, left, right)
    assert len(found) > 10
    for row, expected in zip(left.tolist(), bits, strict=True):
        if row in found:
            evidence, explained = found[row]
            assert explained == pytest.approx(expected.tolist())
            assert sum(explained) == pytest.approx(evidence / 1000, abs=0.001)
