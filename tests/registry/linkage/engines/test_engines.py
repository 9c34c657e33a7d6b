import random
import sys
from itertools import groupby
from operator import itemgetter

import networkx as nx
import pyarrow as pa
import pytest

from leconfield.errors import BadInputError, LeconfieldError
from leconfield.registry.linkage.engines import count, open_engine
from leconfield.registry.linkage.engines.components import components
from leconfield.registry.linkage.engines.duck import DuckEngine


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


def given(engine, name, columns):
    engine.give(name, pa.table(columns).to_reader())


def rows(engine, select):
    return sorted(tuple(row.values()) for batch in engine.read(select) for row in batch.to_pylist())


def doubled(batches):
    for batch in batches:
        yield pa.RecordBatch.from_pydict({"row": [2 * each for each in batch["row"].to_pylist()]})


def sums(batches):
    """The sum by key over all batches of a call."""
    flat = sorted((row["k"], row["n"]) for batch in batches for row in batch.to_pylist())
    for key, members in groupby(flat, itemgetter(0)):
        yield pa.RecordBatch.from_pydict({"k": [key], "total": [sum(n for _, n in members)]})


def test_an_engine_keeps_tables_works_through_them_and_forgets_them(engine):
    given(engine, "numbers", {"row": [1, 2, 3]})
    engine.apply("twice", "select row from numbers where row > 1", doubled, pa.schema({"row": pa.int64()}))
    assert rows(engine, "select row from twice") == [(4,), (6,)]
    engine.keep("twice", "select row + 1 as row from twice")
    assert rows(engine, "select row from twice") == [(5,), (7,)]
    assert count(engine, "select count(*) as n from twice") == 2
    engine.forget("twice", "numbers")

    given(engine, "many", {"k": [n % 7 for n in range(700)], "n": list(range(700))})
    schema = pa.schema({"k": pa.int64(), "total": pa.int64()})
    engine.apply("sums", "select k, n from many", sums, schema, together="k")
    assert rows(engine, "select k, total from sums") == [(k, sum(range(k, 700, 7))) for k in range(7)]

    chance = random.Random(2)
    chain = [(n, n + 1) for n in range(1000, 1040)]
    edges = [(chance.randrange(300), chance.randrange(300, 600)) for _ in range(260)] + chain
    given(engine, "edges", {"node": [a for a, _ in edges], "other": [b for _, b in edges]})
    components(engine, "found")
    expected = [(n, min(each)) for each in nx.connected_components(nx.Graph(edges)) for n in each]
    assert rows(engine, "select node, component from found") == sorted(expected)


def test_no_edges_make_no_components(engine):
    given(engine, "edges", {"node": pa.array([], pa.int64()), "other": pa.array([], pa.int64())})
    components(engine, "found")
    assert rows(engine, "select node, component from found") == []


def test_an_address_where_nobody_answers_is_said_so(monkeypatch):
    pytest.importorskip("pyspark", reason="the client of Spark Connect is not installed")
    from leconfield.registry.linkage.engines.spark import SparkEngine

    monkeypatch.setenv("SPARK_REMOTE", "sc://spark.example:15002")
    monkeypatch.delenv("LECONFIELD_SPARK_WORK", raising=False)
    with pytest.raises(BadInputError, match="LECONFIELD_SPARK_WORK"):
        SparkEngine()


def test_an_engine_that_does_not_exist_is_said_so():
    with pytest.raises(BadInputError, match="duckdb or spark"):
        open_engine("snowflake", 1)


def test_without_its_packages_spark_says_how_to_install_them(monkeypatch):
    from leconfield.registry.linkage.engines.spark import SparkEngine

    monkeypatch.delenv("SPARK_REMOTE", raising=False)
    monkeypatch.setitem(sys.modules, "pysail.spark", None)
    with pytest.raises(LeconfieldError, match=r"pip install 'leconfield\[spark\]'"):
        SparkEngine()
