"""Would a typology have raised an organisation before its next attack? On the real reports of MUC-3/4, by their keys.

Run: .venv/bin/python benchmarks/typologies.py [--desk FOLDER] [--data FOLDER] [--typology ID]

The reports are filed into a desk (kept in FOLDER if that is given), gone through week by week in the order of their
dates, and each week's list is held against the attacks that the keys ascribe to an organisation within the weeks after.
`train` is DEV (1,300 reports; on these one may look when choosing weights), `dev` is TST1 and TST2 (200 reports); TST3
and TST4 are not touched. Reports that bear no date are left out: nobody knows when they were learnt.
"""

from __future__ import annotations

import argparse
import os
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from leconfield.desk.typologies.backtest import BackTest
from leconfield.desk.typologies.catalogue import shipped
from leconfield.desk.typologies.measures import LOUDEST, WEIGHTIEST, Outcomes, Week, measure, stories
from leconfield.desk.typologies.model import Typology
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Question, SubjectId
from leconfield.ledger.world import Delta, World
from leconfield.registry.resolution import Partition
from leconfield.registry.scripts import fold

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("LECONFIELD_SHARED", ROOT.parent / "shared"))
BUDGETS = (1, 2, 5, 10)
HORIZONS = (4, 8)
PARTS = {"train": ("DEV",), "dev": ("TST1", "TST2")}
_SLOT = re.compile(r"^(\d+)\.\s+[A-Z: ]+?\s{2,}(.*)$")
_DOCUMENT = re.compile(r"(?:DEV|TST[12])-MUC[34]-\d{4}")
_DAY = re.compile(r"(\d{1,2}) ([A-Z]{3}) (\d{2})$")
Attack = tuple[str, int, tuple[str, ...]]
"""Document, day (0: that of the document), names of the organisation."""


def attacks(keys: Path) -> Iterator[Attack]:
    """The attacks that the keys ascribe to an organisation; optional templates and threats are left out."""
    for path in sorted(keys.glob("key-*")):
        template: dict[int, list[str]] = defaultdict(list)
        for line in [*path.read_text("utf-8", "replace").splitlines(), "0.  MESSAGE: ID    end"]:
            found = _SLOT.match(line)
            if found and int(found[1]) == 0:
                yield from _attack({slot: " ".join(said) for slot, said in template.items()})
                template = defaultdict(list)
            if found:
                slot = int(found[1])
                template[slot].append(found[2])
            elif line.startswith(" ") and template:
                template[slot].append(line.strip())


def _attack(template: dict[int, str]) -> Iterator[Attack]:
    organisations = template.get(10, "-")
    if template.get(1, "*").strip() in ("*", "") or organisations[:1] in ("-", "*", "?", ""):
        return
    if "OPTIONAL" in template.get(1, "") or template.get(5, "").strip() == "THREATENED":
        return
    names = tuple(re.findall(r'"((?:[^"\\]|\\.)+)"', organisations))
    if names:
        yield template[0].split()[0], _day(template.get(2, "")), names


def _day(written: str) -> int:
    found = _DAY.search(written.strip()) if "-" not in written else None
    try:
        return datetime.strptime(found[0].title(), "%d %b %y").date().toordinal() if found else 0  # noqa: DTZ007 - a day
    except ValueError:
        return 0


def filled(folder: Path, texts: Path) -> Desk:
    """The desk in the folder, with the reports filed into it as they bear their dates."""
    from leconfield.demo.build import ARCHIVE
    from leconfield.intake import commands, service

    if (folder / "desk.db").exists():
        return Desk.open(folder)
    desk = Desk.create(folder)
    desk.append(
        accounts.KEEPER, [accounts.enrolling("ann", "Ann, analyst", "a long password", frozenset("O"), frozenset())]
    )
    commands.run(desk, "ann", service.file_paths([texts]), ARCHIVE, quiet=True)
    return desk


def documents(world: World) -> dict[str, str]:
    """The report of each document that bears a date, by the document's number."""
    found = {}
    for each in world.reports.values():
        number = _DOCUMENT.search(f"{each.title} {each.reference} {each.text[:60]}")
        if number and each.written:
            found[number[0]] = each.id
    return found


def part_of(world: World, reports: Iterable[str]) -> World:
    """The world that holds these reports and what they say, and nothing else."""
    kept = set(reports)
    made = World()
    made.grow(
        Delta(
            tuple(each for each in world.reports.values() if each.id in kept),
            tuple(each for each in world.statements.values() if each.report in kept),
        )
    )
    return made


def outcomes_in(world: World, known: dict[str, str], told: Iterable[Attack]) -> Outcomes:
    """When each subject attacked, by the keys; an organisation of which the desk knows no subject is one missed."""
    partition = world.derived(Partition)
    named: dict[str, SubjectId] = {}
    head_of: dict[SubjectId, SubjectId] = {}
    for subject in partition.subjects():
        head_of.update(dict.fromkeys(subject.records, subject.id))
        if subject.schema == "Organization":
            for name in subject.names:
                named.setdefault(fold(name), subject.id)
    days: dict[SubjectId, set[int]] = defaultdict(set)
    for document, day, names in told:
        if document in known:
            written = date.fromisoformat(world.reports[known[document]].written[:10]).toordinal()  # type: ignore[index]
            found = (named[fold(each)] for each in names if fold(each) in named)
            days[next(found, SubjectId(f"missed {names[0]}"))].add(min(day or written, written))
    return Outcomes({each: tuple(sorted(found)) for each, found in days.items()}, head_of)


def table(name: str, weeks: list[Week], outcomes: Outcomes) -> None:
    """Print precision and recall at each budget and horizon, beside the plain volume baseline."""
    for horizon in HORIZONS:
        for budget in BUDGETS:
            ours, theirs = (measure(weeks, outcomes, each, budget, horizon) for each in (WEIGHTIEST, LOUDEST))
            print(
                f"| {name} | {horizon} weeks | {budget} | {ours.precision:.3f} / {theirs.precision:.3f} "
                f"| {ours.recall:.3f} / {theirs.recall:.3f} | {ours.looked} / {theirs.looked} | {ours.outcomes} |"
            )


def next_attack(name: str, weeks: list[Week], outcomes: Outcomes, typology: Typology) -> None:
    """Print for how many organisations, and attacks, the typology had raised them before."""
    told = [each for each in stories(weeks, outcomes) if each.outcomes and each.subject in outcomes.head_of]
    several = [each for each in told if each.outcomes > 1]
    raised = [each for each in told if each.next]
    total, before = sum(each.outcomes for each in told), sum(each.before for each in told)
    print(
        f"{name}: {len(told)} organisations of the keys are subjects here, {len(several)} attack more than once; "
        f"raised at {typology.threshold:g} bits before a later attack: {len(raised)}; attacks whose organisation stood "
        f"above the threshold at the end of the week before: {before} of {total}; "
        f"new files a week: {sum(each.new for each in weeks) / len(weeks):.2f}, "
        f"standing: {sum(len(each.raised) for each in weeks) / len(weeks):.1f}"
    )


def main() -> None:
    """Measure the parts and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--desk", type=Path, help="keep the desk here, or go on with the one that is")
    parser.add_argument("--data", type=Path, default=SHARED / "data" / "muc3")
    parser.add_argument("--typology", default="attack-planning-network")
    asked = parser.parse_args()
    typology = next(each.typology for each in shipped() if each.typology.id == asked.typology)
    with tempfile.TemporaryDirectory(prefix="leconfield-benchmark-") as scratch:
        desk = filled(asked.desk or Path(scratch) / "desk", asked.data / "texts")
        world = desk.view(desk.reader("ann"), asking=Question("benchmark")).world
        measured(world, typology, list(attacks(asked.data / "keys")))
        desk.close()


def measured(world: World, typology: Typology, told: list[Attack]) -> None:
    """Run the typology over each part, and over all with the attacks that only `dev` tells of."""
    known = documents(world)
    print("| part | within | subjects a week | precision, typology / volume | recall | looks | attacks |")
    print("|---|---|---|---|---|---|---|")
    parts = {
        name: {number: report for number, report in known.items() if number.startswith(starts)}
        for name, starts in PARTS.items()
    }
    lines = []
    for name, reports, counted in (
        ("train", parts["train"], parts["train"]),
        ("dev", parts["dev"], parts["dev"]),
        ("all, attacks told in dev", known, parts["dev"]),
        ("all", known, known),
    ):
        here = part_of(world, reports.values())
        start, worked = time.perf_counter(), time.process_time()
        run = BackTest(here, typology)
        for _ in run.run():
            pass
        seconds = f"{time.perf_counter() - start:.1f} s, {time.process_time() - worked:.1f} s of processor"
        outcomes = outcomes_in(here, counted, told)
        table(name, run.weeks, outcomes)
        lines.append((name, run.weeks, outcomes, seconds, len(reports)))
    print()
    for name, weeks, outcomes, seconds, number in lines:
        print(f"{name}: {number:,} dated reports in {len(weeks)} weeks, {seconds}")
        next_attack(name, weeks, outcomes, typology)


if __name__ == "__main__":
    main()
