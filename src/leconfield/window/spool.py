"""The folders through which everything crosses: in from the inside, out to it, and aside for what was refused."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from leconfield.errors import BadInputError
from leconfield.gate.bundles import boxes
from leconfield.gate.bundles.boxes import Box
from leconfield.window import writing


@dataclass(frozen=True, slots=True)
class Spool:
    """Three folders below one."""

    folder: Path

    @property
    def in_(self) -> Path:
        """From the inside: `*.bundle`, `*.order`."""
        return self.folder / "in"

    @property
    def out(self) -> Path:
        """To the inside: `*.box`."""
        return self.folder / "out"

    @property
    def aside(self) -> Path:
        """What was refused, each with a file beside it that says why."""
        return self.folder / "aside"

    def make(self) -> None:
        """Have the folders there."""
        for each in (self.in_, self.out, self.aside):
            each.mkdir(parents=True, exist_ok=True)

    def refuse(self, file: Path, why: str) -> None:
        """Put a file aside, with the reason beside it; the same file again takes no more room."""
        try:
            shutil.move(file, self.aside / file.name)  # from one device to another it copies
        except OSError as error:
            why = f"{why}; it could not be put aside either ({error.strerror})"
        self.tell(file, why)

    def remove(self, file: Path) -> None:
        """Remove a file that is done with; one that cannot be, as on a medium for reading alone, is told of."""
        try:
            file.unlink(missing_ok=True)
            if not (self.aside / file.name).exists():
                self._told(file).unlink(missing_ok=True)
        except OSError as error:
            self.tell(file, f"it is done with, and could not be removed ({error.strerror})")

    def tell(self, file: Path, why: str) -> None:
        """Say what is wrong with a file, beside what was put aside."""
        told, words = self._told(file), f"{why}\n".encode()
        try:
            if not (told.is_file() and told.read_bytes() == words):
                writing.put(told, words, datetime.now(UTC).date().isoformat())
        except OSError:  # the disk may be what is wrong
            sys.stderr.write(f"{file.name}: {why}\n")

    def _told(self, file: Path) -> Path:
        return self.aside / f"{file.name}.why"


MOST: Final = 2 * 2**30
RESERVE: Final = 256 * 2**20
"""Bytes of the disk that large boxes leave free, for small ones and for all else that is written."""
SMALL: Final = 2 * boxes.BUCKETS[-2]
"""A box with words alone is no larger; it is taken as long as it can be written."""


class FullError(BadInputError):
    """So much waits for the inside that no large box is taken."""


@dataclass(frozen=True, slots=True)
class Outbox:
    """Where boxes are put for the inside. Whoever holds this program cannot open one again."""

    spool: Spool
    recipients: Sequence[X25519PublicKey]
    most: int = MOST
    """Bytes that may lie there before large boxes are refused."""

    def put(self, box: Box) -> None:
        """Seal a box and leave it, under a random name, with the day and no hour in its times.

        Raises:
            BadInputError: if it is too large, or something may not stand in it.
            FullError: if it is not small, and there is no more room for those.
        """
        sealed = boxes.seal(box, self.recipients)
        if len(sealed) > SMALL and not self._has_room(len(sealed)):
            raise FullError("so much waits to be fetched that only small boxes are taken; send it without files")
        writing.leave(self.spool.out / f"{secrets.token_hex(16)}{boxes.ENDING}", sealed, box.day)

    def _has_room(self, size: int) -> bool:
        waiting = 0
        with os.scandir(self.spool.out) as found:
            for each in found:
                with suppress(FileNotFoundError):  # it has just been fetched
                    waiting += each.stat().st_size
        return waiting + size <= self.most and shutil.disk_usage(self.spool.out).free - size >= RESERVE
