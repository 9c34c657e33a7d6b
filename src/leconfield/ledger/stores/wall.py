"""The second wall: what SQLite itself lets a reader's query touch, however the query is written.

A reader's connection may read `entry`, `report` and `statement` only through the views `visible_…`, which admit only
the labels put into `temp.visible` beforehand. Everything else (other tables, the schema, attaching, writing, pragmas)
is denied when the query is prepared. Source: SQLite, `sqlite3_set_authorizer`; GlobaLeaks uses the same technique.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from leconfield.ledger.stores.tables import READABLE

_GUARDED: Final = frozenset(table.name for table in READABLE)
_VIEWS: Final = frozenset(f"visible_{name}" for name in _GUARDED)
_FUNCTIONS: Final = frozenset({"max", "count"})


def raise_wall(connection: sqlite3.Connection) -> None:
    """Create the views through which a reader reads; once per connection."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS visible (label_id INTEGER PRIMARY KEY)")
    for name in sorted(_GUARDED):
        connection.execute(
            f"CREATE TEMP VIEW IF NOT EXISTS visible_{name} AS"  # noqa: S608 - names are our own constants, never input
            f" SELECT * FROM main.{name} WHERE label_id IN (SELECT label_id FROM temp.visible)"
        )


@contextmanager
def admitting(connection: sqlite3.Connection, labels: Iterable[int]) -> Iterator[sqlite3.Connection]:
    """The connection, able to read what stands under `labels` and nothing else, until the block ends."""
    connection.set_authorizer(None)
    connection.execute("DELETE FROM temp.visible")
    connection.executemany("INSERT INTO temp.visible VALUES (?)", ((each,) for each in labels))
    connection.commit()
    connection.set_authorizer(_allow)
    try:
        yield connection
    finally:
        connection.set_authorizer(None)


def _allow(action: int, first: str | None, second: str | None, _database: str | None, via: str | None) -> int:
    if action == sqlite3.SQLITE_SELECT:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION and second in _FUNCTIONS:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_READ and _readable(first or "", via):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _readable(table: str, via: str | None) -> bool:
    if table in _VIEWS:
        return True
    if table == "visible":
        return via in _VIEWS
    return table in _GUARDED and via == f"visible_{table}"
