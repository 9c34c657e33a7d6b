"""The folders through which everything crosses: in from the inside, out to it, and aside for what was refused."""

from __future__ import annotations

import secrets
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
        """Put a file that came in aside, with the reason beside it; the same file again takes no more room."""
        kept = self.aside / file.name
        file.replace(kept)
        today = datetime.now(UTC).date().isoformat()
        writing.put(self.aside / f"{file.name}.why", f"{why}\n".encode(), today)


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
