"""The desk's own secrets: the key that makes ids, and the key that signs the audit. Files only their owner can read."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from leconfield.errors import BadInputError, DamagedError
from leconfield.ledger.audit import Signer

_ID_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Keys:
    """What a desk cannot do without; back it up apart from the desk."""

    ids: bytes
    signer: Signer

    @classmethod
    def new(cls, name: str) -> Keys:
        """Fresh keys for a desk whose audit log bears this name."""
        return cls(secrets.token_bytes(_ID_KEY_BYTES), Signer.generate(name))

    def save(self, folder: Path) -> None:
        """Write the keys: `ids.key` and `audit.key` secret, `audit.pub` for the overseer."""
        folder.mkdir(mode=0o700, parents=True)
        _write(folder / "ids.key", self.ids.hex(), 0o600)
        _write(folder / "audit.key", self.signer.skey, 0o600)
        _write(folder / "audit.pub", self.signer.verifier.vkey, 0o644)

    @classmethod
    def load(cls, folder: Path) -> Keys:
        """The keys kept in the folder.

        Raises:
            DamagedError: if one is missing or torn.
        """
        try:
            ids = bytes.fromhex((folder / "ids.key").read_text("ascii").strip())
            signer = Signer.parse((folder / "audit.key").read_text("utf-8").strip())
        except (OSError, ValueError, BadInputError) as error:
            raise DamagedError(f"the desk's keys in {folder} cannot be read ({error}); restore the folder") from error
        if len(ids) != _ID_KEY_BYTES:
            raise DamagedError(f"{folder / 'ids.key'} is torn; restore the folder from a backup")
        return cls(ids, signer)


def _write(path: Path, text: str, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
