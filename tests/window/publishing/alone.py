"""A publisher in a process of its own: `python -m tests.window.publishing.alone FOLDER MOMENT TURNS SECONDS`."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from pathlib import Path

from leconfield.window.config import Config
from leconfield.window.publishing.publisher import alone, open_publisher


def main(folder: str, moment: str, turns: str, seconds: str) -> None:
    """So many turns, so many seconds apart by a clock that begins at that moment."""
    now = datetime.fromisoformat(moment)
    with alone(Path(folder)):
        publisher = open_publisher(Config.load(Path(folder)), lambda: now)
        for _ in range(int(turns)):
            publisher.turn()
            now += timedelta(seconds=int(seconds))


if __name__ == "__main__":
    main(*sys.argv[1:])
