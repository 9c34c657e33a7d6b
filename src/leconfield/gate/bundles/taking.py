"""Taking bundles in, on the other side: verified, kept by their digest, once; a withdrawal wins whenever it comes."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from leconfield.errors import BadInputError
from leconfield.gate.bundles.archive import MAX_BYTES
from leconfield.gate.bundles.keys import Key
from leconfield.gate.bundles.sealed import Bundle, verify

ENDING: Final = ".bundle"
_KEPT: Final = re.compile(rf"[0-9a-f]{{64}}{re.escape(ENDING)}")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file."""

    bundle: Bundle
    new: bool
    """False: it was here already; nothing was changed."""


def take(file: Path, into: Path, trusted: Iterable[Key], *, needed: int = 1) -> Taken:
    """Verify a file and keep it under its digest; all of it is there when this returns, or nothing is.

    Raises:
        BadInputError, DamagedError, RefusedError: as `sealed.verify`.
    """
    packed = loaded(file)
    bundle = verify(packed, trusted, needed=needed, where=file.name)
    into.mkdir(parents=True, exist_ok=True)
    target = into / f"{bundle.digest}{ENDING}"
    if target.is_file() and target.read_bytes() == packed:
        return Taken(bundle, new=False)
    _write(target, packed)
    return Taken(bundle, new=True)


def shown(folder: Path, trusted: Iterable[Key], moment: str, *, needed: int = 1) -> Iterator[Bundle]:
    """What may be shown at a moment (UTC, ISO 8601): verified again, not withdrawn, its embargo over.

    Raises:
        DamagedError, RefusedError: if a kept file is no more what it was.
    """
    keys = tuple(trusted)
    files = sorted(each for each in folder.iterdir() if _KEPT.fullmatch(each.name)) if folder.is_dir() else []
    bundles = [verify(loaded(each), keys, needed=needed, where=each.name) for each in files]
    withdrawn = {each.manifest.release for each in bundles if each.manifest.withdraws}
    for each in bundles:
        if each.manifest.release not in withdrawn and each.manifest.content.embargo[:19] <= moment[:19]:
            yield each


def loaded(file: Path) -> bytes:
    """The bytes of a file that is not too large to be a bundle.

    Raises:
        BadInputError: if it is, or is no file.
    """
    if not file.is_file():
        raise BadInputError(f"{file}: there is no such file")
    with file.open("rb") as opened:
        held = opened.read(MAX_BYTES + 1)
    if len(held) > MAX_BYTES:
        raise BadInputError(f"{file}: over {MAX_BYTES:,} bytes; no sealed bundle is that large")
    return held


def _write(target: Path, held: bytes) -> None:
    """Put the bytes there at once: a crash leaves the whole file or none."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".taking-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(held)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
