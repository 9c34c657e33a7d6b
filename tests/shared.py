"""Where the shared corpora are, for the tests and benchmarks that need them; they skip with a reason without."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("LECONFIELD_SHARED", Path(__file__).resolve().parents[2] / "shared"))


def shared(name: str) -> Path:
    """The shared file or folder of that name; skips the test where it is absent."""
    found = SHARED / name
    if not found.exists():
        pytest.skip(f"{name} is not here: set LECONFIELD_SHARED to the folder that holds it")
    return found
