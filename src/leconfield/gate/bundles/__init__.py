"""The sealed bundle: what crosses from inside to outside. To verify one takes public keys, and nothing of the inside.

The open side imports this and no other part of the product but `errors`.
"""

from leconfield.gate.bundles.content import WITHDRAWAL, Content, Member, content
from leconfield.gate.bundles.envelope import enclose, open_envelope
from leconfield.gate.bundles.keys import Key, SecretKey
from leconfield.gate.bundles.sealed import Bundle, Manifest, verify, whole, write
from leconfield.gate.bundles.taking import Taken, shown, take

__all__ = [
    "WITHDRAWAL",
    "Bundle",
    "Content",
    "Key",
    "Manifest",
    "Member",
    "SecretKey",
    "Taken",
    "content",
    "enclose",
    "open_envelope",
    "shown",
    "take",
    "verify",
    "whole",
    "write",
]
