"""Writing a file so that it is there whole or not at all, with the day in its times and no hour."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

_HALF: Final = ".writing-"
"""How the names of files begin that are not whole yet."""


def put(target: Path, held: bytes, day: str) -> None:
    """Write the bytes under that name at once; its times say the day (ISO) alone."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=_HALF)
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


def leave(target: Path, held: bytes, day: str) -> None:
    """Write the bytes as `put` does, and let the times of the folder say no more than the day, either."""
    put(target, held, day)
    level(target.parent, day)


def sweep(folder: Path, day: str) -> None:
    """Do away with what a crash left half written in a folder; the times of what may yet be written say the day."""
    for each in folder.glob(f"{_HALF}*"):
        with suppress(FileNotFoundError):
            if datetime.fromtimestamp(each.stat().st_mtime, UTC).date().isoformat() < day:
                each.unlink()
            else:
                level(each, day)
    level(folder, day)


def level(file: Path, day: str) -> None:
    """Set the times of a file or folder to the beginning of that day (ISO, UTC), as far as a program can set them."""
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
