import random

import pyarrow as pa
import pytest

from leconfield.registry.linkage.batch import resolve_batch
from leconfield.registry.linkage.fields import plan
from tests.registry.linkage.tables import persons, told_apart

PLAN = {"name": "name", "born": "birth", "place": "place", "postcode": "postcode"}


def quiet(_):
    pass


def resolved(table, threads=1, engine=None):
    batches = table.to_batches(max_chunksize=100)
    return resolve_batch(plan(PLAN), "id", batches, threads=threads, say=quiet, engine=engine)


def partition(found):
    members = {}
    for each, cluster in zip(found.ids.to_pylist(), found.names.to_pylist(), strict=True):
        members.setdefault(cluster, set()).add(each)
    return {frozenset(each) for each in members.values()}


def test_a_table_is_resolved_at_once_and_clusters_are_called_after_their_first_row():
    table = persons(300)
    found = resolved(table)
    assert told_apart(table, found.of_rows.tolist()) > 0.8
    ids = found.ids.to_pylist()
    for row, name in enumerate(found.names.to_pylist()):
        assert ids.index(name) <= row


def test_the_partition_does_not_depend_on_the_order_of_rows_nor_on_threads():
    table = persons(300)
    order = random.Random(3).sample(range(table.num_rows), table.num_rows)
    expected = partition(resolved(table))
    assert partition(resolved(table.take(order))) == expected
    assert partition(resolved(table, threads=3)) == expected


@pytest.mark.parametrize("engine", [None, "duckdb"])
@pytest.mark.parametrize("rows", [0, 1])
def test_a_table_of_one_row_or_none_is_no_problem(rows, engine):
    assert resolved(persons(3).slice(0, rows), engine=engine).of_rows.tolist() == list(range(rows))


def test_empty_and_one_letter_names_join_nobody():
    count = 200
    table = pa.table(
        {
            "id": [f"r{row}" for row in range(count)],
            "name": ["", None, "x", "-"] * (count // 4),
            "born": pa.nulls(count, pa.string()),
            "place": pa.nulls(count, pa.string()),
            "postcode": [None, "gl54 2jd"] * (count // 2),
        }
    )
    assert resolved(table).of_rows.tolist() == list(range(count))
