"""A journal on disk: what was acknowledged is there after a crash, in the order in which it came.

One line an entry: eight hexadecimal digits of CRC-32, a blank, the entry as JSON. Lines are written in groups, and a
group is acknowledged once the disk has it. A last line that was cut short by a crash was never acknowledged: it is cut
off, and said to be.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from leconfield.errors import DamagedError

_HEAD: Final = 9


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a journal held when it was opened."""

    entries: int
    cut_off: int
    """Bytes of a torn last line that were cut off."""


class Journal:
    """An open journal; entries are lists of JSON values."""

    def __init__(self, path: Path) -> None:
        """Open or make the journal.

        Raises:
            DamagedError: if a line other than the last is not what was written.
        """
        self.path = path
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            os.lseek(self._file, 0, os.SEEK_SET)
            good, self.entries = self._checked()
            size = os.lseek(self._file, 0, os.SEEK_END)
            self.replayed = Replayed(self.entries, size - good)
            if size > good:
                os.ftruncate(self._file, good)
            os.fsync(self._file)
            os.lseek(self._file, 0, os.SEEK_END)
            _sync_folder(path.parent)
        except BaseException:
            os.close(self._file)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._file)

    def append(self, entries: Iterable[object]) -> None:
        """Write a group of entries; when this returns they are durable."""
        lines = []
        for entry in entries:
            body = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
            lines.append(b"%08x %b\n" % (zlib.crc32(body), body))
        group = memoryview(b"".join(lines))
        while group:
            group = group[os.write(self._file, group) :]
        os.fdatasync(self._file)
        self.entries += len(lines)

    def read(self) -> Iterator[object]:
        """All entries, from the first."""
        with self.path.open("rb") as file:
            for line in file:
                yield json.loads(line[_HEAD:])

    def _checked(self) -> tuple[int, int]:
        """How many bytes are whole entries, and how many entries that is."""
        good, count, bad = 0, 0, 0
        with self.path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if bad:
                    raise DamagedError(f"{self.path}: line {bad} is not what was written; restore it from a copy")
                if _whole(line):
                    good, count = good + len(line), count + 1
                elif line.endswith(b"\n"):
                    raise DamagedError(f"{self.path}: line {number} is not what was written; restore it from a copy")
                else:
                    bad = number
        return good, count


def _whole(line: bytes) -> bool:
    try:
        return line.endswith(b"\n") and int(line[:8], 16) == zlib.crc32(line[_HEAD:-1])
    except ValueError:
        return False


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
