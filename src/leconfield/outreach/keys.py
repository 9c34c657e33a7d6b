"""The key that opens boxes: beside the one that seals, made when it is first needed. Its public half goes outside."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from leconfield.errors import BadInputError, RefusedError
from leconfield.gate.release import keys as seals
from leconfield.ledger.desk import Desk
from leconfield.outreach.writing import written

SECRET: Final = "box.key"  # noqa: S105 - a file's name
PUBLIC: Final = "box.pem"


def box_key(desk: Desk) -> X25519PrivateKey:
    """The key that opens what the public sent to a desk; made when it is first asked for, in the folder of its seal.

    Raises:
        RefusedError: if the desk is kept in no folder.
        BadInputError: if the key cannot be read.
    """
    if desk.folder is None:
        raise RefusedError("this desk is kept in no folder, so it has no key that opens boxes; open one that is")
    folder = desk.folder / seals.FOLDER
    return _load(folder / SECRET) if (folder / SECRET).is_file() else _made(folder)


def public_halves(desk: Desk) -> dict[str, bytes]:
    """What the window gets, by the names of the files: the key that verifies what we say, the one that boxes go to."""
    return {seals.PUBLIC: seals.of_desk(desk).public.pem, PUBLIC: _public(box_key(desk))}


def hand_out(desk: Desk, folder: Path) -> tuple[Path, ...]:
    """Write the public halves of a desk's keys into a folder; the files."""
    folder.mkdir(parents=True, exist_ok=True)
    halves = public_halves(desk)
    for name, held in halves.items():
        written(folder / name, held)
    return tuple(folder / name for name in halves)


def _load(file: Path) -> X25519PrivateKey:
    try:
        found = load_pem_private_key(file.read_bytes(), None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise BadInputError(f"{file}: this is no secret key in PEM without a passphrase") from None
    if not isinstance(found, X25519PrivateKey):
        raise BadInputError(f"{file}: it is a key, but not an X25519 one")
    return found


def _made(folder: Path) -> X25519PrivateKey:
    """A new key; if a crash comes between the two files, the public half is made again from the secret one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = X25519PrivateKey.generate()
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    handle = os.open(folder / SECRET, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    written(folder / PUBLIC, _public(key))
    return key


def _public(key: X25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
