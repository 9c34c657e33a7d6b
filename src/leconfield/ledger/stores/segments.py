"""Segments: where the statements of large tables lie, one immutable Parquet file a load, named by its SHA-256.

A segment holds statements of one label. It counts only once an entry names it: whatever a killed load has left behind
is seen by nobody, and is removed by the next load. The heavy libraries are in `segment_writing` and `segment_reading`.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from leconfield.errors import DamagedError

COLUMNS: Final = (
    "id",
    "subject",
    "schema",
    "prop",
    "value",
    "report",
    "origin",
    "start",
    "stop",
    "grade",
    "polarity",
    "modality",
    "asserter",
    "stance",
    "held_start",
    "held_end",
    "lookup",
)
"""Those of the statement table but for label and moment, which the entry tells; `lookup`: the form of a name or an
identifier under which every way of writing it is found."""

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_SUFFIX: Final = ".parquet"
_DERIVED: Final = ".*"
"""What is derived from a segment lies beside it under its digest: indexes, which can be made again."""
_UNFINISHED: Final = "unfinished"
_LOCK: Final = "lock"


class Segments:
    """The segments of one desk; `folder` None keeps them in a temporary folder until `close`."""

    def __init__(self, folder: Path | None) -> None:
        self._given = folder
        self._temporary: TemporaryDirectory[str] | None = None

    @property
    def folder(self) -> Path:
        """Where they lie; made when it is first asked for."""
        if self._given is not None:
            self._given.mkdir(mode=0o700, parents=True, exist_ok=True)
            return self._given
        if self._temporary is None:
            self._temporary = TemporaryDirectory(prefix="leconfield-segments-")
        return Path(self._temporary.name)

    def path(self, digest: str) -> Path:
        """Where the segment of that digest lies.

        Raises:
            DamagedError: if it is no digest.
        """
        if not _DIGEST.fullmatch(digest):
            raise DamagedError(f'"{digest[:80]}" is no digest of a segment; run "leconfield audit verify"')
        return self.folder / digest[:2] / f"{digest}{_SUFFIX}"

    def fault(self, digest: str) -> str:
        """What is wrong with the segment that an entry names; empty if nothing is."""
        try:
            found = digest_of(self.path(digest))
        except (OSError, DamagedError):
            return "is missing; restore the desk's segments from a backup"
        return "" if found == digest else "is not what was loaded; restore the desk's segments from a backup"

    @contextmanager
    def workshop(self) -> Iterator[Path]:
        """A folder to prepare a segment in, gone when the block ends, or at the next load."""
        with self.publishing():
            place = self.folder / _UNFINISHED / secrets.token_hex(8)
            place.mkdir(mode=0o700, parents=True)
            lock = _locked(place / _LOCK)
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)
            os.close(lock)

    @contextmanager
    def publishing(self) -> Iterator[None]:
        """One program at a time publishes: between a segment's coming and its entry nobody tidies."""
        lock = _locked(self.folder / _LOCK)
        try:
            yield
        finally:
            os.close(lock)

    def publish(self, prepared: Path, digest: str) -> None:
        """Put a prepared file in its place, whole and on disk when this returns."""
        path = self.path(digest)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        _sync(prepared)
        prepared.replace(path)
        for folder in (path.parent, self.folder):
            _sync(folder)

    def tidy(self, named: Collection[str]) -> None:
        """Remove what killed loads have left: segments that no entry names, workshops that nobody is in."""
        for path in self.folder.glob(f"??/*{_DERIVED}"):
            digest = _DIGEST.search(path.name)
            if digest is None or digest[0] not in named:
                path.unlink(missing_ok=True)
        for place in self.folder.glob(f"{_UNFINISHED}/*"):
            if _deserted(place / _LOCK):
                shutil.rmtree(place, ignore_errors=True)

    def close(self) -> None:
        """Let go of a temporary folder."""
        if self._temporary is not None:
            self._temporary.cleanup()
            self._temporary = None


def digest_of(path: Path) -> str:
    """The SHA-256 of a file: 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _locked(path: Path, how: int = fcntl.LOCK_EX) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, how)
    except OSError:
        os.close(handle)
        raise
    return handle


def _deserted(lock: Path) -> bool:
    try:
        os.close(_locked(lock, fcntl.LOCK_EX | fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
