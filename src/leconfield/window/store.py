"""SQLite that leaves nothing behind: deleted rows are overwritten, the file shrinks, no journal and no hour stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from leconfield.window.writing import level

Store = Callable[[], AbstractContextManager[sqlite3.Connection]]
"""`with store() as connection:` one transaction, written at its end, undone by an error."""


def open_store(path: Path, schema: str) -> Store:
    """The way to a store in that file; its tables (`create table if not exists ...`) are made when first needed.

    A connection is for one thread and one transaction; make one where it is needed and let go of it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _connected(path) as connection:
        connection.executescript(schema)

    @contextmanager
    def transaction() -> Iterator[sqlite3.Connection]:
        with _connected(path) as opened:
            opened.execute("begin immediate")
            try:
                yield opened
            except BaseException:
                opened.rollback()
                raise
            opened.commit()

    return transaction


@contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        for pragma in (
            "auto_vacuum = full",
            "secure_delete = on",
            "trusted_schema = off",
            "foreign_keys = on",
            "journal_mode = delete",
            "synchronous = full",
            "temp_store = memory",
        ):
            connection.execute(f"pragma {pragma}")
        yield connection
    finally:
        connection.close()
        for each in (path, path.parent):  # opening alone writes to it, so its times would say when somebody last came
            with suppress(FileNotFoundError):
                level(each, datetime.now(UTC).date().isoformat())
