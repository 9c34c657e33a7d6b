"""Tests of `leconfield.entry`: the open side runs without loading anything of the inside."""

from __future__ import annotations

import subprocess
import sys

import pytest

from leconfield.entry import INSIDE, runs_outside

_INSIDE_PARTS = (
    "ledger",
    "gate.release",
    "gate.exposure",
    "outreach",
    "desk",
    "intake",
    "web",
    "cli",
    "app",
    "console",
)
_RUN = """
import sys
from leconfield import entry
sys.argv = ["leconfield", *{words!r}]
try:
    entry.main()
except SystemExit as ended:
    print("ended", ended.code)
print("\\n".join(sorted(each for each in sys.modules if each.startswith("leconfield"))))
"""


def _ran(*words: str) -> tuple[str, set[str]]:
    """What a process prints, and the modules of ours that it has loaded at its end."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN.format(words=list(words))], capture_output=True, text=True, check=True
    )
    lines = done.stdout.splitlines()
    return done.stdout, {each for each in lines if each.startswith("leconfield.")}


@pytest.mark.parametrize("words", [("window", "serve", "--help"), ("fake-instagram", "--help")])
def test_the_open_side_loads_nothing_of_the_inside(words: tuple[str, ...]) -> None:
    told, modules = _ran(*words)
    assert "ended 0" in told
    assert "Usage: " in told
    loaded = {each for each in modules if any(f"{each}.".startswith(f"leconfield.{part}.") for part in _INSIDE_PARTS)}
    assert loaded == set()


def test_what_is_run_inside_and_all_help_are_the_inside_s() -> None:
    assert not any(runs_outside([each]) for each in (*INSIDE, "--help", "-h"))
    assert not runs_outside([])
    assert all(runs_outside([each]) for each in ("serve", "init", "publish", "unknown"))


def test_the_help_of_the_window_names_the_commands_of_both_sides() -> None:
    told, _ = _ran("window", "--help")
    for each in (*INSIDE, "serve", "init"):
        assert f" {each} " in told
