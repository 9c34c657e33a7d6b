"""The gate by its figures: synthetic releases with known answers, direct leaks, and how long a check takes.

python benchmarks/gate.py cases [--count 10000] [--first 0]
python benchmarks/gate.py leaks [--paragraphs 1000]
python benchmarks/gate.py prose
python benchmarks/gate.py tables --desk FOLDER/desk [--paragraphs 400]
python benchmarks/gate.py speed [--subjects 100000 | --desk FOLDER/desk]
python benchmarks/gate.py live

`cases`: how many releases that burn somebody were passed, and how many safe ones were stopped. `leaks`: disguises of
all that SEQUIN guards that were not found, and false alarms on paragraphs of real text that has nothing to do with it.
`prose`: how ordinary sentences stand on SEQUIN, none of which has to do with it: such as an editor may write
(`public_sentences.txt`), and of court cases that no setting was fitted to. `tables`: as `leaks`, for some of what the
large tables of a desk name (`benchmarks/load.py` makes one). `speed`: drafts of 500 words against a generated world, or
against such a desk. `live`: verdicts with safer wordings on the demonstration, in the view of an officer.
Times are of the processor, and of the clock beside them.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.demo.filled import filled, seen
from tests.gate.exposure.cases import DEEDS as PAIRS
from tests.gate.exposure.cases import case
from tests.gate.names.disguises import DISGUISES
from tests.gate.worlds import PROFILE, PUBLIC, TODAY, checked, named, told, world_of
from tests.shared import SHARED

from leconfield.gate.exposure import service
from leconfield.gate.exposure.checking import check
from leconfield.gate.exposure.guards import Guards
from leconfield.gate.exposure.model import Text
from leconfield.gate.names.finding import Finder
from leconfield.gate.names.guarding import guarded_in
from leconfield.gate.names.shapes import skeleton
from leconfield.gate.names.stock import SHORTEST
from leconfield.gate.names.tabled import tables_of
from leconfield.gate.release.model import Colour
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Question, Reader
from leconfield.ledger.world import Delta, World

OFFICER = Reader("bench", "Benchmark", frozenset({"S"}))
SAMPLE = 25
"""Things of each table that are tried in every disguise."""
DEEDS = [deed for deed, _ in PAIRS]


def cases(count: int, first: int) -> None:
    """Releases with known answers."""
    found: Counter[str] = Counter()
    began = time.perf_counter()
    for seed in range(first, first + count):
        drawn = case(seed)
        world = world_of(drawn.reports, drawn.entries, drawn.statements)
        stopped = checked(world, drawn.draft, *drawn.actions).colour is not Colour.GREEN
        found["unsafe" if drawn.unsafe else "safe"] += 1
        found["unsafe, passed"] += drawn.unsafe and not stopped
        found["safe, stopped"] += stopped and not drawn.unsafe
        found["single source"] += drawn.single
        found["single source, passed"] += drawn.single and not stopped
        if drawn.unsafe != stopped:
            print(f"  seed {seed}: {'passed' if drawn.unsafe else 'stopped'}")
    took = time.perf_counter() - began
    for what in ("unsafe", "unsafe, passed", "single source", "single source, passed", "safe", "safe, stopped"):
        print(f"{what:24} {found[what]:7,}")
    print(f"false blocks {found['safe, stopped'] / max(1, found['safe']):.2%}; {1000 * took / count:.1f} ms a release")


def leaks(paragraphs: int) -> None:
    """Disguises that are not found, and false alarms."""
    desk, _ = filled()
    world = desk.view(service.gate_reader(desk), asking=Question("benchmark")).world
    guarded = list({each.form: each for each in guarded_in(world, lambda report: report.channel == "open")}.values())
    finder = Finder(guarded)
    random = Random(1)
    missed: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    for each in guarded:
        for how, disguise in DISGUISES.items():
            if each.kind == "codeword" and how in {"lower", "title"}:
                continue  # AGENTS in small letters is a word of the language
            text = f"It was said that {disguise(each.form, random)} was there."
            tried[how] += 1
            if not finder.find(text):
                missed[how] += 1
                print(f"  missed, {how}: {text}")
    print(f"{len(guarded)} guarded, {tried.total():,} disguises, {missed.total()} missed")
    alarms = [(text, leak) for text in real_paragraphs(paragraphs) for leak in finder.find(text)]
    sure = Counter(leak.guarded.form for _, leak in alarms if leak.sure)
    print(f"{paragraphs} paragraphs: {sum(sure.values())} sure alarms, {len(alarms) - sum(sure.values())} unsure")
    for form, count in sure.most_common(12):
        print(f"  {form}: {count}")


def prose(sentences: int) -> None:
    """False blocks on ordinary sentences, as the gate itself sees them: each alone."""
    desk, _ = filled()
    world = desk.view(service.gate_reader(desk), asking=Question("benchmark")).world
    written = (Path(__file__).parent / "public_sentences.txt").read_text(encoding="utf-8").splitlines()
    lines = (SHARED / "data" / "tab" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [each for line in lines for each in re.split(r"(?<=[.!?])\s+", json.loads(line)["text"])]
    whole = [each.strip() for each in cases if 40 < len(each.strip()) < 220 and "\n" not in each.strip()]
    for name, group in (("public", written), ("court", Random(1).sample(whole, min(sentences, len(whole))))):
        verdicts = [checked(world, each) for each in group]
        found = Counter(each.colour.value for each in verdicts)
        shown = ", ".join(f"{colour} {found[colour] / len(group):.1%}" for colour in ("green", "amber", "red"))
        why = Counter(
            check for each in verdicts for check in {one.check.value for s in each.sentences for one in s.reasons}
        )
        print(f"{name}: {len(group)} sentences, {shown}; {dict(why.most_common())}")


def real_paragraphs(count: int) -> Iterator[str]:
    """Paragraphs of court cases that have nothing to do with the demonstration."""
    lines = (SHARED / "data" / "tab" / "train.jsonl").read_text(encoding="utf-8").splitlines()
    found = (part for line in lines for part in json.loads(line)["text"].split("\n") if len(part) > 200)
    for _, line in zip(range(count), found, strict=False):
        yield line


def tables(folder: Path, paragraphs: int) -> None:
    """Disguises of what the large tables of a desk name that are not found, and false alarms."""
    stocks = list(tables_of(_world_of(folder), lambda report: report.channel == "open"))
    finder, random = Finder((), stocks), Random(1)
    missed: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    for stock in stocks:
        for number in random.sample(range(len(stock)), SAMPLE):
            for how, disguise in DISGUISES.items():
                (each,) = stock.guarded(number)
                tried[each.kind] += 1
                text = f"It was said that {disguise(each.form, random)} was there."
                if len(skeleton(each.form)) >= SHORTEST and not finder.find(text):
                    missed[each.kind] += 1
                    print(f"  missed, {how}: {each.kind} {each.form}: {text}")
    print(f"{sum(map(len, stocks)):,} things; tried {dict(tried)}, missed {dict(missed)}")
    found = [finder.find(text) for text in real_paragraphs(paragraphs)]
    sure = sum(any(each.sure and each.guarded.sure for each in leaks) for leaks in found)
    print(f"{paragraphs} paragraphs: {sure} with a sure alarm, {sum(map(bool, found)) - sure} with an unsure one")


def speed(subjects: int, folder: Path | None) -> None:
    """Drafts of 500 words against so many subjects, or against a desk; each draft is another."""
    random = Random(1)
    began = time.process_time()
    world = _world_of(folder) if folder else _large(random, subjects)
    memory, tabled = len(world.statements), world.bulk.count()
    print(f"{memory:,} statements in memory, {tabled:,} in tables: {time.process_time() - began:.0f} s, {_size():,} MB")
    reports = [each.text for each in world.reports.values() if each.text]

    def draft() -> str:
        return " ".join(" ".join(random.sample(reports, 80)).split()[:500])

    began = time.process_time()
    check(world, Text(draft(), TODAY), PROFILE, PUBLIC, offering=False)
    print(f"first check, with every index: {time.process_time() - began:.1f} s of processor, {_size():,} MB")
    drafts = [draft() for _ in range(30)]
    _timed(
        "500 words",
        [lambda text=each: check(world, Text(text, TODAY), PROFILE, PUBLIC, offering=False) for each in drafts],
    )
    finder = world.derived(Guards).finder(PROFILE, PUBLIC)
    _timed("  of it, names", [lambda text=each: finder.find(text) for each in drafts])
    made = told("S1", "Somebody saw Gareth Pryce in Hull.")
    world.grow(Delta((made,), named(made, "Gareth Pryce")))
    _timed("after a new report", [lambda: check(world, Text(drafts[0], TODAY), PROFILE, PUBLIC, offering=False)])


def live() -> None:
    """Verdicts while somebody types, with safer wordings, in his own view of the demonstration."""
    world = seen("rob").world
    texts = " ".join(each.text for each in world.reports.values() if each.channel == "agent").split()
    check(world, Text(" ".join(texts[:300]), TODAY), PROFILE, PUBLIC)
    for words in (60, 200, 500):
        drafts = [" ".join(texts[at : at + words]) for at in range(0, 15 * 37, 37)]
        for offering in (False, True):
            asked = [
                lambda text=each, offering=offering: check(world, Text(text, TODAY), PROFILE, PUBLIC, offering=offering)
                for each in drafts
            ]
            _timed(f"{words} words{', with wordings' if offering else ''}", asked)


def _timed(what: str, asked: Sequence[Callable[[], object]]) -> None:
    """Print the median and the worst of the processor, and the median of the clock."""
    busy, clock = [], []
    for each in asked:
        begun, used = time.perf_counter(), time.process_time()
        each()
        busy.append(1000 * (time.process_time() - used))
        clock.append(1000 * (time.perf_counter() - begun))
    print(f"{what}: median {median(busy):.0f} ms, worst {max(busy):.0f} ms; by the clock {median(clock):.0f} ms")


def _size() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _world_of(folder: Path) -> World:
    """The world of the officer of a desk that `benchmarks/load.py` has made."""
    return Desk.open(folder).view(OFFICER, asking=Question("benchmark")).world


def _large(random: Random, subjects: int) -> World:
    """A world of invented people, each registered from one of some thousand reports."""
    syllables = [
        "ba",
        "den",
        "kor",
        "lun",
        "mar",
        "nes",
        "pol",
        "rin",
        "sav",
        "tor",
        "ul",
        "vik",
        "wes",
        "yar",
        "zed",
        "fal",
        "gri",
        "hol",
        "jas",
        "quen",
    ]

    def name() -> str:
        return " ".join("".join(random.choices(syllables, k=random.choice((2, 3)))).title() for _ in range(2))

    reports, statements = [], []
    for number in range(max(200, subjects // 50)):
        people = [name() for _ in range(50)]
        words = (
            f"{people[0]} met {people[1]} in Hull on {number % 28 + 1} March 2026 and paid {number % 900 + 12} pounds."
        )
        made = told(f"S{number % 40}", words)
        reports.append(made)
        statements += [each for who in people for each in named(made, who)]
    return world_of(reports, (), statements)


def main() -> None:
    """Run one of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("cases", "leaks", "prose", "tables", "speed", "live"))
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--paragraphs", type=int, default=1000)
    parser.add_argument("--subjects", type=int, default=100_000)
    parser.add_argument("--desk", type=Path)
    asked = parser.parse_args()
    if asked.what == "cases":
        cases(asked.count, asked.first)
    elif asked.what == "leaks":
        leaks(asked.paragraphs)
    elif asked.what == "prose":
        prose(asked.paragraphs)
    elif asked.what == "tables":
        tables(asked.desk, asked.paragraphs)
    elif asked.what == "speed":
        speed(asked.subjects, asked.desk)
    else:
        live()


if __name__ == "__main__":
    main()
