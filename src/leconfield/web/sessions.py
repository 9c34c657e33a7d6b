"""Who is signed in: random tokens, kept in memory alone; a restart signs everybody out."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from leconfield.errors import RefusedError

COOKIE: Final = "leconfield_session"
IDLE: Final = timedelta(hours=10)
"""A shift; after it without a click one signs in again."""


@dataclass(slots=True)
class Session:
    """One sign-in."""

    name: str
    csrf: str
    last_used: datetime


FREE_TRIES: Final = 5
PAUSE: Final = timedelta(seconds=30)
_MOST_NAMES: Final = 10_000


class Brake:
    """Slows down guessing: after five wrong passwords for a name, known or not, it must wait between tries."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._wrong: dict[str, tuple[int, datetime]] = {}

    def check(self, name: str) -> None:
        """Let a try through.

        Raises:
            RefusedError: if there were too many wrong ones just now.
        """
        wrong, last = self._wrong.get(name, (0, self._clock()))
        if wrong >= FREE_TRIES and self._clock() - last < PAUSE:
            raise RefusedError(f"too many wrong passwords; wait {PAUSE.seconds} seconds and try again")

    def note(self, name: str, *, right: bool) -> None:
        """Note how a try ended."""
        if right:
            self._wrong.pop(name, None)
            return
        if len(self._wrong) >= _MOST_NAMES:
            self._wrong.clear()
        self._wrong[name] = (self._wrong.get(name, (0, self._clock()))[0] + 1, self._clock())


class Sessions:
    """The sign-ins of one running site."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._open: dict[str, Session] = {}
        self.brake = Brake(clock)

    def start(self, name: str) -> str:
        """Open a session; the token that goes into the cookie."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._open[token] = Session(name, secrets.token_urlsafe(32), self._clock())
        return token

    def find(self, token: str | None) -> Session | None:
        """The session of that token, if it is open and was used within the last shift."""
        with self._lock:
            session = self._open.get(token or "")
            if session is None:
                return None
            if self._clock() - session.last_used > IDLE:
                del self._open[token or ""]
                return None
            session.last_used = self._clock()
            return session

    def end(self, token: str | None) -> None:
        """Close the session."""
        with self._lock:
            self._open.pop(token or "", None)
