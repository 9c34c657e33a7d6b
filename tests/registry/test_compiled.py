"""Compiled code is kept for the very sources that it was made of."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from leconfield.registry.compiled import KEPT, cache_of, fingerprint


def test_sources_are_told_apart_by_any_name_and_any_letter(tmp_path: Path) -> None:
    seen = set()
    for name, text in (("a.py", "x = 1\n"), ("a.py", "x = 2\n"), ("b.py", "x = 2\n"), ("inner/b.py", "x = 2\n")):
        path = tmp_path / f"{len(seen)}" / name
        path.parent.mkdir(parents=True)
        path.write_text(text)
        seen.add(fingerprint(tmp_path / f"{len(seen)}"))
    assert len(seen) == 4


def test_code_of_other_sources_goes_after_a_week_and_not_before(tmp_path: Path) -> None:
    old, young = cache_of("old", tmp_path), cache_of("young", tmp_path)
    then = time.time() - KEPT - 60
    os.utime(old, (then, then))
    assert cache_of("new", tmp_path).is_dir()
    assert young.is_dir()
    assert not old.exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        cache_of("new", tmp_path / "file")


def test_what_is_compiled_lies_under_the_fingerprint_of_its_sources(tmp_path: Path) -> None:
    said = "from leconfield.registry import compiled; from numba import config; print(config.CACHE_DIR)"
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    environment.pop("NUMBA_CACHE_DIR", None)
    done = subprocess.run([sys.executable, "-c", said], env=environment, capture_output=True, text=True, check=True)
    assert Path(done.stdout.strip()) == tmp_path / "leconfield" / "compiled" / fingerprint()
