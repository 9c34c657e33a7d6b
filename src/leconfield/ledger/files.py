"""The files that reports came in, kept as they came, by the hash of their bytes."""

from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path
from typing import BinaryIO, Final

from leconfield.errors import DamagedError

_CHUNK: Final = 1 << 20


class Files:
    """Keeps bytes under their SHA-256; `folder` None keeps them in memory."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._memory: dict[str, bytes] = {}

    def keep(self, content: bytes) -> str:
        """Put the bytes away, on disk before this returns; their digest (64 hexadecimal digits).

        They are written even if they are held: how long it takes must not tell what lies under a hidden label.
        """
        digest = hashlib.sha256(content).hexdigest()
        if self._folder is None:
            self._memory[digest] = content
        else:
            path = self._path(digest)
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(f".{os.getpid()}.part")
            with unfinished.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
            _sync_folder(path.parent)
        return digest

    def keep_file(self, content: BinaryIO) -> str:
        """Put a file of any size away, read from its beginning and never held whole; its digest."""
        content.seek(0)
        if self._folder is None:
            return self.keep(content.read())
        digest = hashlib.sha256()
        self._folder.mkdir(parents=True, exist_ok=True)
        unfinished = self._folder / f"{os.getpid()}-{threading.get_ident()}.part"
        try:
            with unfinished.open("wb") as file:
                while chunk := content.read(_CHUNK):
                    digest.update(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            path = self._path(digest.hexdigest())
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.replace(path)
            _sync_folder(path.parent)
        finally:
            unfinished.unlink(missing_ok=True)
        return digest.hexdigest()

    def read(self, digest: str) -> bytes:
        """The bytes kept under the digest.

        Raises:
            DamagedError: if they are gone or are not what was kept.
        """
        try:
            content = self._memory[digest] if self._folder is None else self._path(digest).read_bytes()
        except (OSError, KeyError) as error:
            raise DamagedError(f"file {digest[:12]}… is missing; restore the desk's files from a backup") from error
        if hashlib.sha256(content).hexdigest() != digest:
            raise DamagedError(f"file {digest[:12]}… is not what was kept; restore the desk's files from a backup")
        return content

    def _path(self, digest: str) -> Path:
        assert self._folder is not None
        return self._folder / digest[:2] / digest


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
