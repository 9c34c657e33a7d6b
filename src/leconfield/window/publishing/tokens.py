"""Tokens of channels: each in a file of its own that only its owner reads, never in an address and never in a log."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from leconfield.window.publishing.trouble import Kind, TroubleError

REFRESH_AFTER: Final = timedelta(hours=24)
"""A token younger than that is not refreshed (the platform refuses it)."""
_MODE: Final = 0o600
_OTHERS: Final = 0o077


@dataclass(frozen=True, slots=True)
class TokenFile:
    """A file that holds a token, and when it was put there."""

    path: Path

    def read(self) -> str:
        """The token.

        Raises:
            TroubleError: if there is none, or others may read it.
        """
        try:
            found = self.path.stat()
            words = self.path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise TroubleError(Kind.AUTH, f"{self.path.name}: there is no token; put one there") from None
        if found.st_mode & _OTHERS:
            raise TroubleError(Kind.AUTH, f"{self.path.name}: others may read it; run chmod 600 on it")
        if not words or not words.isascii() or any(each.isspace() for each in words):
            raise TroubleError(Kind.AUTH, f"{self.path.name}: it holds no token; put one there, in one line")
        return words

    def made(self) -> datetime:
        """When the token was put there; the beginning of time if there is none."""
        try:
            return datetime.fromtimestamp(self.path.stat().st_mtime, UTC)
        except OSError:
            return datetime.min.replace(tzinfo=UTC)

    def write(self, token: str, now: datetime) -> None:
        """Put a token there: whole or not at all, for its owner alone."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_name(f".{self.path.name}.fresh")
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{token}\n")
            file.flush()
            os.fsync(file.fileno())
        os.utime(fresh, (now.timestamp(), now.timestamp()))
        fresh.replace(self.path)
