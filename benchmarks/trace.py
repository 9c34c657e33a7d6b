"""Trace: names in other spellings found among a million and ten million, beside peers.

Run: `python benchmarks/trace.py FOLDER [--names 1000000] [--each 200] [--hidden 0.3] [--peers cdist,tantivy]` with
the folder of name tables (`names`; `registry/data/names.md` says what they are). It makes invented persons, asks for
them as others write them, and prints a table of times and of how often the person asked for is among the first ten;
`--hidden` is the share of forms of name parts that the engine must not know. Times are of the processor (of the
server's process, too, for postgres), since they bear company on the machine better than times of the clock, which stand
beside them. Peers run where they are installed (postgres: PGURL).
"""
# ruff: noqa: A005 - it is a script, and bears the name of what it measures

from __future__ import annotations

import argparse
import csv
import gzip
import os
import random
import re
import sys
import tempfile
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from leconfield.registry.nameindex import NameSearch, Segment, build
from leconfield.registry.nameindex.knowledge import Knowledge
from leconfield.registry.scripts import LATIN, fold, listed, romanise, script_of
from trace_peers import PEERS

KINDS = ("exact", "typo1", "typo2", "swap", "initial", "nickname", "middle", "translit", "crossscript")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
RARE_SURNAMES, RARE_FORENAMES = 0.35, 0.10
"""Shares of Latin names that come from the long tail of name parts, for a vocabulary as large as a real one's."""
NICKNAMES = dict(
    each.split(":")
    for each in listed(
        "william:bill robert:bob richard:dick james:jim john:jack michael:mike elizabeth:liz margaret:peggy "
        "katherine:kate catherine:cathy thomas:tom edward:ted anthony:tony joseph:joe charles:chuck daniel:dan "
        "matthew:matt christopher:chris alexander:sasha alexandra:sandra vladimir:vova dmitry:dima patricia:pat "
        "jennifer:jen andrew:andy nicholas:nick steven:steve samuel:sam benjamin:ben gregory:greg frederick:fred "
        "henry:harry francis:frank lawrence:larry kenneth:ken ronald:ron donald:don timothy:tim jeffrey:jeff susan:sue "
        "deborah:debbie barbara:barb rebecca:becky stephanie:steph kimberly:kim victoria:vicky"
    )
)
EVERY_SCRIPT = ("John Smith", "J. Smith", "Иван Петров", "محمد علي", "דוד כהן", "王小明", "タナカ ケン", "김철수")
"""Asked before the clock runs, so that code is compiled and tables are read."""


@dataclass(frozen=True)
class Question:
    """A name asked for in some way, and the person who is meant."""

    kind: str
    text: str
    forename: str
    surname: str

    def met_by(self, name: str) -> bool:
        """Whether the name is the one meant; for an initial any forename that begins so."""
        meant, found = plain(f"{self.forename} {self.surname}"), plain(name)
        if self.kind == "initial":
            return found[:1] == meant[:1] and found.partition(" ")[2] == meant.partition(" ")[2]
        return found == meant


def plain(text: str) -> str:
    return romanise(fold(text))


class Tables:
    """Invented persons' forenames and surnames by script, and classes of equivalent parts."""

    def __init__(self, folder: Path) -> None:
        self.forenames: dict[str, list[str]] = defaultdict(list)
        self.surnames: dict[str, list[str]] = defaultdict(list)
        for which in ("global", "us"):
            with gzip.open(folder / f"synthetic_persons_{which}.csv.gz", "rt", encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    forename, surname = row["first_name"].lower(), row["last_name"].lower()
                    script = script_of(forename)
                    if forename and surname and script == script_of(surname):
                        self.forenames[script].append(forename)
                        self.surnames[script].append(surname)
        self.classes: list[list[str]] = []
        self.classes_of: dict[str, list[int]] = defaultdict(list)
        with gzip.open(folder / "name_part_classes.txt.gz", "rt", encoding="utf-8") as file:
            for line in file:
                forms = line.rpartition(" => ")[0].split(", ")
                for form in forms:
                    self.classes_of[form].append(len(self.classes))
                self.classes.append(forms)
        self.rare = sorted(
            {form for forms in self.classes for form in forms if re.fullmatch("[a-z\u00c0-\u024f]{3,}", form)}
        )

    def names(self, count: int, chance: random.Random) -> Iterator[tuple[str, str, str]]:
        """Forename, surname, script."""
        scripts = list(self.forenames)
        weights = [len(self.forenames[each]) for each in scripts]
        for script in chance.choices(scripts, weights, k=count):
            forename, surname = chance.choice(self.forenames[script]), chance.choice(self.surnames[script])
            if script == LATIN:
                surname = chance.choice(self.rare) if chance.random() < RARE_SURNAMES else surname
                forename = chance.choice(self.rare) if chance.random() < RARE_FORENAMES else forename
            yield forename, surname, script

    def other_form(self, part: str, latin: bool, chance: random.Random) -> str:
        """The part as others write it, in Latin letters or in another script; empty if no class has it so."""
        forms = [
            form
            for number in self.classes_of.get(part, [])[:3]
            for form in self.classes[number]
            if " " not in form and (script_of(form) == LATIN) == latin and plain(form) != plain(part)
        ]
        return chance.choice(forms) if forms else ""


def edited(text: str, chance: random.Random) -> str:
    """The text with one letter exchanged, left out, put in, or turned with its neighbour."""
    at, how = chance.randrange(len(text)), chance.randrange(4)
    if how == 0:
        return text[:at] + chance.choice(LETTERS) + text[at + 1 :]
    if how == 1 and len(text) > 3:
        return text[:at] + text[at + 1 :]
    if how == 2:
        return text[:at] + chance.choice(LETTERS) + text[at:]
    return text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :] if at + 1 < len(text) else text[:-1]


def asked_as(kind: str, forename: str, surname: str, tables: Tables, chance: random.Random) -> str:
    """The name as somebody asks for it; empty where it cannot be asked for in that way."""
    if kind == "exact":
        return f"{forename} {surname}"
    if kind == "typo1":
        first = chance.random() < 0.5
        return f"{edited(forename, chance)} {surname}" if first else f"{forename} {edited(surname, chance)}"
    if kind == "typo2":
        return f"{edited(forename, chance)} {edited(surname, chance)}"
    if kind == "swap":
        return f"{surname}, {forename}"
    if kind == "initial":
        return f"{forename[0]}. {surname}"
    if kind == "nickname":
        return f"{NICKNAMES[forename]} {surname}" if forename in NICKNAMES else ""
    if kind == "middle":
        return f"{forename} {chance.choice(tables.forenames[LATIN])} {surname}"
    one, other = (tables.other_form(part, kind == "translit", chance) for part in (forename, surname))
    if kind == "translit":
        return f"{one or forename} {other or surname}" if one or other else ""
    return f"{one} {other}" if one and other and script_of(one) == script_of(other) else ""


def questions(names: Sequence[tuple[str, str]], each: int, tables: Tables, chance: random.Random) -> list[Question]:
    made = []
    for kind in KINDS:
        left = each
        for _ in range(400_000):
            forename, surname = chance.choice(names)
            if left == 0:
                break
            if min(len(forename), len(surname)) >= 3:
                text = asked_as(kind, forename, surname, tables, chance)
                if text:
                    made.append(Question(kind, text, forename, surname))
                    left -= 1
    return made


def hidden(share: float) -> Callable[[str], bool]:
    """Which forms of name parts the engine shall not know, by a hash."""
    return lambda form: zlib.crc32(form.encode()) % 1000 < share * 1000


@dataclass(frozen=True)
class Asking:
    """What came of asking: milliseconds of the processor and of the clock for each question, and whether it was met."""

    busy: list[float]
    clock: list[float]
    hits: list[bool]


def report(engine: str, asked: list[Question], came: Asking, built: str) -> None:
    """Print one line: times in milliseconds, recall at ten of all and by kind."""
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for question, hit in zip(asked, came.hits, strict=True):
        by_kind[question.kind].append(hit)
    kinds = " ".join(f"{kind} {sum(found) / len(found):.3f}" for kind, found in by_kind.items())
    times = " | ".join(
        " / ".join(f"{share(each, at):.2f}" for at in (0.5, 0.95, 0.99)) for each in (came.busy, came.clock)
    )
    print(f"| {engine} | {times} | {sum(came.hits) / len(asked):.3f} | {kinds} | {built} |", flush=True)


def share(times: list[float], at: float) -> float:
    """The time that so large a share of the questions did not exceed."""
    return sorted(times)[min(int(len(times) * at), len(times) - 1)]


def ask_each(asked: list[Question], search: Callable[[str], list[str]], server: int | None = None) -> Asking:
    """Ask one after another; `server` is the process that answers, if it is another."""
    busy, clock, hits = [], [], []
    for question in asked:
        begun, used = time.perf_counter(), time.process_time() + spent(server)
        found = search(question.text)
        busy.append((time.process_time() + spent(server) - used) * 1000)
        clock.append((time.perf_counter() - begun) * 1000)
        hits.append(any(question.met_by(name) for name in found))
    return Asking(busy, clock, hits)


def spent(server: int | None) -> float:
    """Seconds that another process has had of the processor so far (Linux)."""
    return int(Path(f"/proc/{server}/schedstat").read_text().split()[0]) / 1e9 if server else 0.0


def resident() -> float:
    """The most memory this process has had, in GB (Linux); of a process's own, not of the one that started it."""
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 2**20


def ours(path: Path, names: Iterable[str], asked: list[Question], hidden_share: float) -> None:
    begun, busy = time.perf_counter(), time.process_time()
    build(((str(number), name) for number, name in enumerate(names)), path, knowledge=known(hidden_share))
    built = (
        f"{time.perf_counter() - begun:.0f} s ({time.process_time() - busy:.0f} s of processor, {resident():.2f} GB)"
    )
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as another:
        opened, memory, came = another.submit(ask_index, path, asked, hidden_share).result()
    size = path.stat().st_size / 2**20
    report("Leconfield", asked, came, f"{built}, {size:,.0f} MB, opens in {opened:.2f} s, {memory:.2f} GB")


def known(share: float) -> Knowledge:
    """What the engine may know: the shipped classes but for a share of the forms."""
    return Knowledge.without(hidden(share), f"without {share}") if share else Knowledge.shipped()


def ask_index(path: Path, asked: list[Question], hidden_share: float) -> tuple[float, float, Asking]:
    """Seconds to open, memory, and what came of asking, in a process that does nothing else."""
    knowledge = known(hidden_share)
    begun = time.perf_counter()
    search = NameSearch([Segment.open(path)], knowledge)
    opened = time.perf_counter() - begun
    for name in EVERY_SCRIPT:
        search.search(name)
    came = ask_each(asked, lambda text: [each.text for each in search.search(text, 10)])
    return opened, resident(), came


def peers(which: Iterable[str], names: list[str], asked: list[Question]) -> None:
    """The same questions to others, a sample of them where one takes long; both sides romanised by our tables."""
    ready = [plain(name) for name in names]
    for engine in which:
        try:
            search, built, every, server = PEERS[engine](ready)
        except ImportError as error:
            print(f"{engine} is not installed here ({error})", file=sys.stderr)
            continue
        some = asked[::every]
        came = ask_each(some, partial(named, names, search), server)
        report(engine, some, came, built)


def named(names: list[str], ask: Callable[[str], list[int]], text: str) -> list[str]:
    """The names that a peer finds, asked in plain letters."""
    return [names[place] for place in ask(plain(text))]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--names", type=int, default=1_000_000)
    parser.add_argument("--each", type=int, default=200)
    parser.add_argument("--hidden", type=float, default=0.3)
    parser.add_argument("--peers", default="")
    given = parser.parse_args()
    tables = Tables(given.folder)
    chance = random.Random(7)
    made = list(tables.names(given.names, chance))
    asked = questions([(one, other) for one, other, script in made if script == LATIN], given.each, tables, chance)
    names = [f"{one} {other}" for one, other, _ in made]
    del made, tables
    print(f"{given.names:,} names, {len(asked):,} questions, load {os.getloadavg()[0]:.1f}\n")
    print(
        "| engine | processor, ms: p50 / p95 / p99 | clock | recall@10 | by kind | built |\n|---|---|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory() as folder:
        ours(Path(folder) / "names.index", names, asked, given.hidden)
    peers(filter(None, given.peers.split(",")), names, asked)


if __name__ == "__main__":
    main()
