"""Killing a child on entering its n-th call of one kind, for every n until it gets through."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

SYNCS: Final = ("fsync", "fdatasync")
WRITES: Final = ("pwrite64", "write")
OTHERS: Final = ("rename", "renameat2", "ftruncate", "unlink", "mkdir")
_ROOT: Final = Path(__file__).resolve().parents[2]
_MEMORY: Final = Path("/dev/shm")


@dataclass(frozen=True, slots=True)
class Left:
    """What a child left behind: its desk, what it said was done, and how it ended (0: it got through)."""

    desk: Path
    acknowledged: tuple[str, ...]
    ended: int


@contextmanager
def quick_folder() -> Iterator[Path]:
    """A folder in memory where there is one: a kill keeps what was written either way."""
    with TemporaryDirectory(prefix="leconfield-crash-", dir=_MEMORY if os.access(_MEMORY, os.W_OK) else None) as made:
        yield Path(made)


class Nursery:
    """Plays scenes in children that are killed at a chosen call."""

    def __init__(self, folder: Path, template: Path, files: Path) -> None:
        self._folder = folder
        self._template = template
        self._files = files
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.nursery"],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        """Let the nursery end."""
        self._process.communicate()

    def play(self, scene: str, call: str = "", n: int = 0) -> Left:
        """Play the scene on a fresh copy of the desk; the child dies on entering its n-th `call`."""
        desk, gate, acks = (self._folder / name for name in ("desk", "gate", "acks"))
        shutil.rmtree(desk, ignore_errors=True)
        shutil.copytree(self._template, desk)
        acks.write_bytes(b"")
        gate.unlink(missing_ok=True)
        os.mkfifo(gate)
        job = {"scene": scene, "desk": desk, "files": self._files, "gate": gate, "acks": acks}
        child = self._ask({name: str(value) for name, value in job.items()})
        watcher = _take_hold(child, call, n) if call else None
        gate.write_bytes(b"")
        ended = int(self._answer())
        if watcher is not None:
            watcher.communicate(timeout=60)
        return Left(desk, tuple(_acknowledged(acks)), ended)

    def killed(self, scene: str, call: str) -> Iterator[Left]:
        """What is left after a kill at the first, second … call of that kind, until the scene gets through."""
        n = 1
        while (left := self.play(scene, call, n)).ended:
            assert left.ended == -9, f"{scene}, {call} {n}: the child ended with {left.ended} by itself"
            yield left
            n += 1

    def _ask(self, job: dict[str, str]) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        return int(self._answer())

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


def _take_hold(child: int, call: str, n: int) -> subprocess.Popen[str]:
    kill = [f"trace=?{call}", f"inject=?{call}:signal=KILL:when={n}"]
    expressions = [word for each in kill for word in ("-e", each)]
    command = ["strace", "-f", "-o", os.devnull, *expressions, "-p", str(child)]
    watcher = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert watcher.stderr is not None
    said = watcher.stderr.readline()
    assert "attached" in said, f"strace cannot take hold of a process here: {said}"
    return watcher


def _acknowledged(acks: Path) -> Iterator[str]:
    for line in acks.read_text().splitlines(keepends=True):
        if line.endswith("\n"):
            yield line.removeprefix("ACK ").rstrip("\n")
