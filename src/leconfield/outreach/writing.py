"""Writing a file for the other side: all of it is there under its name, or nothing is."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def written(target: Path, held: bytes) -> bool:
    """Put the bytes under that name at once; whether anything had to be written: the same bytes may lie there."""
    if target.is_file() and target.read_bytes() == held:
        return False
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".crossing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(held)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    settled(target.parent)
    return True


def settled(folder: Path) -> None:
    """Make sure that the names in a folder are on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
