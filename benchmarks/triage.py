"""What an officer waits for while he triages: the queue, a decision, the next item; over HTTP, on the demo desk.

Run: .venv/bin/python -m benchmarks.triage [--items 60]      (a table on standard output; nothing else should run)
"""

from __future__ import annotations

import argparse
import re
import statistics
import tempfile
import time
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from itertools import cycle
from pathlib import Path

from benchmarks.desk import PORT, run, served

SITE = f"http://127.0.0.1:{PORT}"
DECISIONS = ("reject", "reject", "trace", "lead", "pass")
"""Over and over: about as a shift decides."""


class Officer:
    """Somebody signed in who works the queue by its forms."""

    def __init__(self, name: str, password: str) -> None:
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.send("/sign-in", {"name": name, "password": password, "onward": "/leads"})

    def send(self, path: str, fields: dict[str, str] | None = None) -> tuple[float, str]:
        """Milliseconds until the page that follows is there whole, and the page."""
        body = urllib.parse.urlencode(fields).encode() if fields is not None else None
        start = time.perf_counter()
        answer = self._opener.open(SITE + path, body).read().decode()
        return (time.perf_counter() - start) * 1000, answer


def worked(items: int) -> dict[str, list[float]]:
    """Milliseconds of each kind of step, over so many items decided one after another."""
    officer, found = Officer("rob", "copper kettle"), {}
    _, page = officer.send("/leads")
    for decision in cycle(DECISIONS):
        token, item = (re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("csrf", "item"))
        if token is None or item is None or len(found.get("decide, and the next item", ())) == items:
            return found
        took, _ = officer.send(f"/leads?item={item[1]}")
        found.setdefault("turn to an item", []).append(took)
        fields = {"csrf": token[1], "item": item[1], "decision": decision, "to": "the other team"}
        took, page = officer.send("/leads/triage", {**fields, "reason": "Looked at; this is what it comes to."})
        found.setdefault("decide, and the next item", []).append(took)
        found.setdefault(f"of these: {decision}", []).append(took)
    return found


def main() -> None:
    """Build a demo desk, work its queue, say how long each step took."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--items", type=int, default=60)
    wanted = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder) / "desk"
        run("demo", "--desk", str(desk), "--no-serve")

        def measure(_started: float, _process: int) -> None:
            for what, took in worked(wanted.items).items():
                took.sort()
                late = took[min(len(took) - 1, int(0.95 * len(took)))]
                print(f"| {what} ({len(took)}) | {statistics.median(took):.0f} / {late:.0f} / {took[-1]:.0f} ms |")

        served(desk, measure)


if __name__ == "__main__":
    main()
