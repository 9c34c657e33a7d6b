"""The gate by its figures: synthetic releases with known answers, direct leaks, and how long a check takes.

python benchmarks/gate.py cases [--count 10000] [--first 0]
python benchmarks/gate.py leaks [--paragraphs 1000]
python benchmarks/gate.py speed [--subjects 100000]

`cases`: how many releases that burn somebody were passed, and how many safe ones were stopped. `leaks`: disguises of
all that SEQUIN guards that were not found, and false alarms on paragraphs of real text that has nothing to do with it.
`speed`: a draft of 500 words against a generated world.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.demo.filled import filled
from tests.gate.exposure.cases import DEEDS as PAIRS
from tests.gate.exposure.cases import case
from tests.gate.names.disguises import DISGUISES
from tests.gate.worlds import PROFILE, PUBLIC, TODAY, checked, named, told, world_of
from tests.shared import SHARED

from leconfield.gate.exposure import service
from leconfield.gate.exposure.checking import check
from leconfield.gate.exposure.model import Text
from leconfield.gate.names.finding import Finder
from leconfield.gate.names.guarding import guarded_in
from leconfield.gate.release.model import Colour
from leconfield.ledger.model import Question
from leconfield.ledger.world import World

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


def real_paragraphs(count: int) -> Iterator[str]:
    """Paragraphs of court cases that have nothing to do with the demonstration."""
    lines = (SHARED / "data" / "tab" / "train.jsonl").read_text(encoding="utf-8").splitlines()
    found = (part for line in lines for part in json.loads(line)["text"].split("\n") if len(part) > 200)
    for _, line in zip(range(count), found, strict=False):
        yield line


def speed(subjects: int) -> None:
    """A draft of 500 words against so many subjects."""
    random = Random(1)
    began = time.perf_counter()
    world = _large(random, subjects)
    print(f"{subjects:,} subjects, {len(world.statements):,} statements built in {time.perf_counter() - began:.0f} s")
    reports = random.sample(list(world.reports.values()), 40)
    draft = " ".join(" ".join(each.text for each in reports).split()[:500])
    began = time.perf_counter()
    check(world, Text(draft, TODAY), PROFILE, PUBLIC, offering=False)
    print(f"first check, with every index: {time.perf_counter() - began:.1f} s")
    took = []
    for place in range(9):
        words = f"{draft[place:]} "
        began = time.perf_counter()
        check(world, Text(words, TODAY), PROFILE, PUBLIC, offering=False)
        took.append(time.perf_counter() - began)
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(draft.split())} words: median {1000 * median(took):.0f} ms, worst {1000 * max(took):.0f} ms")
    print(f"{size:.0f} MB")


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
    """Run one of the three."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("cases", "leaks", "speed"))
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--paragraphs", type=int, default=1000)
    parser.add_argument("--subjects", type=int, default=100_000)
    asked = parser.parse_args()
    if asked.what == "cases":
        cases(asked.count, asked.first)
    elif asked.what == "leaks":
        leaks(asked.paragraphs)
    else:
        speed(asked.subjects)


if __name__ == "__main__":
    main()
