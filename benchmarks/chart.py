"""How quick the chart is in a browser without a GPU, on networks made here: no data needed.

Run: `python benchmarks/chart.py`. Prints a table; times are milliseconds on the page's own clock.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.web.browser import chromium
from tests.web.charts import charted, measured, opened

SIZES = ((80, 180), (1_000, 2_000), (5_000, 10_000))


def main() -> None:
    """Measure each size in a fresh page."""
    print(f"{'':24}{'first':>9}{'frame':>9}{'frame 95 %':>12}{'a second':>10}{'longest':>9}{'expand':>9}")
    with chromium() as browser:
        for nodes, links in SIZES:
            with charted(nodes, links) as site:
                page = opened(browser, site)
                said = measured(page)
                page.close()
            print(
                f"{f'{nodes:,} and {links:,} links':24}{said.first:9.0f}{said.frame:9.1f}{said.worst:12.1f}"
                f"{said.rate:10.1f}{said.task:9.0f}{said.expand:9.0f}"
            )


if __name__ == "__main__":
    main()
