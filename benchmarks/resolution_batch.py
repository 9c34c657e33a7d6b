"""What it costs to resolve a whole table at once, and how good the clusters are, for a million rows or ten.

Run: `python benchmarks/resolution_batch.py [--rows 1000000 ...] [--engine local|duckdb|spark] [--splink PYTHON]`, with
the folder of shared data in LECONFIELD_SHARED. Each row of historical figures is repeated with its letters permuted,
vowels among vowels and consonants among consonants, another way for each repetition, and with its dates moved: errors
within a cluster keep their shape, and repetitions do not resemble each other. `--splink` names a Python that has Splink
5 and pyarrow: the same tables are then resolved by it, with the settings of its documentation and a threshold of 0.95.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

SHARED = Path(os.environ.get("LECONFIELD_SHARED", Path(__file__).resolve().parents[2] / "shared"))
FIGURES = SHARED / "data" / "person_linkage" / "historical_figures_with_errors_50k.parquet"
VOWELS, CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxyz"
TEXTS = ("full_name", "first_name", "surname", "birth_place", "postcode_fake", "occupation")
COLUMNS = ("unique_id", "cluster", *TEXTS, "dob")
LECONFIELD = (str(Path(sys.executable).with_name("leconfield")),)


def moved(day: str | None, copy: int) -> str | None:
    """A date as it is in a repetition, if it is one."""
    if not day or not copy:
        return day
    try:
        year, month, date = int(day[:4]), int(day[5:7]), int(day[8:10])
    except ValueError:
        return day
    year, month, date = (year - 1000 + 37 * copy) % 1000, (month + copy - 1) % 12, (date + 3 * copy - 1) % 28
    return f"{1000 + year}-{month + 1:02d}-{date + 1:02d}"


def permuted(copy: int) -> dict[int, str]:
    """The letters of a repetition; the first is as it was."""
    chance, vowels, consonants = random.Random(copy), list(VOWELS), list(CONSONANTS)
    if copy:
        chance.shuffle(vowels)
        chance.shuffle(consonants)
    return str.maketrans(VOWELS + CONSONANTS, "".join(vowels + consonants))


def repeated(figures: pa.Table, rows: int) -> Iterator[pa.Table]:
    """Tables of repetitions, as many as make so many rows."""
    columns = {name: figures.column(name).to_pylist() for name in COLUMNS}
    for copy in range(-(-rows // figures.num_rows)):
        letters = permuted(copy)
        made = {name: [value and value.translate(letters) for value in columns[name]] for name in TEXTS}
        made["dob"] = [moved(value, copy) for value in columns["dob"]]
        for name in ("unique_id", "cluster"):
            made[name] = [f"{value}#{copy}" for value in columns[name]]
        yield pa.table({name: pa.array(made[name], pa.string()) for name in COLUMNS}).slice(
            0, min(figures.num_rows, rows - copy * figures.num_rows)
        )


def write_copies(target: Path, rows: int) -> None:
    with pq.ParquetWriter(target, pa.schema([(name, pa.string()) for name in COLUMNS]), compression="zstd") as writer:
        for table in repeated(pq.read_table(FIGURES), rows):
            writer.write_table(table)


def pairs_in(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def quality(table: Path, clusters: Path) -> tuple[float, float, float, int, int]:
    """Pairwise precision, recall and F1, and the largest cluster found and true."""
    written = pq.read_table(table, columns=["unique_id", "cluster"])
    truth = dict(zip(written.column(0).to_pylist(), written.column(1).to_pylist(), strict=True))
    found: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    with clusters.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["cluster"]] += 1
            both[truth[row["id"]], row["cluster"]] += 1
    right, claimed = pairs_in(both.values()), pairs_in(found.values())
    true_sizes = Counter(truth.values()).values()
    true = pairs_in(true_sizes)
    return right / claimed, right / true, 2 * right / (claimed + true), max(found.values()), max(true_sizes)


def measured(command: list[str], target: Path) -> tuple[float, float, float]:
    """Run it with its output in a file: seconds, seconds of processor, and the most memory in GB."""
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with target.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE) as running:
        _, said = running.communicate()
    if running.returncode:
        sys.exit(said.decode())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - begun, busy, after.ru_maxrss / 2**20


def as_splink(table: str) -> None:
    """Resolve a table by Splink, as its documentation does for the historical figures; prints the clusters."""
    import splink.comparison_library as compare
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    first, last, code = "substr(first_name,1,3)", "substr(surname,1,4)", "substr(postcode_fake,1,3)"
    keys = [(first, last), ("surname", "dob"), ("first_name", "dob"), ("postcode_fake", "first_name")]
    keys += [("postcode_fake", "surname"), ("dob", "birth_place"), (code, "dob"), (code, "first_name")]
    keys += [(code, "surname"), ("substr(first_name,1,2)", "substr(surname,1,2)", "substr(dob,1,4)")]
    settings = SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[block_on(*key) for key in keys],
        comparisons=[
            compare.ForenameSurnameComparison("first_name", "surname", forename_surname_concat_col_name="both_names"),
            compare.DateOfBirthComparison("dob", input_is_string=True),
            compare.PostcodeComparison("postcode_fake"),
            compare.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
            compare.ExactMatch("occupation").configure(term_frequency_adjustments=True),
        ],
    )
    api = DuckDBAPI()
    database = next(getattr(api, name) for name in ("duckdb_con", "_con") if hasattr(api, name))
    database.execute("set enable_progress_bar = false")
    rows = database.read_parquet(table).project("*, first_name || ' ' || surname as both_names")
    linker = Linker(api.register(rows), settings)
    training = linker.training
    sure = [block_on("first_name", "surname", "dob"), block_on("dob", "postcode_fake")]
    training.estimate_probability_two_random_records_match(sure, recall=0.6)
    training.estimate_u_using_random_sampling(max_pairs=1e7)
    for rule in (block_on("first_name", "surname"), block_on("dob")):
        training.estimate_parameters_using_expectation_maximisation(rule, estimate_without_term_frequencies=True)
    predicted = linker.inference.predict(threshold_match_probability=0.5)
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_probability=0.95)
    answer = database.sql(f"select unique_id, cluster_id from {found.physical_name}").fetchall()
    writer = csv.writer(sys.stdout)
    writer.writerow(("id", "cluster"))
    writer.writerows(answer)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, nargs="+", default=[250_000, 1_000_000])
    asked.add_argument("--engine", default="local")
    asked.add_argument("--splink", help="a Python that has Splink 5")
    asked.add_argument("--as-splink", metavar="TABLE", help=argparse.SUPPRESS)
    chosen = asked.parse_args()
    if chosen.as_splink:
        as_splink(chosen.as_splink)
        return
    print("rows, by, s, s of processor, most memory so far GB, precision, recall, F1, largest found / true, load")
    for rows in chosen.rows:
        with tempfile.TemporaryDirectory() as folder:
            table, clusters = Path(folder) / "copies.parquet", Path(folder) / "clusters.csv"
            write_copies(table, rows)
            ours = [*LECONFIELD, "resolve", "--id", "unique_id", "--batch"]
            ways = {f"leconfield {chosen.engine}": [*ours, "--engine", chosen.engine, str(table)]}
            if chosen.splink:
                ways["splink"] = [chosen.splink, __file__, "--as-splink", str(table)]
            for name, command in ways.items():
                seconds, busy, memory = measured(command, clusters)
                precision, recall, f1, largest, true = quality(table, clusters)
                print(
                    f"{rows:,}, {name}, {seconds:.1f}, {busy:.1f}, {memory:.2f}, {precision:.3f}, {recall:.3f}, "
                    f"{f1:.3f}, {largest} / {true}, {os.getloadavg()[0]:.1f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
