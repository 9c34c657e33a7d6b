"""Signed notes and their Ed25519 keys, readable by the tools of any C2SP log (C2SP signed-note v1.0.0).

A note is text, an empty line, and a line `— name base64(key id || signature)` for each signer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from leconfield.errors import BadInputError, DamagedError
from leconfield.ledger.audit.checkpoint import Checkpoint
from leconfield.ledger.audit.encoding import decoded, encoded

_ED25519: Final = b"\x01"
_KEY_BYTES: Final = 32
_KEY_ID_BYTES: Final = 4
_PRIVATE: Final = "PRIVATE+KEY+"
_MAX_NOTE: Final = 1_000_000
"""Characters; the limit of Go's `note.Open`."""
_MAX_SIGNATURES: Final = 100
_KEY_NAME: Final = re.compile(r"[^\s+\x00-\x1f\x7f\ud800-\udfff]+")
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]")
"""Control characters and halves of characters: neither may stand in a note."""
_SIGNATURE: Final = re.compile(r"— ([^\s+]+) (\S+)")


@dataclass(frozen=True, slots=True)
class Signer:
    """The private half of a log's key. Its `skey` is a secret: keep the file readable by the desk alone."""

    name: str
    key: Ed25519PrivateKey

    @classmethod
    def generate(cls, name: str) -> Signer:
        """A new key under `name`, by the system's randomness.

        Raises:
            BadInputError: if the name is empty or has spaces or `+` in it.
        """
        return cls(_checked_name(name), Ed25519PrivateKey.generate())

    @classmethod
    def parse(cls, skey: str) -> Signer:
        """The signer that an `skey` text holds.

        Raises:
            BadInputError: if it is no such key; the message does not repeat it.
        """
        if not skey.startswith(_PRIVATE):
            raise BadInputError(f'signing key: it does not begin with "{_PRIVATE}"; is this the verifying key?')
        name, key_id, seed = _split_key(skey.removeprefix(_PRIVATE).rstrip("\n"), "signing key")
        signer = cls(name, Ed25519PrivateKey.from_private_bytes(seed))
        if signer.verifier.key_id.hex() != key_id:
            raise BadInputError("signing key: its id does not belong to it; some characters are wrong")
        return signer

    @property
    def skey(self) -> str:
        """The key as one line of text: `PRIVATE+KEY+name+id+base64`."""
        return f"{_PRIVATE}{self.name}+{self.verifier.key_id.hex()}+{encoded(_ED25519 + self.key.private_bytes_raw())}"

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(self.name, self.key.public_key())

    def sign(self, text: str) -> str:
        """The signed note of `text`.

        Raises:
            BadInputError: if the text may not be a note (no last newline, control characters, too long).
        """
        if not text.endswith("\n") or _CONTROL.search(text) or len(text) > _MAX_NOTE // 2:
            raise BadInputError("note: the text must end with a newline, be short and hold no control characters")
        signature = self.key.sign(text.encode())
        return f"{text}\n— {self.name} {encoded(self.verifier.key_id + signature)}\n"

    def checkpoint(self, origin: str, size: int, root: bytes) -> str:
        """The signed checkpoint of the log `origin` with `size` leaves and that root (32 bytes)."""
        return self.sign(Checkpoint(origin, size, root).serialise())


@dataclass(frozen=True, slots=True)
class Verifier:
    """The public half of a log's key, which an overseer keeps."""

    name: str
    key: Ed25519PublicKey

    @classmethod
    def parse(cls, vkey: str) -> Verifier:
        """The verifier that a `vkey` text holds.

        Raises:
            BadInputError: if it is no such key.
        """
        if vkey.startswith(_PRIVATE):
            raise BadInputError("verifying key: this is a signing key, which is secret; give the other one")
        name, key_id, public = _split_key(vkey.rstrip("\n"), "verifying key")
        verifier = cls(name, Ed25519PublicKey.from_public_bytes(public))
        if verifier.key_id.hex() != key_id:
            raise BadInputError(f'verifying key "{name}": its id does not belong to it; some characters are wrong')
        return verifier

    @property
    def key_id(self) -> bytes:
        """First 4 bytes of SHA-256(name || 0x0A || 0x01 || public key)."""
        named = self.name.encode() + b"\n" + _ED25519 + self.key.public_bytes_raw()
        return sha256(named).digest()[:_KEY_ID_BYTES]

    @property
    def vkey(self) -> str:
        """The key as one line of text: `name+id+base64`."""
        return f"{self.name}+{self.key_id.hex()}+{encoded(_ED25519 + self.key.public_bytes_raw())}"

    def open(self, note: str) -> str:
        """The text of a note that bears this key's signature; signatures by other keys are passed over.

        Raises:
            DamagedError: if it is no note, or is not signed by this key, or the signature is wrong.
        """
        text, signatures = _split_note(note)
        ours = [value for name, value in signatures if name == self.name and value[:_KEY_ID_BYTES] == self.key_id]
        if not ours:
            signers = ", ".join(name for name, _ in signatures)
            raise DamagedError(f'note: not signed by the key of "{self.name}" but by {signers}; check the key')
        for value in ours:
            try:
                self.key.verify(value[_KEY_ID_BYTES:], text.encode())
            except InvalidSignature as fault:
                raise DamagedError(
                    f'note: the signature of "{self.name}" does not fit the text; one was altered'
                ) from fault
        return text

    def checkpoint(self, note: str) -> Checkpoint:
        """The checkpoint in a note that this key signed.

        Raises:
            DamagedError: as `open`, or if the text is no checkpoint.
        """
        return Checkpoint.parse(self.open(note))


def _checked_name(name: str) -> str:
    if _KEY_NAME.fullmatch(name) is None:
        raise BadInputError(f"key name {name!r}: it must not be empty nor hold spaces or +")
    return name


def _split_key(text: str, what: str) -> tuple[str, str, bytes]:
    """Name, key id in hex and the 32 bytes of `name+id+base64` (the base64 may itself hold `+`)."""
    parts = text.split("+", 2)
    if len(parts) != 3:
        raise BadInputError(f"{what}: name, id and key joined by + are expected; some are missing")
    name, key_id, written = parts
    try:
        key = decoded(written, what)
    except DamagedError as fault:
        raise BadInputError(f"{what}: its last part is not base64") from fault
    if len(key) != 1 + _KEY_BYTES or key[:1] != _ED25519:
        raise BadInputError(f"{what}: it is no Ed25519 key (type 1, 32 bytes)")
    return _checked_name(name), key_id, key[1:]


def _split_note(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    """The text and the signatures (name, key id || signature) of a note."""
    if len(note) > _MAX_NOTE:
        raise DamagedError(f"note: {len(note)} characters; {_MAX_NOTE} at most")
    if found := _CONTROL.search(note):
        raise DamagedError(
            f"note, character {found.start() + 1}: {found[0]!r} is not allowed; lines end with a plain newline"
        )
    text, gap, tail = note.rpartition("\n\n")
    if not gap or not tail.endswith("\n"):
        raise DamagedError("note: the empty line before the signatures, or the newline after them, is missing")
    lines = tail[:-1].split("\n")
    if len(lines) > _MAX_SIGNATURES:
        raise DamagedError(f"note: {len(lines)} signatures; {_MAX_SIGNATURES} at most")
    return text + "\n", [_signature(line) for line in lines]


def _signature(line: str) -> tuple[str, bytes]:
    found = _SIGNATURE.fullmatch(line)
    if found is None:
        raise DamagedError(f'note: {line[:60]!r} is no signature line ("— name base64")')
    value = decoded(found[2], f'note, signature of "{found[1]}"')
    if len(value) <= _KEY_ID_BYTES:
        raise DamagedError(f'note, signature of "{found[1]}": too short')
    return found[1], value
