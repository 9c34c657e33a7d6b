"""What was handed over to be looked at and waits to be taken in: for whoever brought it, and for nobody else.

The ledger has nothing of it yet. One thing waits for each officer, the last; what waits is gone when the site stops.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import BinaryIO, Final
from weakref import WeakKeyDictionary

from leconfield.errors import NotFoundError
from leconfield.intake.filing import Terms
from leconfield.intake.tables import Reading
from leconfield.ledger.desk import Desk

MOST_WAITING: Final = 20


@dataclass(slots=True)
class Waiting:
    """A file that waits, and what has been said of it so far."""

    filename: str
    content: BinaryIO
    terms: Terms
    reading: Reading | None = None
    """What the columns of a table mean."""
    saved: str = ""
    """The saved mapping by which a table is read instead; empty: by its columns as chosen."""
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))


_waiting: WeakKeyDictionary[Desk, dict[tuple[str, str], Waiting]] = WeakKeyDictionary()
"""By desk, then by who brought it and what it is."""


def put(desk: Desk, name: str, what: str, waiting: Waiting) -> Waiting:
    """Let it wait, in the place of what waited before."""
    mine = _waiting.setdefault(desk, {})
    mine.pop((name, what), None)
    while len(mine) >= MOST_WAITING:
        mine.pop(next(iter(mine)))
    mine[name, what] = waiting
    return waiting


def found(desk: Desk, name: str, what: str, token: str) -> Waiting:
    """What waits for him under the token.

    Raises:
        NotFoundError: if nothing does.
    """
    mine = _waiting.get(desk, {}).get((name, what))
    if mine is None or not secrets.compare_digest(mine.token.encode(), token.encode(errors="replace")):
        raise NotFoundError(f"no {what} of yours waits here; hand it over again")
    return mine


def claimed(desk: Desk, name: str, what: str, token: str) -> Waiting:
    """The same, which is then nobody else's to take in.

    Raises:
        NotFoundError: if nothing waits under the token, or it is being taken in already.
    """
    mine = found(desk, name, what, token)
    if _waiting.get(desk, {}).pop((name, what), None) is not mine:
        raise NotFoundError(f"that {what} is being taken in already; look for it in the inbox")
    return mine
