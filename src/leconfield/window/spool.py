"""The folders through which everything crosses: in from the inside, out to it, and aside for what was refused."""

from __future__ import annotations

import secrets
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

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


@dataclass(frozen=True, slots=True)
class Outbox:
    """Where boxes are put for the inside. Whoever holds this program cannot open one again."""

    spool: Spool
    recipients: Sequence[X25519PublicKey]

    def put(self, box: Box) -> None:
        """Seal a box and leave it, under a random name, with the day and no hour in its times.

        Raises:
            BadInputError: if it is too large, or something may not stand in it.
        """
        sealed = boxes.seal(box, self.recipients)
        writing.put(self.spool.out / f"{secrets.token_hex(16)}{boxes.ENDING}", sealed, box.day)
