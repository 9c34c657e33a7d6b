"""Pages of authority, agents, surveillance, the duty line and oversight on the demo desk, over HTTP, warm.

Run: .venv/bin/python -m benchmarks.departments [--desk FOLDER]   (a table on standard output; nothing else should run)
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

from benchmarks.desk import ROUNDS, Browser, at, run, served

AS_OF = "as_of=2026-06-12T18:00"
"""A moment of the story at which agents are run, a week is planned and somebody is on duty."""
ASKED = {
    ("huw", "second thoughts"): ("/authority", "/authority/calendar", "/authority/register"),
    ("rob", "copper kettle"): ("/agents", "/agents/welfare", "/week?monday=2026-06-15", "/wardrobe", "/safety"),
    ("gwen", "folded map"): ("/operations",),
    ("dora", "night kettle"): ("/duty", "/duty/roster?month=2026-06", "/duty/people"),
    ("odile", "glass of water"): ("/oversight",),
}
"""Pages, by who asks."""


def linked(browser: Browser, page: str, prefix: str) -> list[str]:
    """The pages of single things that a list leads to."""
    words = browser.get(page)[1].split(f'href="{prefix}')
    return [f"{prefix}{each.partition(chr(34))[0]}" for each in words[1:] if len(each.partition('"')[0]) == 32]


def measured(browser: Browser, path: str) -> list[float]:
    """Milliseconds of one page, sorted."""
    browser.get(path)
    return sorted(browser.get(path)[0] for _ in range(ROUNDS))


def ask(_seconds: float, _process: int) -> None:
    """Ask every page as whoever it is for, and print its times."""
    print("| page | p50, ms | p95, ms |\n|---|---|---|")
    for (name, password), paths in ASKED.items():
        browser = Browser(name, password)
        browser.get(f"/me?{AS_OF}")
        ones = [*linked(browser, "/agents", "/agents/")[:4], *linked(browser, "/operations", "/operations/")[:2]]
        live = [f"{each}/live" for each in ones if each.startswith("/operations")]
        for path in (*paths, *dict.fromkeys((*ones, *live))):
            times = measured(browser, path)
            print(f"| {name}: {path} | {statistics.median(times):.0f} | {at(times, 0.95):.0f} |", flush=True)


def main() -> None:
    """Build a demo desk, or take one that stands, and measure."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--desk", type=Path)
    given = arguments.parse_args()
    if given.desk:
        served(given.desk, ask)
        return
    with tempfile.TemporaryDirectory() as folder:
        print(f"demo desk built in {run('demo', '--desk', f'{folder}/desk', '--no-serve'):.0f} s")
        served(Path(folder) / "desk", ask)


if __name__ == "__main__":
    main()
