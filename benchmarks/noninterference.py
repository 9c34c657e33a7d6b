"""What the non-interference battery costs and what it finds: worlds a second, reads a world, worlds per planted leak.

Run: `python -m benchmarks.noninterference [--worlds 200] [--seeds 9]`, on one core; the tests hold the same to account.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from random import Random
from statistics import median

import structlog
from tests.ledger.desks import EMMA
from tests.noninterference import battery, pages
from tests.noninterference.battery import hidden_ids, small
from tests.noninterference.desks import done, play, quick_desks
from tests.noninterference.leaks import HTTP, LEAKS, planted
from tests.noninterference.trials import Battery, apart, drawn, found_after

from leconfield import app


def speed(name: str, ask: Battery, scripts: int, secrets: int = 4) -> None:
    apart(drawn(Random("warm"), secrets, plain=True), ask, (EMMA,))
    start = time.process_time()
    told = [apart(drawn(Random(f"speed {n}"), secrets, plain=True), ask, (EMMA,)) for n in range(scripts)]
    seconds = time.process_time() - start
    print(
        f"{name:<12} {scripts * secrets / seconds:8.1f} worlds/s of processor time, {sum(map(bool, told))} told apart"
    )


def reads(scripts: int = 50) -> None:
    for name, ask in (("Python API", battery.transcript), ("HTTP", pages.transcript)):
        counted = []
        for number in range(scripts if ask is battery.transcript else scripts // 5):
            ((low, secret),) = drawn(Random(f"reads {number}"), 1)
            played = play(low, secret)
            counted.append(len(ask(played.desk, EMMA, small((low, secret), sorted(hidden_ids(played.desk))[:12]))))
            done(played)
        print(f"{name:<12} {median(counted):8.0f} answers compared a world (median), {max(counted)} at most")
    played = play(())
    print(f"{'':<12} {len(pages.routes(app.site(played.desk), 'GET')):8} GET routes")
    done(played)


def leaks(seeds: int, most: int) -> None:
    print(f"\n{'planted leak':<48} {'channel':<42} median    max   worlds until it is found, {seeds} seeds")
    for each in LEAKS.values():
        ask: Callable[..., battery.Transcript] = pages.transcript if each.where == HTTP else battery.transcript
        with planted(each.name):
            needed = [found_after(ask, most, seed) or most + 1 for seed in range(seeds)]
        print(f"{each.name:<48} {each.channel:<42} {median(needed):6.0f} {max(needed):6}", flush=True)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--worlds", type=int, default=200)
    asked.add_argument("--seeds", type=int, default=9)
    asked.add_argument("--most", type=int, default=2000)
    told = asked.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    with quick_desks(), pages.prepared():
        speed("Python API", battery.transcript, told.worlds // 4)
        speed("HTTP", pages.transcript, max(1, told.worlds // 40))
        reads()
        leaks(told.seeds, told.most)


if __name__ == "__main__":
    main()
