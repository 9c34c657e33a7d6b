"""The embedded store: one SQLite file, WAL, every commit synced. The only module that writes ledger rows."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, Table, create_engine, event, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from leconfield.errors import BadInputError, DamagedError, RefusedError
from leconfield.ledger.stores import tables
from leconfield.ledger.stores.wall import admitting, raise_wall

_views = MetaData()
_VISIBLE = {table.name: table.to_metadata(_views, name=f"visible_{table.name}") for table in tables.READABLE}

_AT_ONCE = 500
"""Values in one `IN (…)`: well under SQLite's limit."""

Row = Mapping[str, Any]
Head = tuple[int, bytes, str]
"""Size, frontier and signed checkpoint of the audit log."""


class Writing:
    """One transaction: everything in it is kept together, or nothing is."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def label_id(self, expression: str) -> int:
        """The number under which this label is stored, given to it now if it is new."""
        found = self._connection.scalar(select(tables.label.c.label_id).where(tables.label.c.expression == expression))
        if found is None:
            made = self._connection.execute(insert(tables.label).values(expression=expression))
            found = made.inserted_primary_key[0]  # type: ignore[index]  # one primary key column
        return int(found)

    def add_entry(self, row: Row) -> int | None:
        """Append the entry; its place in the order, or None where an entry of that id stands already."""
        made = self._connection.execute(insert_or(tables.entry).values(row).on_conflict_do_nothing())
        return int(made.lastrowid) if made.rowcount else None

    def add(self, table: Table, rows: Sequence[Row]) -> None:
        """Append rows."""
        if rows:
            self._connection.execute(insert(table), [dict(row) for row in rows])

    def unknown(self, table: Table, ids: Sequence[str]) -> list[str]:
        """Those of the ids under which nothing stands yet, in the given order."""
        known: set[str] = set()
        for at in range(0, len(ids), _AT_ONCE):
            some = ids[at : at + _AT_ONCE]
            known.update(self._connection.scalars(select(table.c.id).where(table.c.id.in_(some))))
        return [each for each in ids if each not in known]

    def touch(self, labels: Iterable[int], seq: int) -> None:
        """Note that something came under these labels with entry `seq`."""
        for each in sorted(set(labels)):
            upsert = insert_or(tables.label_head).values(label_id=each, seq=seq)
            self._connection.execute(upsert.on_conflict_do_update(index_elements=["label_id"], set_={"seq": seq}))

    def head(self) -> Head | None:
        """The audit log's head; None before the first leaf."""
        row = self._connection.execute(select(tables.audit_head)).first()
        return (row.size, row.frontier, row.checkpoint) if row else None

    def add_leaves(self, first: int, leaves: Sequence[bytes], head: Head) -> None:
        """Append audit leaves from place `first` on, and replace the head."""
        self._connection.execute(
            insert(tables.audit_leaf), [{"n": first + n, "data": leaf} for n, leaf in enumerate(leaves)]
        )
        values = dict(zip(("size", "frontier", "checkpoint"), head, strict=True))
        if not self._connection.execute(update(tables.audit_head).values(values)).rowcount:
            self._connection.execute(insert(tables.audit_head).values(one=1, **values))


class SqliteStore:
    """A desk's entries, reports, statements and audit leaves in one file; `path` None keeps them in memory."""

    def __init__(self, path: Path | None) -> None:
        self._lock = threading.RLock()
        self._engine = _engine(path)
        self._reader = _engine(path) if path else self._engine
        try:
            self._open(path)
        except DBAPIError as error:
            raise DamagedError(f"{path} is no desk database ({error.orig}); restore it from a backup") from error

    def _open(self, path: Path | None) -> None:
        tables.metadata.create_all(self._engine)
        with self._engine.begin() as connection:
            version_row = insert_or(tables.setting).values(name="version", value=str(tables.VERSION))
            connection.execute(version_row.on_conflict_do_nothing())
            version = connection.scalar(select(tables.setting.c.value).where(tables.setting.c.name == "version"))
        if version != str(tables.VERSION):
            raise BadInputError(f"{path} has layout {version}; this program reads {tables.VERSION}")
        self._reading = self._reader.connect()
        raise_wall(_driver(self._reading))

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """A transaction; on leaving it everything is on disk, on an error nothing is.

        Raises:
            BadInputError: if a text cannot be stored.
            RefusedError: if somebody else is writing, or the disk is full.
            DamagedError: if the file is no longer a sound database.
        """
        with self._lock:
            try:
                with self._engine.begin() as connection:
                    connection.exec_driver_sql("BEGIN IMMEDIATE")
                    yield Writing(connection)
            except DBAPIError as error:
                raise _refused(error) from error
            except UnicodeEncodeError as error:
                raise BadInputError(
                    "some of it is half a character (a lone surrogate); type the words again"
                ) from error

    def labels(self) -> dict[int, str]:
        """Every label by its number: for evaluating them against a reader's tokens, never shown."""
        with self._lock, self._engine.connect() as connection:
            return {row.label_id: row.expression for row in connection.execute(select(tables.label))}

    def newest(self, labels: Iterable[int]) -> dict[int, int]:
        """For each of the labels, the place of the newest entry that brought something under it."""
        table = _VISIBLE["label_head"]
        with self._admitted(labels) as connection:
            return {row.label_id: row.seq for row in connection.execute(select(table.c.label_id, table.c.seq))}

    def between(self, kind: str, label_id: int, after: int, upto: int) -> list[Row]:
        """Rows of `entry`, `report` or `statement` under one label after one place and up to another, in order."""
        table = _VISIBLE[kind]
        wanted = (table.c.label_id == label_id, table.c.seq > after, table.c.seq <= upto)
        query = select(table).where(*wanted).order_by(table.c.seq, table.c.id)
        with self._admitted((label_id,)) as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def leaves(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The audit leaves from place `start` up to, but without, `stop`, in order."""
        table = tables.audit_leaf
        query = select(table.c.data).where(table.c.n >= start).order_by(table.c.n)
        with self._engine.connect() as connection:
            for data in connection.scalars(query if stop is None else query.where(table.c.n < stop)):
                yield data if isinstance(data, bytes) else str(data).encode()  # whoever tampers may leave text

    def head(self) -> Head | None:
        """The audit log's head."""
        with self._lock, self._engine.connect() as connection:
            return Writing(connection).head()

    def everything(self, table: Table) -> Iterator[Row]:
        """Every row of a table in the order of its entries: for verifying the audit, never for a reader."""
        with self._engine.connect() as connection:
            for row in connection.execute(select(table).order_by(table.c.seq)).mappings():
                yield dict(row)

    def close(self) -> None:
        """Let go of the file."""
        self._reading.close()
        self._reader.dispose()
        self._engine.dispose()

    @contextmanager
    def _admitted(self, labels: Iterable[int]) -> Iterator[Connection]:
        with self._lock, admitting(_driver(self._reading), labels):
            yield self._reading
            self._reading.rollback()


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _engine(path: Path | None) -> Engine:
    if path is None:
        engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    else:
        engine = create_engine(f"sqlite:///{path}", connect_args={"check_same_thread": False, "timeout": 30})
    event.listen(engine, "connect", _set_up)
    return engine


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _refused(error: DBAPIError) -> RefusedError | DamagedError:
    words = str(error.orig)
    if "locked" in words:
        return RefusedError("another program is writing to this desk; try again when it has finished")
    if "full" in words or "readonly" in words:
        return RefusedError(f"the desk cannot be written ({words}); free space on its disk and try again")
    return DamagedError(f"the desk's database reports: {words}; restore it from a backup")
