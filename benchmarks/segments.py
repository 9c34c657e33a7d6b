"""What a large table costs: loading it, the space it takes, and looking into it.

Run: `python benchmarks/segments.py [--rows 1000000]`. Makes a table of invented persons, loads it into a new desk in a
temporary folder, and prints a table; times of reads are medians and 95th percentiles over different questions.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from leconfield.intake.filing import Terms
from leconfield.intake.loading import load_table
from leconfield.intake.tables import saved_mapping
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Question, Reader
from leconfield.registry.identifiers import normalise
from leconfield.registry.large import large_records
from leconfield.registry.query import parse_query

READER = Reader("bench", "Benchmark", frozenset({"S"}))
BEGINNINGS = ("ka", "ro", "mi", "ten", "du", "bel", "so", "ha", "vi", "ler", "mon", "da", "pet", "gar")
QUESTIONS = 60


def write_table(path: Path, rows: int, seed: int = 7) -> None:
    """Invented persons: a name, a day of birth, a phone and a document number each."""
    chance = random.Random(seed)

    def word(parts: int) -> str:
        return "".join(chance.choices(BEGINNINGS, k=parts)).title()

    with path.open("w", encoding="utf-8") as file:
        file.write("name,born,phone,document\n")
        for n in range(rows):
            born = f"{chance.randint(1930, 2005)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
            number, document = f"+44 7{chance.randrange(10**9):09d}", f"D{n * 7919 % 10**8:08d}"
            file.write(f"{word(2)} {word(4)},{born},{number},{document}\n")


def some_lines(path: Path, rows: int) -> list[str]:
    """Lines of the table, drawn at random."""
    wanted = set(random.Random(1).sample(range(1, rows + 1), QUESTIONS))
    with path.open(encoding="utf-8") as file:
        return [line.rstrip() for number, line in enumerate(file) if number in wanted]


def timed(ask: Callable[[str], object], questions: Iterable[str]) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds."""
    times = []
    for each in questions:
        begun = time.perf_counter()
        ask(each)
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times), sorted(times)[int(len(times) * 0.95)]


def peak() -> float:
    """The most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def first(line: str) -> str:
    """The name in a line of the table."""
    return line.split(",", maxsplit=1)[0]


def measure(folder: Path, rows: int) -> Iterable[tuple[str, str]]:
    written = folder / "persons.csv"
    write_table(written, rows)
    yield "table", f"{rows:,} rows, {written.stat().st_size / 2**20:,.0f} MB of CSV"
    yield "memory before", f"{peak():,.0f} MB"
    desk = Desk.create(folder / "desk")
    begun, busy = time.perf_counter(), time.process_time()
    with written.open("rb") as file:
        load_table(desk, READER, written.name, file, saved_mapping("persons"), Terms("BENCH", label="S"))
    yield "loading", f"{time.perf_counter() - begun:,.1f} s ({time.process_time() - busy:,.1f} s of processor)"
    yield "memory, most", f"{peak():,.0f} MB"
    view = desk.view(READER, asking=Question("benchmark"))
    bulk = view.world.bulk
    size = sum(each.stat().st_size for each in bulk.files)
    yield "segment", f"{bulk.count():,} statements, {size / 2**20:,.0f} MB, {size / bulk.count():.1f} bytes each"
    names = sum(each.stat().st_size for one in bulk.files for each in one.parent.glob(f"{one.stem}.*.names"))
    yield "index of names", f"{names / 2**20:,.0f} MB"
    lines = some_lines(written, rows)
    phones = [line.split(",")[2] for line in lines]
    subjects = [bulk.pointing_at(each)[0].subject for each in phones[: QUESTIONS // 2]]
    ids = [bulk.statements_of(each)[0].id for each in subjects]
    unread = [bulk.with_value([normalise("phone", each)])[0].subject for each in phones[QUESTIONS // 2 :]]
    reads: tuple[tuple[str, Callable[[str], object], Iterable[str]], ...] = (
        ("record by id", bulk.statements_of, unread),
        ("value as written", bulk.pointing_at, (line.split(",")[3] for line in lines)),
        ("identifier", lambda each: bulk.with_value([normalise("phone", each)]), phones),
        ("identifier, unknown", lambda each: bulk.with_value([each]), (f"9{n:08d}" for n in range(QUESTIONS))),
        ("statement by id", bulk.statement, ids),
        ("name, and its records", lambda each: large_records(view.world, parse_query(each)), map(first, lines)),
    )
    for what, ask, questions in reads:
        median, slow = timed(ask, questions)
        yield what, f"{median:,.1f} ms, p95 {slow:,.1f} ms"
    begun = time.perf_counter()
    faults = desk.verify().faults
    yield "audit verify", f"{time.perf_counter() - begun:,.1f} s, {len(faults)} faults"
    desk.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        for what, figure in measure(Path(folder), rows):
            print(f"{what:20} {figure}", flush=True)


if __name__ == "__main__":
    main()
