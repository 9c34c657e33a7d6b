"""An intake by several processes, killed at any moment: all of them, the one that writes, or one that reads."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from leconfield.ledger.desk import Desk
from tests.crash import scenes
from tests.crash.killing import quick_folder
from tests.crash.state import Standing, repeated, sound, standing

FILES = 200
PROCESSES = Path("/proc")

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not PROCESSES.is_dir(), reason="/proc is not here: it tells which processes read"),
]


@dataclass(frozen=True, slots=True)
class Bench:
    """A desk to copy, files to take in, and what an undisturbed intake makes of them."""

    folder: Path
    template: Path
    files: Path
    whole: Standing


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with quick_folder() as folder:
        template = scenes.new_desk(folder / "template")
        files = scenes.write_files(folder / "files", FILES)
        desk = Desk.open(shutil.copytree(template, folder / "whole"))
        whole = repeated(desk, files)
        desk.close()
        yield Bench(folder, template, files, whole)


def started(bench: Bench) -> subprocess.Popen[str]:
    """A new intake in a process group of its own."""
    shutil.rmtree(bench.folder / "desk", ignore_errors=True)
    shutil.copytree(bench.template, bench.folder / "desk")
    return subprocess.Popen(
        [sys.executable, "-m", "tests.crash.alone", bench.folder / "desk", bench.files],
        cwd=Path(__file__).resolve().parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def killed_after(bench: Bench, acknowledged: int, kill: Callable[[int], None]) -> tuple[set[str], int, str]:
    """Kill when so many files are acknowledged; everything acknowledged, how it ended, and what it said."""
    running = started(bench)
    assert running.stdout is not None
    assert running.stderr is not None
    said = [running.stdout.readline() for _ in range(acknowledged)]
    kill(running.pid)
    said += running.stdout.readlines()  # ends when the last process that could still write has ended
    errors = running.stderr.read()
    return {each.removeprefix("ACK ").strip() for each in said if each.endswith("\n")}, running.wait(60), errors


def check(bench: Bench, acknowledged: set[str]) -> None:
    """Nothing acknowledged is lost; the repeated intake ends as if there had been no kill."""
    desk = Desk.open(bench.folder / "desk")
    try:
        sound(bench.folder / "desk", desk)
        assert {each for each in acknowledged if not each.endswith(".gz")} <= set(standing(desk).reports)
        assert repeated(desk, bench.files) == bench.whole
        sound(bench.folder / "desk", desk)
    finally:
        desk.close()


def readers_of(parent: int) -> list[int]:
    """The processes that read for it: those that came of another process of its group."""
    found = []
    for status in PROCESSES.glob("[0-9]*/stat"):
        try:
            number, rest = status.read_text().split(" ", 1)
        except OSError:
            continue  # it has ended meanwhile
        _, above, group = rest.rpartition(")")[2].split()[:3]
        if int(group) == parent and int(above) not in (parent, os.getpid()):
            found.append(int(number))
    return sorted(found)


def kill_all(parent: int) -> None:
    os.killpg(parent, signal.SIGKILL)


def kill_writer(parent: int) -> None:
    os.kill(parent, signal.SIGKILL)


def kill_reader(parent: int) -> None:
    os.kill(readers_of(parent)[0], signal.SIGKILL)


@pytest.mark.parametrize("after", [0, *sorted(random.Random(8).sample(range(1, FILES), 6))])
def test_all_processes_killed_at_once_lose_and_double_nothing(bench: Bench, after: int) -> None:
    acknowledged, ended, _ = killed_after(bench, after, kill_all)
    assert ended == -signal.SIGKILL
    assert len(acknowledged) >= after
    check(bench, acknowledged)


def test_when_the_one_that_writes_is_killed_the_others_end_by_themselves(bench: Bench) -> None:
    acknowledged, ended, _ = killed_after(bench, 40, kill_writer)
    assert ended == -signal.SIGKILL
    check(bench, acknowledged)


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="with one processor no other process reads")
def test_when_one_that_reads_is_killed_the_intake_says_so_and_may_be_repeated(bench: Bench) -> None:
    acknowledged, ended, said = killed_after(bench, 40, kill_reader)
    assert ended == 1
    assert "was killed" in said
    assert "Traceback" not in said
    check(bench, acknowledged)
