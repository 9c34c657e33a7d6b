"""Writing a file so that it is there whole or not at all, with the day in its times and no hour."""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path


def put(target: Path, held: bytes, day: str) -> None:
    """Write the bytes under that name at once; its times say the day (ISO) alone."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(held)
            file.flush()
            os.fsync(file.fileno())
        level(Path(name), day)
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)
    _settle(target.parent)


def level(file: Path, day: str) -> None:
    """Set a file's times to the beginning of that day (ISO, UTC)."""
    moment = datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()
    os.utime(file, (moment, moment))


def _settle(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def put_plain(target: Path, held: bytes) -> None:
    """Write the bytes under that name at once; for configuration, whose times say nothing of anybody."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.fresh")
    fresh.write_bytes(held)
    fresh.replace(target)
