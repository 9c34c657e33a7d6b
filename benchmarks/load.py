"""A desk of a million subjects and five million statements: made as officers would make it, opened, and asked.

Run: python -m benchmarks.load FOLDER [--subjects 1000000] [--held 20000] [--table 250000] [--each 60]

The folder keeps the tables and the desk; another run asks the same desk again. `--held` people come in tables small
enough to be held in memory, the others in tables of `--table` rows, which become segments if they are over 100,000;
`--held` as many as there are subjects makes a desk all of which is in memory. Reports name people of both. Pages are
those of the site, asked in this process as a browser asks them, each question put once and every one another.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import itertools
import os
import random
import re
import resource
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final
from urllib.parse import quote_plus

import httpx
from benchmarks.population import COLUMNS, Person, Population

from leconfield.app import site
from leconfield.desk.interest.service import open_subject
from leconfield.desk.leads.service import open_lead
from leconfield.intake.filing import Terms
from leconfield.intake.loading import load_table
from leconfield.intake.service import file_bytes
from leconfield.intake.tables import saved_mapping
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.grades import Grade
from leconfield.ledger.model import Question, Reader
from leconfield.ledger.view import View
from leconfield.registry.identifiers import normalise

OFFICER: Final = Reader("bench", "Benchmark", frozenset({"S"}))
PASSWORD: Final = "a desk of a million"
REPORTS: Final = 1_000
OF_INTEREST: Final = 200
LEADS: Final = 40
MOST_IN_MEMORY: Final = 100_000
TEXTS: Final = (
    "{0} was seen with {1} outside the station. They talked for ten minutes and parted.",
    "{0} told {1} that he had asked about peroxide and would not say what for.",
    "{0} met {1} twice in a week at {2}. A knife was shown.",
    "{0} has moved to {2}. {1} still calls on him.",
    "{0} bought a ticket and left his keys with {1} near {2}.",
)
PLACES: Final = ("Leeds", "Hull", "Dover", "Swansea", "Luton", "Barrow", "Ely", "Whitby", "Harwich", "Dundee")


@dataclass(frozen=True, slots=True)
class Size:
    """How large a desk is asked for, and how it comes in."""

    subjects: int
    held: int
    table: int

    def tables(self) -> Iterator[int]:
        """The rows of each table: first those that are held in memory."""
        yield from _cut(min(self.held, self.subjects), MOST_IN_MEMORY)
        yield from _cut(self.subjects - self.held, self.table)


def _cut(rows: int, most: int) -> Iterator[int]:
    while rows > 0:
        yield min(rows, most)
        rows -= most


def make(folder: Path, size: Size) -> None:
    """Write the tables, load them, file reports, and open subjects of interest and leads; does nothing if it stands."""
    if (folder / "made").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    desk = Desk.create(folder / "desk")
    desk.append(accounts.KEEPER, [accounts.enrolling("bench", "Benchmark", PASSWORD, {"S"}, ())])
    people, begun, busy = iter(Population(seed=7)), time.perf_counter(), time.process_time()
    for number, rows in enumerate(size.tables()):
        path = folder / f"persons-{number:03}.csv"
        _write(path, itertools.islice(people, rows))
        with path.open("rb") as file:
            load_table(desk, OFFICER, path.name, file, saved_mapping("persons"), Terms("REGISTER", label="S"))
    _row("tables loaded", f"{_since(begun)}; {time.process_time() - busy:.0f} s of processor")
    begun = time.perf_counter()
    _daily_life(desk, people_of(folder))
    _row(f"{REPORTS:,} reports filed, {OF_INTEREST} subjects of interest, {LEADS} leads", _since(begun))
    _row("memory, most, while making it", f"{_peak():,.0f} MB")
    desk.close()
    (folder / "made").touch()


def _write(path: Path, people: Iterable[Person]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(people)


def people_of(folder: Path, some: int = 5_000) -> tuple[list[Person], list[Person]]:
    """Some of the people of the first table and of the last, in an order of no meaning."""
    paths = sorted(folder.glob("persons-*.csv"))
    return _shuffled(paths[0])[:some], _shuffled(paths[-1])[-some:]


def _shuffled(path: Path) -> list[Person]:
    with path.open(encoding="utf-8", newline="") as file:
        rows: list[Person] = list(itertools.islice(csv.DictReader(file), 100_000))
    random.Random(3).shuffle(rows)
    return rows


def _daily_life(desk: Desk, people: tuple[list[Person], list[Person]]) -> None:
    """Reports that name two people each, some of whom are of interest; some reports are leads."""
    chance = random.Random(11)
    filed = []
    for number in range(REPORTS):
        one, other = (chance.choice(chance.choice(people))["name"] for _ in range(2))
        text = chance.choice(TEXTS).format(one, other, chance.choice(PLACES))
        content = f"Title: Note {number}\n\n{text}".encode()
        terms = Terms(chance.choice(("HERON", "HEATHER", "PRESS")), "agent", Grade("B", 2), "S")
        filed += file_bytes(desk, OFFICER, f"note-{number:04}.txt", content, terms)
    for person in itertools.chain(*(some[: OF_INTEREST // 2] for some in people)):
        view = _view(desk)
        subject = _borne_by(view, person)
        open_subject(desk, view, subject, tier="2", reason="seen with others", review="2030-01-15", label="S")
    for number, each in enumerate(filed[:LEADS]):
        reports = [each.report] if each.report else []
        open_lead(desk, _view(desk), title=f"Lead {number}", reason="asked about peroxide", reports=reports)


def _view(desk: Desk) -> View:
    return desk.view(OFFICER, asking=Question("benchmark"))


def _borne_by(view: View, person: Person) -> str:
    """The id of a person's record, by his number; read in a way that leaves nothing of it at hand."""
    prop, value = _number_of(person)
    said = (*view.world.pointing_at.get(value, ()), *view.world.bulk.with_value([normalise(prop, value)]))
    return str(next(each.subject for each in said if each.prop == prop))


def _number_of(person: Person) -> tuple[str, str]:
    return ("phone", person["phone"]) if person["phone"] else ("idNumber", person["document"])


class Browser:
    """Somebody signed in to the site, who notes how long each page takes."""

    def __init__(self, desk: Desk) -> None:
        transport = httpx.ASGITransport(app=site(desk))
        self._client = httpx.AsyncClient(transport=transport, base_url="http://desk", timeout=None)
        self._loop = asyncio.new_event_loop()

    def sign_in(self) -> None:
        """Sign in as the officer."""
        form = {"name": "bench", "password": PASSWORD, "onward": "/me"}
        self._loop.run_until_complete(self._client.post("/sign-in", data=form))

    def get(self, path: str) -> tuple[float, float, str]:
        """Milliseconds by the clock and of the processor until the whole answer is there, and the answer."""
        begun, busy = time.perf_counter(), time.process_time()
        answer = self._loop.run_until_complete(self._client.get(path))
        took = (time.perf_counter() - begun) * 1000, (time.process_time() - busy) * 1000
        answer.raise_for_status()
        return (*took, answer.text)


def questions(view: View, folder: Path, each: int) -> dict[str, list[str]]:
    """The addresses to ask for, by the name of the page."""
    held, large = (some[-3 * each :] for some in people_of(folder))
    reports = sorted(view.world.reports)
    random.Random(5).shuffle(reports)
    found = {
        "inbox": ["/reports"] * each,
        "report": [f"/reports/{one}" for one in reports[:each]],
        "search": [_asking("/search", _surname(one)) for one in held[:each]],
        "search, common words": [_asking("/search", place) for place in (*PLACES, "peroxide", "station")],
        "leads queue": ["/leads"] * each,
        "subjects of interest": ["/interest"] * each,
        "subjects": ["/subjects"] * each,
        "review": ["/review"] * each,
    }
    for where, people in (("in memory", held), ("in a large table", large)):
        named, numbered, shown = (people[at * each : (at + 1) * each] for at in range(3))
        found[f"trace of a name, {where}"] = [_asking("/trace", one["name"]) for one in named]
        told = (f"{one['name']} born {one['born']}" for one in named)
        found[f"trace of a name and a day of birth, {where}"] = [_asking("/trace", words) for words in told]
        found[f"trace of a number, {where}"] = [_asking("/trace", _number_of(one)[1]) for one in numbered]
        found[f"subject, {where}"] = [f"/subjects/{_borne_by(view, one)}" for one in shown]
    found["trace, typing"] = [_asking("/trace/typing", _surname(one)[:4]) for one in held[:each]]
    return found


def _surname(person: Person) -> str:
    return person["name"].split()[-1]


def _asking(path: str, words: str) -> str:
    return f"{path}?q={quote_plus(words)}"


def measure(folder: Path, each: int, only: str) -> None:
    """Open the desk, ask it, and print what it took."""
    _row("memory before", f"{_peak():,.0f} MB")
    begun, busy = time.perf_counter(), time.process_time()
    desk = Desk.open(folder / "desk")
    browser = Browser(desk)
    browser.sign_in()
    _row("opened, signed in", _since(begun))
    pages = ("/reports", "/subjects", "/trace?q=Ray+Cassell", "/leads", "/interest", "/search?q=Leeds", "/review")
    for path in pages if re.search(only, "review") else pages[:-1]:
        start = time.perf_counter()
        browser.get(path)
        _row(f"first {path}", f"{_since(start)}; {_resident():,.0f} MB")
    _row("ready", f"{_since(begun)}; {time.process_time() - busy:.1f} s of processor")
    view = _view(desk)
    held = len(view.world.statements)
    _row("statements in memory; in large tables", f"{held:,}; {view.world.bulk.count():,}")
    _row("memory at rest", f"{_resident():,.0f} MB")
    for name, paths in questions(view, folder, each).items():
        if re.search(only, name):
            _asked(browser, name, paths)
    _row("memory at rest; at most", f"{_resident():,.0f}; {_peak():,.0f} MB")
    desk.close()


def _asked(browser: Browser, name: str, paths: Sequence[str]) -> None:
    browser.get(paths[0])
    times = [browser.get(path)[:2] for path in paths[1:]]
    wall, busy = (sorted(column) for column in zip(*times, strict=True))
    told = (f"{_at(some, 0.5):.0f} / {_at(some, 0.95):.0f} / {some[-1]:.0f} ms" for some in (wall, busy))
    _row(f"{name}: p50 / p95 / worst; of the processor", "; ".join(told))


def _at(values: Sequence[float], share: float) -> float:
    return values[min(len(values) - 1, int(len(values) * share))]


def _since(begun: float) -> str:
    return f"{time.perf_counter() - begun:.1f} s"


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _row(what: str, value: str) -> None:
    print(f"| {what} | {value} |", flush=True)


def _apart(what: Callable[..., None], *given: object) -> None:
    """Do it in a process of its own, so that its memory is its own."""
    process = get_context("spawn").Process(target=what, args=given)
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(process.exitcode)


def main() -> None:
    """Make the desk if it does not stand, and measure it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--subjects", type=int, default=1_000_000)
    parser.add_argument("--held", type=int, default=20_000)
    parser.add_argument("--table", type=int, default=250_000)
    parser.add_argument("--each", type=int, default=60, help="questions for each page")
    parser.add_argument("--only", default="", help="pages whose name this pattern finds")
    asked = parser.parse_args()
    print("| figure | measured |\n|---|---|")
    _apart(make, asked.folder, Size(asked.subjects, asked.held, asked.table))
    _row("load of the machine", " ".join(f"{each:.1f}" for each in os.getloadavg()))
    _apart(measure, asked.folder, asked.each, asked.only)


if __name__ == "__main__":
    main()
