"""Unfinished applications: kept sealed to a key that follows from seven words, which nobody here keeps.

A row is a place, a sealed draft padded to one of a few sizes, the day on which it is forgotten, and whether somebody
ever came back to it. From the store alone nothing is opened: the key is worked out of the words when somebody comes
back with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from sqlite3 import Connection
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from leconfield.errors import BadInputError, LeconfieldError
from leconfield.gate.bundles.boxes import bucket
from leconfield.gate.bundles.content import canonical, parsed
from leconfield.gate.bundles.envelope import enclose, open_envelope
from leconfield.window.codes import Derived
from leconfield.window.store import Store, open_store

FILE: Final = "drafts.db"
KEPT_DAYS: Final = 60
"""Days after the last time it was saved for which a draft is kept."""
MAX_DRAFTS: Final = 20_000
"""Drafts that are kept at once: a bound on what anybody can fill this host with. At the bound those that nobody ever
came back to give way, so that whoever saves without end shuts out nobody for long."""
MAX_BYTES: Final = 256 * 1024
"""Of one draft, before it is padded."""
_LENGTH_BYTES: Final = 8
_SCHEMA: Final = """
create table if not exists draft (
  place text primary key,
  sealed blob not null,
  until text not null,
  back integer not null default 0
) strict, without rowid;
"""
_KEEP: Final = """
insert into draft (place, sealed, until) values (?, ?, ?)
on conflict (place) do update set sealed = excluded.sealed, until = excluded.until
"""
_COME_BACK: Final = "update draft set back = 1 where place = ? and until >= ? returning sealed"
_GIVE_WAY: Final = """
delete from draft where place = (select place from draft where back = 0 and place <> ? order by until, place limit 1)
"""
"""Without an index: it is asked only when the store is full."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody has typed so far for a vacancy, by the names of the fields."""

    vacancy: str
    typed: Mapping[str, str]


class Drafts:
    """The store of drafts of one window."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._store: Store = open_store(path, _SCHEMA)

    def keep(self, place: str, mailbox: bytes, draft: Draft, today: date) -> None:
        """Keep a draft at a place, over what lay there; `mailbox` is the public key that follows from the code.

        Raises:
            BadInputError: if it is too long, or there is no room left by those that somebody came back to.
        """
        sealed = enclose(_packed(draft), [X25519PublicKey.from_public_bytes(mailbox)])
        until = (today + timedelta(days=KEPT_DAYS)).isoformat()
        with self._store() as connection:
            connection.execute("delete from draft where until < ?", (today.isoformat(),))
            _make_room(connection, place)
            connection.execute(_KEEP, (place, sealed, until))

    def opened(self, derived: Derived, today: date) -> Draft | None:
        """The draft of whoever has the code; none if there is none, or it is too old.

        The work is the same in both cases: where nothing lies, a decoy sealed to the same key is opened.
        """
        with self._store() as connection:
            wanted = (derived.place, today.isoformat())
            row = connection.execute(_COME_BACK, wanted).fetchone()
        decoy = enclose(_packed(Draft("", {})), [derived.key.public_key()])
        packed = _opened(row["sealed"] if row else decoy, derived)
        return packed if row else None

    def sweep(self, today: date) -> None:
        """Delete what is too old."""
        self.forget("", today)

    def forget(self, place: str, today: date) -> None:
        """Delete what lies at a place, and what is too old; where nothing lies nothing happens."""
        with self._store() as connection:
            connection.execute("delete from draft where place = ? or until < ?", (place, today.isoformat()))


def _make_room(connection: Connection, place: str) -> None:
    """Room for one draft at a place, by letting go of the oldest that nobody came back to if it must be."""
    (others,) = connection.execute("select count(*) from draft where place <> ?", (place,)).fetchone()
    if others >= MAX_DRAFTS and not connection.execute(_GIVE_WAY, (place,)).rowcount:
        raise BadInputError("no more unfinished applications can be kept now; send yours, or try again later")


def _packed(draft: Draft) -> bytes:
    packed = canonical({"typed": dict(draft.typed), "vacancy": draft.vacancy})
    size = len(packed) + _LENGTH_BYTES
    if size > MAX_BYTES:
        raise BadInputError(f"{size:,} bytes of answers are more than can be kept; {MAX_BYTES:,} at most")
    return len(packed).to_bytes(_LENGTH_BYTES, "big") + packed + bytes(bucket(size) - size)


def _opened(sealed: bytes, derived: Derived) -> Draft | None:
    """What is in it; none if it does not open: to whoever asks, a torn draft is as good as none."""
    try:
        padded = open_envelope(sealed, derived.key, where="draft")
        size = int.from_bytes(padded[:_LENGTH_BYTES], "big")
        told = parsed(padded[_LENGTH_BYTES : _LENGTH_BYTES + size], "draft")
    except LeconfieldError:
        return None
    typed = told.get("typed")
    if not isinstance(typed, dict):
        return None
    return Draft(str(told.get("vacancy", "")), {str(name): str(words) for name, words in typed.items()})
