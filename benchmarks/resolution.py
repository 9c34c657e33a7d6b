"""Resolution one by one: historical_50k, febrl 4a and 4b, the order of arrival, undoing, and copies of 250,000.

    python -m benchmarks.resolution [--copies N] [--peers PYTHON]

The people of `person_linkage` (LECONFIELD_SHARED or the folder `shared` beside the repository). Times are processor
time of one core, and wall time where the disk has a part; the load of the machine is printed with them. `--peers` names
a Python that has Splink 5 and pyarrow: it resolves the same 50,578 records, with the settings of its documentation, and
what both took and found is printed side by side. Splink resolves all at once: it has no way of one by one. nomenklatura
is not among the peers, because it does not install without the headers of ICU.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from benchmarks.resolution_batch import FIGURES, LECONFIELD, measured
from benchmarks.resolution_batch import quality as batch_quality

from leconfield.registry.linkage.durable import GROUP, DurableResolver
from leconfield.registry.linkage.fields import Plan, guess
from leconfield.registry.linkage.resolver import SAME, Judgement, Resolver
from leconfield.registry.linkage.tables import open_table

SHARED = Path(os.environ.get("LECONFIELD_SHARED", Path(__file__).resolve().parents[2] / "shared"))
PEOPLE = SHARED / "data" / "person_linkage"
VOWELS, CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxyz"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, default=0, help="also resolve so many records made of historical_50k")
    parser.add_argument("--peers", metavar="PYTHON", help="a Python that has Splink 5")
    asked = parser.parse_args()
    if asked.peers:
        beside_peers(asked.peers)
        return
    historical = pq.read_table(PEOPLE / "historical_figures_with_errors_50k.parquet")
    warm = historical.slice(0, 2000)
    one_by_one("warm-up", warm, "unique_id", "cluster")
    resolver, order = one_by_one("historical_50k", shuffled(historical, 1), "unique_id", "cluster")
    other, _ = one_by_one("historical_50k, another order", shuffled(historical, 2), "unique_id", "cluster")
    print("the same partition in both orders:", partition(resolver) == partition(other))
    undo(resolver, order)
    one_by_one("febrl 4a + 4b", febrl(), "rec_id", "truth")
    if asked.copies:
        made = shuffled(copies(historical, asked.copies), 3)
        resolver, order = one_by_one(f"copies {asked.copies:,}", made, "unique_id", "cluster")
        undo(resolver, order)


def one_by_one(name: str, table: pa.Table, id_column: str, truth: str) -> tuple[Resolver, list[str]]:
    """Take in a table record by record with a journal, and say how fast and how well."""
    ids = table[id_column].to_pylist()
    columns = table.drop_columns([truth]) if truth == "truth" else table
    resolver = Resolver(planned(columns, id_column))
    waits, processor = [], time.process_time()
    with tempfile.TemporaryDirectory() as folder, DurableResolver(resolver, Path(folder) / "journal") as durable:
        begin = 0
        started = time.perf_counter()
        for batch in columns.combine_chunks().to_batches(max_chunksize=GROUP):
            before = time.perf_counter()
            durable.add(ids[begin : begin + batch.num_rows], batch)
            waits.append(time.perf_counter() - before)
            begin += batch.num_rows
        wall, processor = time.perf_counter() - started, time.process_time() - processor
    before = time.process_time()
    resolver.settle()
    settled = time.process_time() - before
    waits.sort()
    print(f"\n{name}: {len(ids):,} records, load {os.getloadavg()[0]:.1f}")
    print(
        f"  {len(ids) / processor:,.0f} records/s of processor time, {len(ids) / wall:,.0f} of wall time, durable; "
        "a record waits "
        f"p50 {statistics.median(waits) * 1000:.2f} ms, p99 {waits[int(len(waits) * 0.99)] * 1000:.2f} ms "
        f"for its group of {GROUP}; settled in {settled:.1f} s; "
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GB"
    )
    print(" ", quality(dict(zip(ids, table[truth].to_pylist(), strict=True)), dict(resolver.clusters())))
    return resolver, ids


def beside_peers(python: str) -> None:
    """Resolve the historical figures in one batch and by Splink, one after the other, and print the ratios."""
    table, measures = FIGURES, {}
    ours = [*LECONFIELD, "resolve", "--id", "unique_id"]
    ways = {
        "leconfield, one by one": [*ours, str(table)],
        "leconfield, batch": [*ours, "--batch", str(table)],
        "Splink 5": [python, str(Path(__file__).with_name("resolution_batch.py")), "--as-splink", str(table)],
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, command in ways.items():
            target = Path(folder) / "clusters.csv"
            wall, busy, _ = measured(command, target)
            precision, recall, found, largest, true = batch_quality(table, target)
            measures[name] = busy
            print(
                f"{name}: {wall:.1f} s, {busy:.1f} s of processor, P {precision:.3f} R {recall:.3f} F1 {found:.3f}, "
                f"largest {largest} (true {true}), load {os.getloadavg()[0]:.1f}"
            )
    for name in list(ways)[:2]:
        print(f"processor of Splink 5 over that of {name}: {measures['Splink 5'] / measures[name]:.2f}")


def planned(table: pa.Table, id_column: str) -> Plan:
    head = table.slice(0, 5000).cast(pa.schema([(name, pa.string()) for name in table.column_names]))
    return guess({name: head[name].to_pylist() for name in head.column_names}, id_column)


def undo(resolver: Resolver, ids: Sequence[str]) -> None:
    """How long it takes to join two strangers and to part them again, and whether anything is left of it."""
    chance = random.Random(4)
    before, waits = list(resolver.clusters()), []
    for _ in range(500):
        left, right = chance.sample(ids, 2)
        resolver.judge(Judgement(left, right, SAME))
        started = time.perf_counter()
        resolver.take_back(left, right)
        waits.append(time.perf_counter() - started)
    waits.sort()
    print(
        f"  undoing a judgement: p50 {statistics.median(waits) * 1000:.3f} ms, most {waits[-1] * 1000:.3f} ms; "
        f"nothing left of it: {list(resolver.clusters()) == before}"
    )


def quality(truth: dict[str, str], found: dict[str, str]) -> str:
    """Pairwise and B-cubed precision, recall and F1, and the largest clusters."""
    true, made = Counter(truth.values()), Counter(found.values())
    both = Counter((truth[each], found[each]) for each in truth)
    pairs = [sum(n * (n - 1) // 2 for n in sizes.values()) for sizes in (both, made, true)]
    precision, recall = pairs[0] / max(1, pairs[1]), pairs[0] / max(1, pairs[2])
    b_precision = sum(n * n / made[cluster] for (_, cluster), n in both.items()) / len(truth)
    b_recall = sum(n * n / true[cluster] for (cluster, _), n in both.items()) / len(truth)
    return (
        f"pairs P {precision:.3f} R {recall:.3f} F1 {f1(precision, recall):.4f}; "
        f"B-cubed F1 {f1(b_precision, b_recall):.4f}; "
        f"clusters {len(made):,} (true {len(true):,}), largest {max(made.values())} (true {max(true.values())})"
    )


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def partition(resolver: Resolver) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for record, cluster in resolver.clusters():
        found.setdefault(cluster, set()).add(record)
    return {frozenset(each) for each in found.values()}


def shuffled(table: pa.Table, seed: int) -> pa.Table:
    return table.take(random.Random(seed).sample(range(len(table)), len(table)))


def febrl() -> pa.Table:
    """Both files as one table, with the truth that their ids tell."""
    files = [open_table(PEOPLE / f"dataset4{each}.csv") for each in "ab"]
    table = pa.Table.from_batches([batch for file in files for batch in file.batches(5000)])
    truth = [each.split("-")[1] for each in table["rec_id"].to_pylist()]
    return shuffled(table.append_column("truth", pa.array(truth)), 5)


def copies(table: pa.Table, count: int) -> pa.Table:
    """Many more people out of some: each copy under a letter permutation of its own, its dates moved."""
    return pa.Table.from_pylist(list(_copies(table.to_pylist(), count)))


def _copies(rows: list[dict[str, str | None]], count: int) -> Iterator[dict[str, str | None]]:
    for copy in range(-(-count // len(rows))):
        chance = random.Random(copy)
        vowels, consonants = list(VOWELS), list(CONSONANTS)
        if copy:
            chance.shuffle(vowels)
            chance.shuffle(consonants)
        letters = str.maketrans(VOWELS + CONSONANTS, "".join(vowels + consonants))
        for row in rows[: count - copy * len(rows)]:
            made = dict(row) if not copy else {name: _moved(name, value, copy, letters) for name, value in row.items()}
            yield {**made, "unique_id": f"{row['unique_id']}#{copy}", "cluster": f"{row['cluster']}#{copy}"}


def _moved(name: str, value: str | None, copy: int, letters: dict[int, int]) -> str | None:
    if value is None or name == "gender":
        return value
    if name != "dob":
        return value.translate(letters)
    try:
        year, month, day = (int(part) for part in value.split("-"))
    except ValueError:
        return value
    return (
        f"{1000 + (year - 1000 + 37 * copy) % 1000}-{(month + copy - 1) % 12 + 1:02}-{(day + 3 * copy - 1) % 28 + 1:02}"
    )


if __name__ == "__main__":
    main()
