"""How long a duty roster takes, and how fair it is: `python benchmarks/roster.py`. 24 people, 28 days: 5 s at most."""

from __future__ import annotations

import time
from random import Random

from leconfield.staff.profile import shipped
from leconfield.staff.roster import Search
from leconfield.staff.turns import DUTIES, Duty, Officer, Request

DAYS = 28


def asked(people: int, duties: tuple[Duty, ...], seed: int, leading: int) -> Request:
    """A request in which some are away, each bore something before, and only the first few take the last duty."""
    chance = Random(seed)
    last = frozenset({duties[-1].name})
    officers = tuple(
        Officer(
            f"officer {number}",
            frozenset(chance.sample(range(DAYS), chance.randint(0, 6))),
            chance.randint(0, 10),
            last if number >= leading else frozenset(),
        )
        for number in range(people)
    )
    return Request(officers, DAYS, duties=duties)


def main() -> None:
    """Print a table: seconds by the wall and of the processor, the longest piece, the spread, the bound."""
    print(f"{'what':44} {'s':>6} {'cpu s':>6} {'longest':>8} {'spread':>7} {'cost':>6} {'bound':>6}")
    for words, request in (
        ("24 people, 3 duties", Request(tuple(Officer(f"officer {number}") for number in range(24)), DAYS)),
        ("24 people, 3 duties, away and borne", asked(24, DUTIES, 1, 24)),
        ("24 people, 5 duties, away and borne", asked(24, shipped().duties, 2, 24)),
        ("24 people, 5 duties, 5 of them controllers", asked(24, shipped().duties, 3, 5)),
        ("12 people, 5 duties, away and borne", asked(12, shipped().duties, 4, 12)),
    ):
        search, longest, begun, worked = Search(request), 0.0, time.perf_counter(), time.process_time()
        while not search.done:
            before = time.process_time()
            search.step()
            longest = max(longest, time.process_time() - before)
        taken, cpu, made = time.perf_counter() - begun, time.process_time() - worked, search.found
        print(f"{words:44} {taken:6.2f} {cpu:6.2f} {longest:8.2f} {made.spread:7} {made.cost:6} {made.bound:6}")


if __name__ == "__main__":
    main()
