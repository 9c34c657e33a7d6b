"""The key that seals: in a folder of its own, readable by its owner alone, its public half beside it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from leconfield.errors import BadInputError, RefusedError
from leconfield.gate.bundles import SecretKey
from leconfield.ledger.desk import Desk

SECRET: Final = "seal.key"  # noqa: S105 - a file's name
PUBLIC: Final = "seal.pem"
FOLDER: Final = "seal"
"""Where a desk keeps its own, beside its other keys."""


def made(folder: Path) -> SecretKey:
    """A new key in a folder: `seal.key`, which is secret, and `seal.pem`, which the outside gets.

    Raises:
        BadInputError: if there is one already: what it has sealed is verified by it for ever.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (folder / SECRET).exists():
        raise BadInputError(f"{folder / SECRET}: there is a key already; make another in another folder")
    key = SecretKey.new()
    _write(folder / PUBLIC, key.public.pem, 0o644)
    _write(folder / SECRET, key.pem, 0o600)
    return key


def load(folder: Path) -> SecretKey:
    """The key of a folder.

    Raises:
        BadInputError: if there is none, or it cannot be read.
    """
    file = folder / SECRET
    if not file.is_file():
        raise BadInputError(f"{file}: there is no key here; make one, or give the folder that has it")
    return SecretKey.parse(file.read_bytes(), str(file))


def of_desk(desk: Desk) -> SecretKey:
    """The key that seals what leaves a desk; made when it is first asked for, in the desk's own folder.

    Raises:
        RefusedError: if the desk is kept in no folder.
    """
    if desk.folder is None:
        raise RefusedError("this desk is kept in no folder, so it has no key that seals; open one that is")
    folder = desk.folder / FOLDER
    return load(folder) if (folder / SECRET).is_file() else made(folder)


def _write(path: Path, content: bytes, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
