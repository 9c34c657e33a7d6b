"""Looking into a mailbox: the same work whether there is a letter or not, and whether the words are a code or not."""

from __future__ import annotations

from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from leconfield.errors import LeconfieldError
from leconfield.gate.bundles.letters import KIND, Letter, decoy, opened, table_in
from leconfield.window.codes import Derived
from leconfield.window.told import Shown

TIPS = "tips"
"""The table that letters to those who told us something lie in."""
PURPOSE = "mailbox"
"""What a receipt's place and key are derived for."""


def letter_for(shown: Shown, table: str, found: Derived) -> Letter | None:
    """The letter that lies under a code, if any. Nothing here says whether anybody ever had that code.

    `found` cost two runs of Argon2id; one letter is opened in any case, if need be one to nobody.
    """
    order = shown.order(KIND, table)
    held = table_in(order).at(found.place) if order is not None else None
    sealed, key = (held, found.key) if held is not None else _decoy(table)
    try:
        letter = opened(sealed, key)
    except LeconfieldError:
        return None
    return letter if held is not None else None


@lru_cache(maxsize=8)
def _decoy(table: str) -> tuple[bytes, X25519PrivateKey]:
    return decoy(table)
