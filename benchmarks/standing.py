"""The standing watch at size: 20,000 closed and 3,000 open subjects, and how long a new report takes to be felt.

Run: .venv/bin/python benchmarks/standing.py [--closed 20000] [--open 3000] [--reports 60]     (nothing else should run)

Everybody has a name drawn by the census frequencies of `../shared/data/names`, some statements, and links to others:
most to a few, some to places that many pass through. Then reports come in one at a time, each of two of these people,
one of them closed. Timed is what the officer waits for: the world takes the report in, and every suggestion stands.
"""

from __future__ import annotations

import argparse
import bisect
import itertools
import os
import random
import resource
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from leconfield.desk.interest.closed import ClosedFiles
from leconfield.desk.interest.model import CLOSED, OPENED
from leconfield.desk.interest.rules import OPENING
from leconfield.desk.interest.standing import raised
from leconfield.ledger.files import Files
from leconfield.ledger.grades import Grade
from leconfield.ledger.model import (
    BY_TABLE,
    IN_TEXT,
    Entry,
    EntryId,
    Question,
    Reader,
    Report,
    ReportId,
    Statement,
    StatementId,
    SubjectId,
)
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.ledger.world import Delta, World
from leconfield.registry.resolution import Partition

ROOT = Path(__file__).resolve().parents[1]
NAMES = Path(os.environ.get("LECONFIELD_SHARED", ROOT.parent / "shared")) / "data" / "names"
OFFICER = Reader("bench", "Benchmark", frozenset({"S"}))
TEXTS = (
    "{0} was seen with {1} outside the station. They talked for ten minutes and parted.",
    "{0} told {1} that he had asked about peroxide and would not say what for.",
    "{0} met {1} twice in a week. A knife was shown.",
    "{0} has moved. {1} still calls on him.",
    "{0} bought a ticket and left his keys with {1}.",
)


class Drawn:
    """Names by how often people bear them (US census 1990 lists)."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._first = self._table("dist.male.first")
        self._last = self._table("dist.all.last")

    def __call__(self) -> str:
        """Draw one."""
        return f"{self._one(self._first)} {self._one(self._last)}"

    def _one(self, table: tuple[list[str], list[float]]) -> str:
        names, upto = table
        return names[min(bisect.bisect(upto, self._chance.random() * upto[-1]), len(names) - 1)]

    def _table(self, name: str) -> tuple[list[str], list[float]]:
        rows = [line.split() for line in (NAMES / name).read_text().splitlines() if line.strip()]
        shares = (float(row[1]) for row in rows)
        return [row[0].capitalize() for row in rows], list(itertools.accumulate(shares))


class Generator:
    """Makes the people, their links, the decisions on them, and reports."""

    def __init__(self, closed: int, opened: int, seed: int = 7) -> None:
        self._chance = random.Random(seed)
        self._count = itertools.count()
        self._moment = 1_700_000_000.0
        self.people = [SubjectId(f"{place:032x}") for place in range(closed + opened)]
        drawn = Drawn(self._chance)
        self.names = [drawn() for _ in self.people]
        self.places = [SubjectId(f"{place:032x}") for place in range(len(self.people), len(self.people) + 400)]
        self.closed = closed

    def past(self) -> Iterator[Delta]:
        """Everything that stands before the first report comes: registered in batches, then decided on."""
        for batch in _batches(len(self.people), 500):
            yield self._registered(batch)
        yield Delta(entries=tuple(self._decided()))

    def _registered(self, batch: tuple[int, ...]) -> Delta:
        report = self._report("A register", "A register.")
        said = [each for place in batch for each in self._said_of(place, report)]
        return Delta(reports=(report,), statements=tuple(said))

    def _said_of(self, place: int, report: Report) -> Iterator[Statement]:
        person = self.people[place]
        born = f"{self._chance.randint(1950, 2005)}-{self._chance.randint(1, 12):02}-{self._chance.randint(1, 28):02}"
        yield self._says(person, "name", self.names[place], report)
        yield self._says(person, "birthDate", born, report)
        yield self._says(person, "phone", f"+4477009{self._chance.randint(0, 99999):05}", report)
        for _ in range(self._chance.choice((0, 1, 1, 2, 2, 3, 4))):
            other = self.people[self._chance.randrange(len(self.people))]
            if other != person:
                yield self._says(person, self._chance.choice(("associate", "met", "called")), other, report)
        here = self.places[int(self._chance.paretovariate(0.6)) % len(self.places)]
        yield self._says(here, "name", f"Place {self.places.index(here)} Road", report, schema="Address")
        yield self._says(person, "residence", here, report)

    def _decided(self) -> Iterator[Entry]:
        for place, person in enumerate(self.people):
            opening = self._entry(OPENED, person, {"tier": str(1 + place % 4), "reason": "r", "review": "2024-06-01"})
            yield opening
            if place < self.closed:
                body = {OPENING: opening.id, "reason": "r", "risk": "low", "residual": "r", "review": "2030-06-01"}
                yield self._entry(CLOSED, person, body)

    def report(self) -> Delta:
        """One report that names two people, each in a record of its own, one of them closed as a rule."""
        one, other = (self._chance.randrange(self.closed if each else len(self.people)) for each in (1, 0))
        text = self._chance.choice(TEXTS).format(self.names[one], self.names[other])
        report = self._report("A report", text)
        said: list[Statement] = []
        for place in (one, other):
            start = text.find(self.names[place])
            yielded = self._says(
                self.people[place], "name", self.names[place], report, start, start + len(self.names[place])
            )
            said.append(yielded)
        said.append(self._says(self.people[one], "met", self.people[other], report))
        return Delta(reports=(report,), statements=tuple(said))

    def _says(
        self,
        subject: SubjectId,
        prop: str,
        value: str,
        report: Report,
        start: int = -1,
        end: int = -1,
        schema: str = "Person",
    ) -> Statement:
        origin = IN_TEXT if start >= 0 else BY_TABLE
        one = StatementId(f"{next(self._count):032x}")
        return Statement(one, subject, schema, prop, value, report.id, "S", origin, report.learnt, start, end)

    def _report(self, title: str, text: str) -> Report:
        which = ReportId(f"{next(self._count):032x}")
        source = self._chance.choice(("HERON", "HEATHER", "PRESS"))
        return Report(
            which, title, text, source, "", "agent", Grade("B", 2), "S", "", "", self._now(), "", "text/plain"
        )

    def _entry(self, kind: str, about: SubjectId, body: dict[str, str]) -> Entry:
        return Entry(EntryId(f"{next(self._count):032x}"), self._now(), "bench", kind, about, "S", body)

    def _now(self) -> str:
        self._moment += 60
        return stamp(datetime.fromtimestamp(self._moment, UTC))


def _batches(count: int, size: int) -> Iterator[tuple[int, ...]]:
    for start in range(0, count, size):
        yield tuple(range(start, min(start + size, count)))


def main() -> None:
    """Build the world, let reports come in, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--closed", type=int, default=20_000)
    parser.add_argument("--open", type=int, default=3_000)
    parser.add_argument("--reports", type=int, default=60)
    asked = parser.parse_args()
    world, made = World(), Generator(asked.closed, asked.open)
    print("| figure | measured |\n|---|---|")
    seconds = _timed(lambda: [world.grow(each) for each in made.past()])
    _row(f"world of {asked.closed:,} closed and {asked.open:,} open", f"{seconds:.1f} s")
    _row("resolved, first time", f"{_timed(lambda: world.derived(Partition)):.1f} s")
    _row("every closed file looked at, first time", f"{_timed(lambda: world.derived(ClosedFiles)):.1f} s")
    view = View(OFFICER, None, Question("benchmark"), world, Files(None))
    raised(view)
    grown, shown, worked = [], [], []
    for _ in range(asked.reports):
        began = time.process_time()
        grown.append(_timed(partial(world.grow, made.report())))
        shown.append(_timed(lambda: raised(view)))
        worked.append(time.process_time() - began)
    both = [one + other for one, other in zip(grown, shown, strict=True)]
    columns = {"the world takes it in": grown, "what is raised is put together": shown, "both": both}
    for name, found in {**columns, "both, time of the processor": worked}.items():
        ordered = sorted(each * 1000 for each in found)
        p50, p95 = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95))
        _row(f"a new report, {name}: p50 / p95 / worst", f"{p50:.0f} / {p95:.0f} / {ordered[-1]:.0f} ms")
    _row("closed files that have changed", f"{len(world.derived(ClosedFiles).touched):,}")
    _row("statements", f"{len(world.statements):,}")
    _row("memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _row(what: str, value: str) -> None:
    print(f"| {what} | {value} |", flush=True)


def _timed(what: Callable[[], object]) -> float:
    start = time.perf_counter()
    what()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
