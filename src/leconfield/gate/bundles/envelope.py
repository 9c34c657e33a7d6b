"""An envelope around a bundle that only its recipients open: HPKE (RFC 9180) to each, ChaCha20-Poly1305 over all.

It names no recipient: whoever has it tries his key. Its size is rounded up, so that it tells little of what is inside.
The seal is on the bundle within, which names its recipient: passing it on does not make it somebody else's.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Sequence
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from leconfield.errors import BadInputError, DamagedError, RefusedError
from leconfield.gate.bundles.content import canonical, parsed

MAGIC: Final = b"leconfield envelope v1\n"
MAX_RECIPIENTS: Final = 64
_INFO: Final = b"leconfield envelope v1 key"
_SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_NONCE: Final = bytes(12)
"""Each envelope has a key of its own, so that one nonce is never used twice under one key."""
_STANZA_BYTES: Final = 32 + 32 + 16
_LENGTH_BYTES: Final = 8
_MAX_HEAD: Final = 16 * 1024


def enclose(bundle: bytes, recipients: Sequence[X25519PublicKey]) -> bytes:
    """The bundle, to be opened by any one of the recipients.

    Raises:
        BadInputError: if there is none, or there are too many.
    """
    if not 0 < len(recipients) <= MAX_RECIPIENTS:
        raise BadInputError(f"an envelope is for 1 to {MAX_RECIPIENTS} recipients; there are {len(recipients)}")
    key = secrets.token_bytes(32)
    stanzas = sorted(_SUITE.encrypt(key, each, _INFO) for each in recipients)
    head = MAGIC + canonical({"stanzas": [base64.b64encode(each).decode("ascii") for each in stanzas]}) + b"\n"
    return head + ChaCha20Poly1305(key).encrypt(_NONCE, _padded(bundle), head)


def open_envelope(packed: bytes, key: X25519PrivateKey, *, where: str = "envelope") -> bytes:
    """The bundle in an envelope, still to be verified.

    Raises:
        BadInputError: if it is no envelope.
        RefusedError: if it is not for this key.
        DamagedError: if it was torn or altered.
    """
    head, stanzas = _head(packed, where)
    for stanza in stanzas:
        try:
            inner = _SUITE.decrypt(stanza, key, _INFO)
        except (InvalidTag, ValueError):
            continue
        try:
            padded = ChaCha20Poly1305(inner).decrypt(_NONCE, packed[len(head) :], head)
        except (InvalidTag, ValueError):
            raise DamagedError(f"{where}: it was torn or altered on its way; ask for it again") from None
        return _unpadded(padded, where)
    raise RefusedError(f"{where}: it is not sealed to this key; use the one whose public half its sender has")


def _head(packed: bytes, where: str) -> tuple[bytes, list[bytes]]:
    if not packed.startswith(MAGIC):
        raise BadInputError(f"{where}: it is no envelope of a version that is known here")
    end = packed.find(b"\n", len(MAGIC), _MAX_HEAD)
    if end < 0:
        raise DamagedError(f"{where}: its head is torn")
    listed = parsed(packed[len(MAGIC) : end], f"{where}, head").get("stanzas")
    if not isinstance(listed, list) or not 0 < len(listed) <= MAX_RECIPIENTS:
        raise DamagedError(f"{where}: its head names no recipients' stanzas")
    try:
        stanzas = [base64.b64decode(str(each).encode("ascii"), validate=True) for each in listed]
    except (UnicodeEncodeError, binascii.Error):
        raise DamagedError(f"{where}: a stanza is not base64") from None
    if any(len(each) != _STANZA_BYTES for each in stanzas):
        raise DamagedError(f"{where}: a stanza has not {_STANZA_BYTES} bytes")
    return packed[: end + 1], stanzas


def _padded(bundle: bytes) -> bytes:
    """Its length, itself and zeros, to a size that few bits tell (Padmé, Nikitin et al. 2019: at most 12 % more)."""
    size = len(bundle) + _LENGTH_BYTES
    bits = size.bit_length() - 1
    step = 1 << max(bits - (bits.bit_length() if bits else 0), 0)
    return len(bundle).to_bytes(_LENGTH_BYTES, "big") + bundle + bytes(-size % step)


def _unpadded(padded: bytes, where: str) -> bytes:
    size = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    if len(padded) < _LENGTH_BYTES or padded != _padded(padded[_LENGTH_BYTES : _LENGTH_BYTES + size]):
        raise DamagedError(f"{where}: what is in it is not padded as it should be; ask its sender")
    return padded[_LENGTH_BYTES : _LENGTH_BYTES + size]
