"""Whether Spark Connect gives the partition that one machine gives, and what it takes: 250,000 historical figures.

Run: `python benchmarks/spark.py [--rows 250000]`, with the folder of shared data in LECONFIELD_SHARED. Without an
address in SPARK_REMOTE, Sail is started here. DuckDB resolves the same table, too.
"""

from __future__ import annotations

import argparse
import csv
import os
import tempfile
from pathlib import Path

from resolution_batch import LECONFIELD, measured, write_copies


def partition(written: Path) -> set[frozenset[str]]:
    """The clusters in a file, whatever they are called."""
    members: dict[str, list[str]] = {}
    with written.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            members.setdefault(row["cluster"], []).append(row["id"])
    return {frozenset(each) for each in members.values()}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=250_000)
    rows = asked.parse_args().rows
    print("rows, engine, s, s of processor, most memory so far GB, clusters, as on one machine, load")
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "copies.parquet"
        write_copies(table, rows)
        first: set[frozenset[str]] | None = None
        for engine in ("local", "duckdb", "spark"):
            target = Path(folder) / f"{engine}.csv"
            command = [*LECONFIELD, "resolve", "--id", "unique_id", "--batch"]
            seconds, busy, memory = measured([*command, "--engine", engine, str(table)], target)
            found = partition(target)
            first = first or found
            print(
                f"{rows:,}, {engine}, {seconds:.1f}, {busy:.1f}, {memory:.2f}, {len(found):,}, {found == first}, "
                f"{os.getloadavg()[0]:.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
