"""The window as its real process, run as a host would run it, and all that it wrote, said and loaded."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

_RUN = """
import atexit, os, sys
written, loaded = set(), sys.argv.pop(1)
def heard(event, told):
    if event == "open" and isinstance(told[0], (str, bytes)) and told[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        written.add(os.path.abspath(os.fsdecode(told[0])))
    elif event == "sqlite3.connect":
        written.add(os.path.abspath(os.fsdecode(told[0])))
sys.addaudithook(heard)
def told():
    names = sorted(sys.modules)
    with open(loaded, "w") as file:
        file.write("\\n".join(names) + "\\n--\\n" + "\\n".join(sorted(written - {loaded})))
atexit.register(told)
from leconfield import entry
entry.main()
"""
"""Runs the command line, and at its end says which modules it has loaded and which files it has opened to write."""


@dataclass
class Running:
    """A window's process; `modules`, `written` and `said` are known once it has ended."""

    address: str
    folder: Path
    modules: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()
    said: bytes = b""
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)


@contextmanager
def running(folder: Path, beside: Path) -> Iterator[Running]:
    """`leconfield window serve FOLDER`, until the block is left; what it says at its end goes to the folder beside."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    beside.mkdir(parents=True, exist_ok=True)
    loaded = beside / "loaded.txt"
    command = [sys.executable, "-c", _RUN, str(loaded), "window", "serve", str(folder), "--port", str(port)]
    with (beside / "said.txt").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
        made = Running(f"http://127.0.0.1:{port}", folder, _process=process)
        try:
            _wait_for(made.address, process)
            yield made
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    made.said = (beside / "said.txt").read_bytes()
    modules, _, written = loaded.read_text().partition("\n--\n")
    made.modules, made.written = frozenset(modules.split("\n")), frozenset(written.split("\n")) - {""}


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if process.poll() is not None:
            raise AssertionError(f"the window ended with {process.returncode} before it answered")
        try:
            httpx.get(f"{address}/robots.txt", timeout=5)
        except httpx.TransportError:
            time.sleep(0.05)  # nothing tells another process that a port is being listened on
        else:
            return
    raise AssertionError("the window did not answer within a minute")
