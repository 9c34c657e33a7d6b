"""Files are there whole or not at all, and the times that a program can set say the day alone."""

from __future__ import annotations

import os
from pathlib import Path

from leconfield.window import writing
from leconfield.window.house import open_window
from tests.window.houses import house

TODAY = "2026-11-23"
NOON = 1_795_435_200
"""That day at twelve."""


def half(folder: Path, name: str, at: int) -> Path:
    """What a crash left half written."""
    file = folder / f".writing-{name}"
    file.write_bytes(b"half")
    os.utime(file, (at, at))
    return file


def test_neither_a_box_nor_its_folder_tells_the_hour(tmp_path: Path) -> None:
    writing.leave(tmp_path / "out" / "a.box", b"sealed", TODAY)
    assert (tmp_path / "out" / "a.box").read_bytes() == b"sealed"
    assert {each.stat().st_mtime for each in (tmp_path / "out", tmp_path / "out" / "a.box")} == {NOON - 43_200}


def test_what_a_crash_left_is_gone_the_next_day_and_tells_no_hour_before(tmp_path: Path) -> None:
    old, fresh = half(tmp_path, "old", NOON - 86_400), half(tmp_path, "fresh", NOON)
    writing.sweep(tmp_path, TODAY)
    assert not old.exists()
    assert fresh.stat().st_mtime == tmp_path.stat().st_mtime == NOON - 43_200


def test_a_window_sweeps_its_outbox_when_it_starts(tmp_path: Path) -> None:
    window = house(tmp_path).window
    left = half(window.shelf.spool.out, "old", 0)
    open_window(window.config, window.templates, window.clock)
    assert not left.exists()
