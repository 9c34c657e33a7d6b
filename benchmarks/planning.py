"""A handler's week: how long a plan takes, how near it is to the best, and whether it is right.

Run: .venv/bin/python -m benchmarks.planning [--weeks 40]      (a table on standard output; nothing else should run)

Every week is checked by a validator that shares nothing with the solver (`tests/agents/planning/weeks.py`). Beside the
solver stands what people do by hand: take the meetings in the order of their windows, and for each the first hour,
cover and outfit that break no rule.
"""

from __future__ import annotations

import argparse
import statistics
import time
from itertools import product

from tests.agents.planning.weeks import drawn, faults

from leconfield.agents.planning.model import Plan, Planned, Week
from leconfield.agents.planning.solving import plan

STEP = 30
"""Minutes between the hours that are tried by hand."""


def by_hand(week: Week) -> Plan | None:
    """The first fit; None where it gets stuck."""
    taken: list[Planned] = []
    wardrobe = {each.name: [one for one in week.wardrobe if each.name in one.covers] for each in week.covers}
    needs = {each.name: each.needs for each in week.covers}
    for meeting in sorted(week.meetings, key=lambda each: min(one.begin for one in each.windows)):
        hours = [
            at
            for one in meeting.windows
            for at in range(one.begin, max(one.begin, one.end - meeting.minutes) + 1, STEP)
        ]
        for at, handler, cover in product(hours, meeting.handlers, meeting.covers):
            sets = product(*([each for each in wardrobe[cover] if each.kind == kind] for kind in needs[cover]))
            fitting = (Planned(meeting.id, at, handler, cover, tuple(each.id for each in worn)) for worn in sets)
            tried = next((each for each in fitting if not _breaks(week, [*taken, each])), None)
            if tried is not None:
                taken.append(tried)
                break
        else:
            return None
    return Plan(tuple(sorted(taken, key=lambda each: (each.start, each.meeting))), 0, 0)


def _breaks(week: Week, taken: list[Planned]) -> bool:
    known = {each.meeting for each in taken}
    part = Week(
        tuple(each for each in week.meetings if each.id in known),
        week.covers,
        week.wardrobe,
        week.known,
        week.days,
        week.rules,
    )
    return bool(faults(part, Plan(tuple(sorted(taken, key=lambda each: (each.start, each.meeting))), 0, 0)))


def weeks(count: int) -> None:
    """Plan so many random weeks of eight meetings."""
    took, right, best, clashes, stuck = [], 0, 0, 0, 0
    for seed in range(count):
        week = drawn(seed)
        start = time.perf_counter()
        found = plan(week)
        took.append(time.perf_counter() - start)
        hand = by_hand(week)
        if isinstance(found, Plan):
            right += not faults(week, found)
            best += found.cost == found.bound
            stuck += hand is None
        else:
            clashes += 1
            assert hand is None, "by hand a week was found where the solver says that there is none"
    kept = count - clashes
    print(f"{count} weeks of 8 meetings: {kept} kept, {clashes} clash")
    print(
        f"  seconds p50 {statistics.median(took):.2f}, p95 {sorted(took)[int(count * 0.95)]:.2f}, worst {max(took):.2f}"
    )
    print(f"  right by the validator {right} of {kept}; shown to be the best {best} of {kept}")
    print(f"  by hand (first fit) stuck on {stuck} of the {kept} that can be kept")


def main() -> None:
    """Measure."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--weeks", type=int, default=40)
    weeks(arguments.parse_args().weeks)


if __name__ == "__main__":
    main()
