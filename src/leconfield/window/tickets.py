"""The toll for sending something in: some work of a machine, or a short wait; no address, no cookie, no puzzle.

A page with a form carries a ticket, signed and good for one use. With scripts the browser pays at once by working
(SHA-256 with some leading zero bits); without them one waits some seconds from getting the page. Whoever is too soon
keeps his ticket, and so his waiting. Buckets bound what comes in at all: for each purpose one for those who waited and
one for those who worked, so that neither a flood of votes shuts out a tip, nor one of the one kind the other.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

TOKEN: Final = "ticket"  # noqa: S105 - the name of a field
"""Field of a form: the signed ticket."""
WORK: Final = "ticket-work"
"""Field of a form: what the browser worked out; empty without scripts."""
HONEYPOT: Final = "homepage"
"""Field of a form that people do not see, and machines fill in."""
_BODY: Final = 16 + 8
_MAC: Final = 32
_LONGEST: Final = 200
_NUMBER: Final = re.compile(r"[0-9]{1,16}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Toll:
    """How much is asked: what stands under `[tickets]` in window.toml."""

    wait: int = 10
    """Seconds between getting a form and sending it, without scripts."""
    bits: int = 18
    """Leading zero bits of the work: about 2 ** bits hashes, half a second in most browsers."""
    life: int = 4 * 3600
    """Seconds for which a ticket is good."""
    burst: int = 60
    """How many may be sent at once for a purpose, of those who waited and of those who worked."""
    each_minute: int = 60
    """How many more may be sent in a minute, likewise."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a form carries."""

    token: str
    bits: int
    wait: int
    """Seconds that are still to wait without scripts; 0: it can be sent at once."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a ticket that was handed in."""

    fault: str
    """A key of the words that say what is wrong (`ticket.soon` ...); empty: it is paid for and used up."""
    ticket: Ticket
    """What the form carries if it is shown again: the same ticket as long as it is good, with what is left to wait."""

    @property
    def paid(self) -> bool:
        """Whether the form may be taken in."""
        return not self.fault


SOON: Final = "ticket.soon"
STALE: Final = "ticket.stale"
TRAP: Final = "ticket.trap"
BUSY: Final = "ticket.busy"
FAULTS: Final = (SOON, STALE, TRAP, BUSY)
"""Keys of what can be wrong: too soon; too old, used or not ours; the hidden field is filled; too many at once."""


class Tickets:
    """Issues tickets and takes them back. It keeps what was used up in memory alone, and no more than a life long."""

    def __init__(self, toll: Toll, clock: Callable[[], datetime]) -> None:
        self.toll = toll
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._used: dict[bytes, float] = {}
        self._buckets: dict[tuple[str, bool], _Bucket] = {}

    def issue(self, purpose: str = "") -> Ticket:
        """A fresh ticket, good for one sending of that purpose."""
        return self._issued(purpose, self._clock().timestamp())

    def again(self, token: str, purpose: str = "") -> Ticket:
        """The ticket that was issued before, with what is left to wait; a fresh one if it is no more good."""
        now = self._clock().timestamp()
        read = self._read(token[:_LONGEST], purpose)
        if read is None or not 0 <= now - read[1] <= self.toll.life or read[0] in self._used:
            return self._issued(purpose, now)
        return Ticket(token, self.toll.bits, max(0, self.toll.wait - int(now - read[1])))

    def check(self, form: Mapping[str, object], purpose: str = "") -> Checked:
        """Take the ticket of a form, once everything else in the form is right: what is paid is used up."""
        now = self._clock().timestamp()
        token, work = _text(form, TOKEN), _text(form, WORK)
        read = self._read(token, purpose)
        if read is None or not 0 <= now - read[1] <= self.toll.life:
            return Checked(STALE, self._issued(purpose, now))
        serial, issued = read
        left = max(0, self.toll.wait - int(now - issued))
        again = Ticket(token, self.toll.bits, left)
        if _text(form, HONEYPOT):
            return Checked(TRAP, again)
        worked = worth(token, work) >= self.toll.bits
        if left and not worked:
            return Checked(SOON, again)
        return self._spent(serial, now, worked, again, purpose)

    def _spent(self, serial: bytes, now: float, worked: bool, again: Ticket, purpose: str) -> Checked:
        with self._lock:
            self._forget(now)
            if serial in self._used:
                return Checked(STALE, self._issued(purpose, now))
            if not self._bucket(purpose, worked, now).take(now):
                return Checked(BUSY, again)
            self._used[serial] = now
        return Checked("", again)

    def _bucket(self, purpose: str, worked: bool, now: float) -> _Bucket:
        """That of a purpose by its first word, so that the ballots of all questions share theirs."""
        return self._buckets.setdefault((purpose.partition(" ")[0], worked), _Bucket(self.toll, now))

    def _forget(self, now: float) -> None:
        """Used ones stand in the order in which they were used: the oldest are first."""
        while self._used:
            first = next(iter(self._used))
            if self._used[first] + self.toll.life >= now:
                return
            del self._used[first]

    def _issued(self, purpose: str, now: float) -> Ticket:
        body = secrets.token_bytes(16) + int(now).to_bytes(8, "big")
        token = base64.urlsafe_b64encode(body + self._signed(body, purpose)).decode("ascii").rstrip("=")
        return Ticket(token, self.toll.bits, self.toll.wait)

    def _signed(self, body: bytes, purpose: str) -> bytes:
        return hmac.digest(self._key, body + purpose.encode(), "sha256")

    def _read(self, token: str, purpose: str) -> tuple[bytes, int] | None:
        """The serial of a ticket of ours, and the second in which it was issued."""
        try:
            raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        except (ValueError, binascii.Error):
            return None
        body, signature = raw[:_BODY], raw[_BODY:]
        if len(signature) != _MAC or not hmac.compare_digest(signature, self._signed(body, purpose)):
            return None
        return body[:16], int.from_bytes(body[16:], "big")


def worth(token: str, work: str) -> int:
    """How many leading zero bits the work on a ticket has: SHA-256 of the ticket, a full stop and a number."""
    if _NUMBER.fullmatch(work) is None:
        return 0
    digest = int.from_bytes(sha256(f"{token}.{work}".encode()).digest(), "big")
    return 256 - digest.bit_length()


def worked_out(ticket: Ticket) -> str:
    """The work that a browser would do for a ticket; for those who send by program, and for tests."""
    number = 0
    while worth(ticket.token, str(number)) < ticket.bits:
        number += 1
    return str(number)


class _Bucket:
    """Lets a burst through and then so many a minute, whoever sends."""

    def __init__(self, toll: Toll, now: float) -> None:
        self._most = float(toll.burst)
        self._a_second = toll.each_minute / 60
        self._left = self._most
        self._at = now

    def take(self, now: float) -> bool:
        """Whether one more is let through."""
        self._left = min(self._most, self._left + max(0.0, now - self._at) * self._a_second)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


def _text(form: Mapping[str, object], name: str) -> str:
    """A field as text; what is none (a file, nothing) counts as empty, and no ticket of ours is longer than this."""
    value = form.get(name, "")
    return value[:_LONGEST] if isinstance(value, str) else ""
