"""The vault's two files: what is sealed, and the wrapped keys that open it; the second is what is destroyed."""

from __future__ import annotations

import mmap
import re
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from leconfield.errors import BadInputError, DamagedError, RefusedError

SEALED: Final = "vault.db"
WRAPPED: Final = "vault-keys.db"
VERSION: Final = 1
_SEALED_TABLES: Final = """
CREATE TABLE person(id TEXT PRIMARY KEY, public BLOB NOT NULL) STRICT;
CREATE TABLE item(seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, person TEXT NOT NULL, at TEXT NOT NULL,
                  sealed BLOB NOT NULL) STRICT;
CREATE INDEX item_of_person ON item(person, seq);
"""
_WRAPPED_TABLES: Final = """
CREATE TABLE holder(name TEXT PRIMARY KEY, public BLOB NOT NULL, salt BLOB NOT NULL, wrapped BLOB NOT NULL) STRICT;
CREATE TABLE wrap(person TEXT NOT NULL, inner TEXT NOT NULL, outer TEXT NOT NULL, sealed BLOB NOT NULL,
                  PRIMARY KEY(person, inner, outer)) STRICT;
CREATE TABLE perishable(id TEXT PRIMARY KEY, key BLOB NOT NULL, until TEXT NOT NULL) STRICT;
CREATE INDEX perishable_until ON perishable(until);
"""


@dataclass(frozen=True, slots=True)
class HolderRow:
    """Somebody who holds one of two keys: his public key, and his private one under his passphrase."""

    name: str
    public: bytes
    salt: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is sealed to a person's key."""

    id: str
    person: str
    at: str
    sealed: bytes


class Safes:
    """The two files in one folder; every write is on disk when it returns. `folder` None keeps them in memory."""

    def __init__(self, folder: Path | None) -> None:
        if folder is not None:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        paths = (folder / SEALED, folder / WRAPPED) if folder else (None, None)
        self._sealed = _opened(paths[0])
        self._wrapped = _opened(paths[1])
        try:
            self._check_pair()
            for connection, path, tables in zip(
                (self._sealed, self._wrapped), paths, (_SEALED_TABLES, _WRAPPED_TABLES), strict=True
            ):
                _make(connection, path, tables)
        except DamagedError:
            self.close()
            raise

    def _check_pair(self) -> None:
        """Make sure that neither file is gone or emptied while the other has something: it would pass for a new vault.

        Raises:
            DamagedError: naming the file, and what to do.
        """
        new = {SEALED: not _version(self._sealed), WRAPPED: not _version(self._wrapped)}
        if new[SEALED] and not new[WRAPPED]:
            lost = SEALED if _any(self._wrapped, "holder", "wrap", "perishable") else ""
        else:
            lost = WRAPPED if new[WRAPPED] and not new[SEALED] and _any(self._sealed, "person") else ""
        if lost:
            raise DamagedError(f"{lost} is gone or empty, and the other file is not; restore both from one backup")

    def close(self) -> None:
        """Let go of both files."""
        self._sealed.close()
        self._wrapped.close()

    def add_holder(self, row: HolderRow) -> None:
        """Keep a holder.

        Raises:
            BadInputError: if one of that name is kept.
        """
        with _writing(self._wrapped) as cursor:
            try:
                values = (row.name, row.public, row.salt, row.wrapped)
                cursor.execute("INSERT INTO holder VALUES (?, ?, ?, ?)", values)
            except sqlite3.IntegrityError as error:
                raise BadInputError(f'"{row.name}" holds a key already; take it from him first') from error

    def holders(self) -> dict[str, HolderRow]:
        """Every holder by name."""
        rows = _read(self._wrapped, "SELECT name, public, salt, wrapped FROM holder ORDER BY name")
        return {row[0]: HolderRow(*row) for row in rows}

    def drop_holder(self, name: str) -> None:
        """Destroy a holder's key, and every wrap that takes it."""
        with _writing(self._wrapped) as cursor:
            cursor.execute("DELETE FROM wrap WHERE inner = ? OR outer = ?", (name, name))
            cursor.execute("DELETE FROM holder WHERE name = ?", (name,))
        self._scrub()

    def add_person(self, person: str, public: bytes, wraps: Sequence[tuple[str, str, bytes]]) -> None:
        """Keep a person's public key, and his private one wrapped for each pair: the wraps first, which may lack him.

        Wraps that a process left behind when it was stopped between the two files open nothing, and give way.

        Raises:
            BadInputError: if he is kept already.
        """
        if self.public_of(person) is not None:
            raise BadInputError("this person lies in the vault already; add to what is kept of him")
        with _writing(self._wrapped) as cursor:
            cursor.execute("DELETE FROM wrap WHERE person = ?", (person,))
            cursor.executemany("INSERT INTO wrap VALUES (?, ?, ?, ?)", [(person, *each) for each in wraps])
        with _writing(self._sealed) as cursor:
            cursor.execute("INSERT INTO person VALUES (?, ?)", (person, public))

    def add_wraps(self, person: str, wraps: Sequence[tuple[str, str, bytes]]) -> None:
        """Keep further wraps of a person's key; one for a pair that has one replaces it."""
        with _writing(self._wrapped) as cursor:
            cursor.executemany("INSERT OR REPLACE INTO wrap VALUES (?, ?, ?, ?)", [(person, *each) for each in wraps])

    def public_of(self, person: str) -> bytes | None:
        """The person's public key; None if he is not here."""
        rows = _read(self._sealed, "SELECT public FROM person WHERE id = ?", person)
        return rows[0][0] if rows else None

    def wraps_of(self, person: str) -> dict[tuple[str, str], bytes]:
        """The wraps of his key by pair: whose seal is within, whose is around it."""
        rows = _read(self._wrapped, "SELECT inner, outer, sealed FROM wrap WHERE person = ?", person)
        return {(inner, outer): sealed for inner, outer, sealed in rows}

    def opened_only_with(self, name: str) -> int:
        """How many persons nobody could open any more without that holder."""
        rows = _read(
            self._wrapped,
            "SELECT count(*) FROM (SELECT person FROM wrap GROUP BY person HAVING min(inner = ?1 OR outer = ?1))",
            name,
        )
        return int(rows[0][0])

    def add_item(self, item: Item) -> None:
        """Keep what is sealed."""
        with _writing(self._sealed) as cursor:
            cursor.execute(
                "INSERT INTO item(id, person, at, sealed) VALUES (?, ?, ?, ?)",
                (item.id, item.person, item.at, item.sealed),
            )

    def items_of(self, person: str) -> list[Item]:
        """What is sealed to him, the oldest first."""
        rows = _read(self._sealed, "SELECT id, person, at, sealed FROM item WHERE person = ? ORDER BY seq", person)
        return [Item(*row) for row in rows]

    def shred(self, person: str) -> None:
        """Destroy every wrap of his key, here and in the free space of the file: nothing opens what is sealed to it."""
        with _writing(self._wrapped) as cursor:
            cursor.execute("DELETE FROM wrap WHERE person = ?", (person,))
        self._scrub()

    def add_perishable(self, which: str, key: bytes, until: str) -> None:
        """Keep the key of a text until that moment (a stamp)."""
        with _writing(self._wrapped) as cursor:
            cursor.execute("INSERT INTO perishable VALUES (?, ?, ?)", (which, key, until))

    def perishable(self, which: str) -> tuple[bytes, str] | None:
        """The key of a text, and until when it is kept; None once it was destroyed."""
        rows = _read(self._wrapped, "SELECT key, until FROM perishable WHERE id = ?", which)
        return (rows[0][0], rows[0][1]) if rows else None

    def perish(self, moment: str) -> int:
        """Destroy every key whose time is over at that moment (a stamp); how many."""
        with _writing(self._wrapped) as cursor:
            gone = cursor.execute("DELETE FROM perishable WHERE until < ?", (moment,)).rowcount
        if gone:
            self._scrub()
        return gone

    def traces(self, person: str, holders: Collection[str]) -> tuple[str, ...]:
        """The files of the desk, by their path in it, where a row of a wrap of his key stands, even a deleted one.

        Such a row, in a table, an index or a log, holds his id and at once the names of two holders; nothing else does.
        """
        names = b"|".join(re.escape(each.encode()) for each in sorted(holders))
        row = re.compile(re.escape(person.encode()) + b"(?:%b)(?:%b)" % (names, names))
        if self._folder is None:
            kept = ((SEALED, self._sealed.serialize()), (WRAPPED, self._wrapped.serialize()))
            return tuple(name for name, content in kept if row.search(content))
        desk = self._folder.parent
        files = sorted(each for each in desk.rglob("*") if each.is_file())
        return tuple(str(each.relative_to(desk)) for each in files if _holds(each, row))

    def _scrub(self) -> None:
        """Write the file of keys anew, and empty its log: what was deleted is in neither."""
        try:
            self._wrapped.execute("VACUUM")
            self._wrapped.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except sqlite3.Error as error:
            raise _refused(error) from error


def _opened(path: Path | None) -> sqlite3.Connection:
    """A file of the vault, not yet made if it is new.

    Raises:
        DamagedError: if it is torn, or no vault.
    """
    called = path.name if path else "the vault"
    connection = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False)
    try:
        for setting in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "trusted_schema = OFF"):
            connection.execute(f"PRAGMA {setting}").fetchall()
        version = _version(connection)
        (sound,) = connection.execute("PRAGMA quick_check").fetchone()
    except sqlite3.Error as error:
        connection.close()
        raise DamagedError(f"{called} is no vault ({error}); restore both files of it from one backup") from error
    if version not in (0, VERSION) or sound != "ok":
        connection.close()
        raise DamagedError(f"{called} is torn or of another version; restore both files of the vault from one backup")
    return connection


def _make(connection: sqlite3.Connection, path: Path | None, tables: str) -> None:
    """Make the tables of a new file, and see that the file is whole.

    Raises:
        DamagedError: if it is not.
    """
    called = path.name if path else "the vault"
    try:
        if not _version(connection):
            connection.executescript(f"BEGIN IMMEDIATE; {tables} PRAGMA user_version = {VERSION}; COMMIT;")
        whole = path is None or _whole(connection, path)
    except sqlite3.Error as error:
        raise DamagedError(f"{called} is no vault ({error}); restore both files of it from one backup") from error
    if not whole:
        raise DamagedError(f"{called} is torn; restore both files of the vault from one backup")
    if path is not None:
        path.chmod(0o600)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _any(connection: sqlite3.Connection, *tables: str) -> bool:
    """Whether any of these tables of ours holds a row."""
    return any(connection.execute(f"SELECT 1 FROM {each} LIMIT 1").fetchone() for each in tables)  # noqa: S608 - our own


def _whole(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether the file is as long as its head says, once its log is in it: empty pages are missed by other checks."""
    (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    (pages,), (size,) = (connection.execute(f"PRAGMA {each}").fetchone() for each in ("page_count", "page_size"))
    return bool(busy) or path.stat().st_size == pages * size


def _holds(path: Path, row: re.Pattern[bytes]) -> bool:
    """Whether a file holds what is looked for; an empty one, or one that is gone by now, does not."""
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return row.search(content) is not None
    except (FileNotFoundError, ValueError):
        return False


@contextmanager
def _writing(connection: sqlite3.Connection) -> Iterator[sqlite3.Cursor]:
    try:
        with closing(connection.cursor()) as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield cursor
            except BaseException:
                cursor.execute("ROLLBACK")
                raise
            cursor.execute("COMMIT")
    except sqlite3.Error as error:
        raise _refused(error) from error


def _read(connection: sqlite3.Connection, question: str, *values: str) -> list[tuple[Any, ...]]:
    try:
        return connection.execute(question, values).fetchall()
    except sqlite3.Error as error:
        raise _refused(error) from error


def _refused(error: sqlite3.Error) -> RefusedError | DamagedError:
    if isinstance(error, sqlite3.OperationalError) and any(
        each in str(error) for each in ("locked", "full", "readonly")
    ):
        return RefusedError(f"the vault cannot be written ({error}); try again, or make room on the disk")
    return DamagedError(f"the vault is torn ({error}); restore both files of it from one backup")
