"""What the hour of an answer gives away, by rule of publishing: the table of docs/rounds.md.

python benchmarks/rounds.py [TRIALS]
"""

from __future__ import annotations

import sys
import time

from leconfield.outreach.rounds import simulation
from leconfield.outreach.rounds.simulation import ANSWERS, BATCH, LIVE, RULES

NAMES = {LIVE: "live, the shift shows", BATCH: "one instant for all"}


def main() -> None:
    """Print the table."""
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else simulation.TRIALS
    began = time.perf_counter()
    seen = {(each.rule, each.answers): each for each in simulation.table(trials)}
    print(f"| answers ({trials} trials) | " + " | ".join(map(str, ANSWERS)) + " |")
    print("|---|" + "---|" * len(ANSWERS))
    for rule in RULES:
        name = NAMES.get(rule, f"delay up to {rule} day{'s' if rule > 1 else ''}")
        cells = (seen[rule, count] for count in ANSWERS)
        print(f"| {name} | " + " | ".join(f"{each.right:.2f} / {each.left:.1f}" for each in cells) + " |")
    print(f"\n{time.perf_counter() - began:.1f} s; in each cell: how often he is named rightly / how many are left")


if __name__ == "__main__":
    main()
