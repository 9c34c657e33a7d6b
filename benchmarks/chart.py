"""How quick the chart is in a browser without a GPU, on networks made here: no data needed.

Run: `python benchmarks/chart.py`. Prints a table in milliseconds. By the page's own clock, so that
what else runs on the machine counts: from the data to the first picture; the 95th percentile of script in a frame; the
frames in a second; from asking for what is around a subject until it is drawn. Processor time, so that it does not:
the work up to the first picture; script in a frame (mean); the longest task of the page's main thread.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.web.browser import chromium
from tests.web.charts import charted, figures

SIZES = ((80, 180), (1_000, 2_000), (5_000, 10_000))
HEADS = ("first", "its work", "frame", "frame 95 %", "a second", "longest", "expand")


def main() -> None:
    """Measure each size in a fresh page."""
    print(f"{'':24}" + "".join(f"{each:>11}" for each in HEADS))
    with chromium() as browser:
        for nodes, links in SIZES:
            with charted(nodes, links) as site:
                said = figures(browser, site)
            row = (said.first, said.work, said.frame, said.worst, said.rate, said.task, said.expand)
            print(f"{f'{nodes:,} and {links:,} links':24}" + "".join(f"{each:11.1f}" for each in row))


if __name__ == "__main__":
    main()
