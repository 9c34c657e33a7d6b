"""The desk as its users feel it: intake of the real reports, pages, memory, trace on SEQUIN's key.

Run: .venv/bin/python benchmarks/desk.py [--reports FOLDER]      (a table on standard output; nothing else should run)
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from http.cookiejar import CookieJar
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("LECONFIELD_SHARED", ROOT.parent / "shared"))
LECONFIELD = Path(sys.executable).with_name("leconfield")
PORT = 8617
ROUNDS = 15


def run(*arguments: str) -> float:
    """Run the command line; the seconds it took."""
    start = time.perf_counter()
    subprocess.run([str(LECONFIELD), *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


class Browser:
    """Somebody signed in to the site."""

    def __init__(self, name: str, password: str) -> None:
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        form = urllib.parse.urlencode({"name": name, "password": password, "onward": "/me"}).encode()
        self._opener.open(f"http://127.0.0.1:{PORT}/sign-in", form).read()

    def get(self, path: str) -> tuple[float, str]:
        """The milliseconds until the whole answer is there, and the answer."""
        start = time.perf_counter()
        body = self._opener.open(f"http://127.0.0.1:{PORT}{path}").read().decode("utf-8", "replace")
        return (time.perf_counter() - start) * 1000, body


def served(desk: Path, what: Callable[[float, int], None]) -> None:
    """Serve the desk, wait for its first page, and do `what` with the seconds that took and the process's id."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(LECONFIELD), "serve", "--desk", str(desk), "--port", str(PORT)], stdout=subprocess.DEVNULL
    )
    try:
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/sign-in").read()
                break
            except OSError:
                time.sleep(0.05)
        what(time.perf_counter() - start, process.pid)
    finally:
        process.terminate()
        process.wait()


def resident(pid: int) -> float:
    """Megabytes of memory at rest."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


def pages(browser: Browser) -> dict[str, list[float]]:
    """Milliseconds of each page, warm."""
    _, inbox = browser.get("/reports")
    report = re.search(r"/reports/[0-9a-f]{32}", inbox)
    _, subjects = browser.get("/subjects")
    subject = re.search(r"/subjects/([0-9a-f]{32})", subjects)
    assert report is not None
    assert subject is not None
    paths = {
        "inbox": "/reports",
        "report": report[0],
        "search": "/search?q=lorry+park",
        "trace": "/trace?q=Ray+Cassell",
        "trace, typing": "/trace/typing?q=ray",
        "subjects": "/subjects",
        "subject": subject[0],
        "review": "/review",
        "chart": f"/chart?ids={subject[1]}",
        "chart data": f"/chart/data?ids={subject[1]}&hops=2",
        "map": "/map",
        "map data": "/map/data",
        "timeline": "/timeline",
        "timeline data": "/timeline/data",
        "me": "/me",
    }
    found: dict[str, list[float]] = {}
    for name, path in paths.items():
        browser.get(path)
        found[name] = sorted(browser.get(path)[0] for _ in range(ROUNDS))
    return found


def traces(folder: Path) -> tuple[list[float], int, int]:
    """Milliseconds of each trace of SEQUIN's key on this desk, and how many found whom they should, of how many."""
    sys.path.insert(0, str(ROOT))
    from tests.examples.answers import key, traced, view_of

    from leconfield.demo import read_case
    from leconfield.demo.build import case_folder, fill
    from leconfield.ledger.desk import Desk

    desk = Desk.open(folder)
    records = fill(desk, read_case(case_folder()))
    times, right = [], 0
    for question in key()["traces"]:
        view = view_of(desk, question["user"])
        traced(view, records, question)
        start = time.perf_counter()
        right += traced(view, records, question).right
        times.append((time.perf_counter() - start) * 1000)
    desk.close()
    return sorted(times), right, len(times)


def at(values: list[float], share: float) -> float:
    """The value at that share of the sorted values."""
    return values[min(len(values) - 1, int(len(values) * share))]


def row(what: str, value: str, target: str) -> None:
    """Print a row of the table."""
    print(f"| {what} | {value} | {target} |", flush=True)


def main() -> None:
    """Measure everything and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=Path, default=SHARED / "data" / "muc3" / "texts")
    reports = parser.parse_args().reports
    folder = Path(tempfile.mkdtemp(prefix="leconfield-benchmark-"))
    desk = folder / "desk"
    print("| figure | measured | target |\n|---|---|---|")
    try:
        row("demo desk (SEQUIN) built", f"{run('demo', '--no-serve', '--desk', str(desk)):.1f} s", "")
        words = sum(len(path.read_text("utf-8", "replace").split()) for path in reports.rglob("*") if path.is_file())
        seconds = run(
            "intake",
            "--desk",
            str(desk),
            "--as",
            "rob",
            "--source",
            "FBIS",
            "--channel",
            "open",
            "--grade",
            "C3",
            "--label",
            "O",
            "--archive",
            str(reports),
        )
        row("intake of the 1,500 reports", f"{seconds:.1f} s", "<= 60 s")
        row("words a second, end to end", f"{words / seconds:,.0f}", ">= 10,000 a core")
        served(desk, serving)
        times, right, asked = traces(desk)
        row("trace on SEQUIN's key, p50 / p99", f"{at(times, 0.5):.1f} / {at(times, 0.99):.1f} ms", "")
        row("trace on SEQUIN's key, right", f"{right} of {asked}", "all")
    finally:
        shutil.rmtree(folder)


def serving(start: float, pid: int) -> None:
    """Measure the served desk."""
    row("serve to first page (sign-in)", f"{start:.1f} s", "")
    before = time.perf_counter()
    browser = Browser("rob", "copper kettle")
    browser.get("/reports")
    row("first inbox, cold", f"{time.perf_counter() - before:.1f} s", "")
    for name, times in pages(browser).items():
        row(
            f"page: {name}, median / p95", f"{statistics.median(times):.0f} / {at(times, 0.95):.0f} ms", "<= 100 ms p95"
        )
    row("memory, one officer's world", f"{resident(pid):.0f} MB", "< 500 MB")
    for name, password in (("emma", "paper boat"), ("karina", "orchard gate")):
        Browser(name, password).get("/trace?q=Ray+Cassell")
    row("memory, three officers' worlds", f"{resident(pid):.0f} MB", "< 500 MB")


if __name__ == "__main__":
    main()
