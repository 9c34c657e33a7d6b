"""Readers who poll the window: requests a second on one core, with the page already had (304) and without (200).

Run: `python benchmarks/window.py [--seconds 5] [--connections 64]`. The window is its real process, held to one core;
it is asked from another. A reader who looks every half minute costs 1/30 of a request a second. Beside what was reached
stands what a second of the window's own processor time comes to: that is the same on a machine with other work.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the tests' window, with its stories
HEAD = "page            status  bytes  requests/s    own/s  p50 ms  p99 ms  readers"
EVERY = 30
"""Seconds between two looks of one reader."""


@dataclass(frozen=True)
class Measured:
    """What one way of asking came to."""

    path: str
    status: int
    size: int
    each_second: float
    each_own: float
    """Requests for a second of the process' own time."""
    median: float
    worst: float

    def line(self) -> str:
        """A line of the table."""
        rates = f"{self.each_second:>11,.0f} {self.each_own:>8,.0f}"
        times = f"{self.median * 1000:>7.1f} {self.worst * 1000:>7.1f}"
        return f"{self.path:<15} {self.status:>6} {self.size:>6,} {rates} {times} {int(self.each_own * EVERY):>8,}"


def serve(folder: Path, port: int) -> subprocess.Popen[bytes]:
    """The window's process, on the first core alone."""
    run = "from leconfield.entry import main; main()"
    command = [sys.executable, "-c", run, "window", "serve", str(folder), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    os.sched_setaffinity(process.pid, {min(os.sched_getaffinity(0))})
    return process


def own_seconds(process: subprocess.Popen[bytes]) -> float:
    """Seconds of processor time that the process has had (proc(5): utime and stime)."""
    told = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


async def measured(
    process: subprocess.Popen[bytes], port: int, path: str, tag: str, connections: int, seconds: float
) -> Measured:
    """Ask over that many connections at once, for that long."""
    before = own_seconds(process)
    took: list[float] = []
    seen: list[tuple[int, int]] = []
    until = time.perf_counter() + seconds
    await asyncio.gather(*(_reader(port, path, tag, until, took, seen) for _ in range(connections)))
    own = own_seconds(process) - before
    took.sort()
    status, size = seen[0]
    rates = len(took) / seconds, len(took) / own
    return Measured(path, status, size, *rates, took[len(took) // 2], took[int(len(took) * 0.99)])


async def _reader(port: int, path: str, tag: str, until: float, took: list[float], seen: list[tuple[int, int]]) -> None:
    reading, writing = await asyncio.open_connection("127.0.0.1", port)
    had = f"If-None-Match: {tag}\r\n" if tag else ""
    asked = f"GET {path} HTTP/1.1\r\nHost: window\r\n{had}\r\n".encode()
    while (begun := time.perf_counter()) < until:
        writing.write(asked)
        head = await reading.readuntil(b"\r\n\r\n")
        length = int(_header(head, b"content-length") or 0)
        if length:
            await reading.readexactly(length)
        took.append(time.perf_counter() - begun)
        seen.append((int(head.split(b" ", 2)[1]), length))
    writing.close()


def _header(head: bytes, name: bytes) -> str:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(name + b":"):
            return line.partition(b":")[2].strip().decode()
    return ""


async def tag_of(port: int, path: str) -> str:
    """The ETag of a page, once the window answers."""
    for _ in range(600):
        try:
            reading, writing = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
            continue
        writing.write(f"GET {path} HTTP/1.1\r\nHost: window\r\nConnection: close\r\n\r\n".encode())
        head = await reading.read()
        writing.close()
        return _header(head.partition(b"\r\n\r\n")[0], b"etag")
    raise SystemExit("the window did not answer within a minute")


async def table(process: subprocess.Popen[bytes], port: int, connections: int, seconds: float) -> None:
    """Measure each page both ways, and print."""
    print(HEAD)
    for path in ("/", "/stories", "/feeds/all.atom"):
        tag = await tag_of(port, path)
        for wanted in ("", tag):
            print((await measured(process, port, path, wanted, connections, seconds)).line(), flush=True)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--connections", type=int, default=64)
    wanted = parser.parse_args()

    from tests.window.houses import Spooled, initialised
    from tests.window.told_stories import tell

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "window"
        initialised(folder)
        tell(Spooled(folder))
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            port = found.getsockname()[1]
        process = serve(folder, port)
        try:
            asyncio.run(table(process, port, wanted.connections, wanted.seconds))
        finally:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    main()
