"""The folder that all processes of one run of the tests have in common, for what is dear to make."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_found: list[Path] = []


def folder() -> Path:
    """It is cleared away as pytest's other temporary folders are."""
    return _found[0]


def find(temporary: pytest.TempPathFactory) -> None:
    """Find it from the folder of this process, which lies in it if there are several."""
    own = temporary.getbasetemp()
    _found[:] = [own.parent if "PYTEST_XDIST_WORKER" in os.environ else own]
