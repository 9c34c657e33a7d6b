"""The desk's own resolution: how long it takes to judge, to take a judgement back, and to look before one decides.

    OMP_NUM_THREADS=1 .venv/bin/python benchmarks/resolution_desk.py DESK [--reader NAME] [--rounds N]

DESK is the folder of a desk, such as `leconfield demo --reports FOLDER` makes; it is only read. Each round joins two
subjects of the queue or splits one of many records, looks at the preview, takes it back, and checks that everything is
as before. Times are processor time on one core, in milliseconds.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from random import Random
from typing import TypeVar

from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Judgement, Question, SubjectId
from leconfield.ledger.view import View
from leconfield.ledger.world import Delta
from leconfield.registry.history import History
from leconfield.registry.resolution import Partition
from leconfield.registry.splitting import preview

T = TypeVar("T")
Times = dict[str, list[float]]


def main() -> None:
    """Measure, and print a table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("desk", type=Path)
    asked.add_argument("--reader", default="emma")
    asked.add_argument("--rounds", type=int, default=200)
    chosen = asked.parse_args()
    desk = Desk.open(chosen.desk)
    view = desk.view(desk.reader(chosen.reader), asking=Question("benchmark"))
    times: Times = {}
    partition = timed(times, "everything resolved at once", lambda: view.derived(Partition))
    timed(times, "the queue, first time", partition.proposals)
    before = snapshot(partition)
    for left, right, verdict in pairs(partition, chosen.rounds):
        rounds(view, partition, times, left, right, verdict)
    if snapshot(partition) != before:
        raise SystemExit("what was taken back has left a trace")
    events = timed(times, "everything played again, joins and splits told", lambda: view.derived(History)).events
    held = f"{len(view.world.by_subject):,} records, {len(partition.subjects()):,} subjects, {len(events)} events"
    print(f"{held}; as before after every round: yes")
    print(f"{'':52}{'n':>6}{'median':>10}{'p99':>10}{'most':>10}")
    for what, found in times.items():
        ordered = sorted(found)
        late = ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]
        print(f"{what:52}{len(found):6}{statistics.median(found):10.2f}{late:10.2f}{ordered[-1]:10.2f}")


def timed(times: Times, what: str, act: Callable[[], T]) -> T:
    """Do it; note how long it took, in milliseconds of processor time."""
    start = time.process_time()
    found = act()
    times.setdefault(what, []).append((time.process_time() - start) * 1000)
    return found


def snapshot(partition: Partition) -> object:
    """Everything that is answered of who is who."""
    subjects = partition.subjects()
    return subjects, [partition.links_of(each) for each in subjects], partition.proposals()


def pairs(partition: Partition, count: int) -> list[tuple[SubjectId, SubjectId, str]]:
    """Half pairs of the queue, to be joined; half edges of subjects, to be split, those of the largest among them."""
    chance = Random(1)
    queue = [(each.left.id, each.right.id, "same") for each in islice(partition.proposals(), count // 2)]
    several = sorted(
        (each for each in partition.subjects() if len(each.records) > 1), key=lambda one: -len(one.records)
    )
    split = [*several[: count // 8], *chance.sample(several, min(len(several), count // 2 - count // 8))]
    edges = [chance.choice(partition.links_of(each)) for each in split]
    return [*queue, *((each.left, each.right, "different") for each in edges)]


def rounds(view: View, partition: Partition, times: Times, left: SubjectId, right: SubjectId, verdict: str) -> None:
    """Look, decide, look at the queue, take it back, look at the queue again."""
    kind = "join" if verdict == "same" else "split"
    timed(times, f"preview of a {kind}", lambda: preview(view, left, right, verdict))
    for said, what in ((verdict, f"a {kind} decided"), ("withdrawn", f"a {kind} taken back")):
        judged = Judgement(left, right, said, "benchmark", "", f"2099-01-01T00:00:0{said == 'withdrawn':d}", "")
        timed(times, what, lambda judged=judged: view.world.grow(Delta(judgements=(judged,))))
        timed(times, "the queue, after either", partition.proposals)


if __name__ == "__main__":
    main()
