"""The key of a challenge: submissions are sealed to it, and it is used once the challenge has closed.

It follows from the desk's own secret, so that there is no file of it to lose or to find. What keeps it shut is a rule
and an entry, not mathematics: whoever holds the desk's folder could work it out before the close; see
docs/challenges.md, "What the seal is worth".
"""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from leconfield.ledger.desk import Desk


def key_of(desk: Desk, challenge: str) -> X25519PrivateKey:
    """The key to which submissions to that challenge are sealed."""
    halves = (desk.ids.of("challenge key", challenge, half) for half in ("first", "second"))
    return X25519PrivateKey.from_private_bytes(bytes.fromhex("".join(halves)))


def public_of(desk: Desk, challenge: str) -> str:
    """Its public half, in hex."""
    return key_of(desk, challenge).public_key().public_bytes_raw().hex()
