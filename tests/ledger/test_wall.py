"""The second wall: SQLite itself denies what a reader's connection may not touch."""

import sqlite3

import pytest

from leconfield.ledger.stores.sqlite import SqliteStore
from leconfield.ledger.stores.wall import admitting
from tests.ledger.desks import ROB, desk, filed

BYPASSES = (
    "SELECT * FROM statement",
    "SELECT count(*) FROM report",
    "SELECT max(rowid) FROM entry",
    "WITH a AS (SELECT * FROM entry) SELECT * FROM a",
    "SELECT (SELECT text FROM report LIMIT 1) FROM visible_report",
    "SELECT r.text FROM report r JOIN visible_report v",
    "INSERT INTO temp.visible VALUES (2)",
    "DELETE FROM temp.visible",
    "SELECT * FROM visible",
    "SELECT * FROM label",
    "SELECT * FROM audit_leaf",
    "SELECT * FROM sqlite_master",
    "SELECT * FROM temp.sqlite_master",
    "PRAGMA table_info(report)",
    "ATTACH ':memory:' AS other",
    "DROP VIEW visible_report",
    "CREATE TEMP VIEW mine AS SELECT * FROM report",
    "UPDATE report SET text = ''",
    "SELECT load_extension('x')",
)


@pytest.fixture
def store() -> SqliteStore:
    at = desk()
    filed(at, ROB, "Ray Cassell. Seen", "S")
    filed(at, ROB, "Ada Brook. A meet", "S&AGENTS")
    return at._store


def driver(store: SqliteStore) -> sqlite3.Connection:
    connection = store._reading.connection.driver_connection
    assert isinstance(connection, sqlite3.Connection)
    return connection


@pytest.mark.parametrize("query", BYPASSES)
def test_every_way_round_is_denied(store: SqliteStore, query: str) -> None:
    with admitting(driver(store), [1]) as connection, pytest.raises(sqlite3.DatabaseError, match=r"prohibit|authoriz"):
        connection.execute(query)


def test_what_the_labels_admit_is_read_and_no_more(store: SqliteStore) -> None:
    (low,) = [number for number, expression in store.labels().items() if expression == "S"]
    with admitting(driver(store), [low]) as connection:
        assert connection.execute("SELECT text FROM visible_report").fetchall() == [("Ray Cassell. Seen",)]
    with admitting(driver(store), []) as connection:
        assert connection.execute("SELECT text FROM visible_report").fetchall() == []
