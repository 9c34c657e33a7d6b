"""A checkpoint: the size and root of a log at one moment, as text that is then signed (C2SP tlog-checkpoint)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leconfield.errors import DamagedError
from leconfield.ledger.audit.encoding import decoded, encoded
from leconfield.ledger.audit.merkle import HASH_BYTES, MAX_SIZE

_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log said of itself: whose log, how many leaves, which root."""

    origin: str
    """The log's name, unique in the world; ours is also the name of its key."""
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()
    """Further lines of other people's logs; ours has none."""

    def __post_init__(self) -> None:
        if not self.origin:
            raise DamagedError("checkpoint, line 1: the name of the log is missing; ask for the checkpoint again")
        if not 0 <= self.size <= MAX_SIZE:
            raise DamagedError(f"checkpoint, line 2: no log has {self.size} leaves; ask for the checkpoint again")
        if len(self.root) != HASH_BYTES:
            raise DamagedError("checkpoint, line 3: the root is not 32 bytes long; ask for the checkpoint again")
        lines = (self.origin, *self.extensions)
        if "" in self.extensions or any("\n" in line for line in lines):
            raise DamagedError("checkpoint: a line is empty or broken in two; ask for the checkpoint again")

    def serialise(self) -> str:
        """The text that is signed: a line each for origin, size, root (base64) and extensions."""
        return "\n".join((self.origin, str(self.size), encoded(self.root), *self.extensions)) + "\n"

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """The checkpoint that `text` (without signatures) writes.

        Raises:
            DamagedError: naming the line at fault.
        """
        lines = text.split("\n")
        if len(lines) < 4 or lines.pop() != "":
            raise DamagedError("checkpoint: three whole lines are expected (log, size, root); some are missing")
        origin, size, root, *extensions = lines
        if _DECIMAL.fullmatch(size) is None:
            raise DamagedError(f"checkpoint, line 2: {size[:40]!r} is no number of leaves")
        return cls(origin, int(size), decoded(root, "checkpoint, line 3"), tuple(extensions))
