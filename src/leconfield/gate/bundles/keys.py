"""Keys of seals: Ed25519, kept as PEM that openssl reads. Whoever verifies needs the public half alone."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Final, final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from leconfield.errors import BadInputError

DOMAIN: Final = b"leconfield sealed bundle v1\n"
"""What stands before a manifest when it is signed, so that no signature on anything else can pass for a seal."""
_PREFIX: Final = bytes.fromhex("302a300506032b6570032100")
"""What stands before the 32 bytes of an Ed25519 key in its SPKI DER (RFC 8410)."""


@dataclass(frozen=True, slots=True)
class Key:
    """The public half of a seal's key."""

    raw: bytes
    """32 bytes."""

    @classmethod
    def parse(cls, pem: bytes, where: str) -> Key:
        """The key that a PEM file holds.

        Raises:
            BadInputError: if it holds none, or the secret half.
        """
        if b"PRIVATE" in pem:
            raise BadInputError(f"{where}: this is the secret half of a key; put it away and give the public one")
        try:
            found = load_pem_public_key(pem)
        except (ValueError, UnsupportedAlgorithm) as error:
            raise BadInputError(f"{where}: this is no public key in PEM") from error
        if not isinstance(found, Ed25519PublicKey):
            raise BadInputError(f"{where}: it is a key, but not an Ed25519 one")
        return cls(found.public_bytes_raw())

    @property
    def id(self) -> str:
        """SHA-256 of its SPKI DER, in hex: `openssl pkey -pubin -in KEY -outform DER | sha256sum`."""
        return sha256(_PREFIX + self.raw).hexdigest()

    @property
    def pem(self) -> bytes:
        """The key as a PEM file."""
        found = Ed25519PublicKey.from_public_bytes(self.raw)
        return found.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def verifies(self, signature: bytes, manifest: bytes) -> bool:
        """Whether it made that signature on that manifest."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, DOMAIN + manifest)
        except InvalidSignature:
            return False
        return True


@final
@dataclass(frozen=True, slots=True)
class SecretKey:
    """The secret half; it signs manifests and nothing else. It is not shown where it is printed."""

    _key: Ed25519PrivateKey

    @classmethod
    def new(cls) -> SecretKey:
        """A fresh key."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_seed(cls, seed: bytes) -> SecretKey:
        """The key that 32 bytes give (RFC 8032)."""
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    @classmethod
    def parse(cls, pem: bytes, where: str) -> SecretKey:
        """The key that a PEM file holds.

        Raises:
            BadInputError: if it holds none; the message does not repeat it.
        """
        try:
            found = load_pem_private_key(pem, None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            raise BadInputError(f"{where}: this is no secret key in PEM without a passphrase") from None
        if not isinstance(found, Ed25519PrivateKey):
            raise BadInputError(f"{where}: it is a key, but not an Ed25519 one")
        return cls(found)

    @property
    def pem(self) -> bytes:
        """The key as a PEM file; keep it where only its owner reads."""
        return self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    @property
    def public(self) -> Key:
        """The half that others get."""
        return Key(self._key.public_key().public_bytes_raw())

    def sign(self, manifest: bytes) -> bytes:
        """The 64 bytes of the signature; the same each time."""
        return self._key.sign(DOMAIN + manifest)
