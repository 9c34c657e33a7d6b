"""The store of an area: one transaction at a time, and nothing of what was deleted left in the file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from leconfield.window.store import open_store

SCHEMA = "create table if not exists words (said text not null)"


def test_what_was_deleted_is_nowhere_in_the_file_and_no_journal_stays(tmp_path: Path) -> None:
    path = tmp_path / "store" / "words.db"
    store = open_store(path, SCHEMA)
    with store() as connection:
        connection.executemany("insert into words values (?)", [(f"planted {each} " * 40,) for each in range(200)])
    large = path.stat().st_size
    with store() as connection:
        connection.execute("delete from words")
    assert b"planted" not in path.read_bytes()
    assert path.stat().st_size < large
    assert [each.name for each in path.parent.iterdir()] == ["words.db"]


def test_neither_the_file_nor_its_folder_tells_the_hour_even_of_a_look(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store" / "words.db", SCHEMA)
    for act in ("insert into words values ('x')", "select * from words"):
        with store() as connection:
            connection.execute(act)
        assert [each.stat().st_mtime % 86_400 for each in (tmp_path / "store", tmp_path / "store" / "words.db")] == [
            0,
            0,
        ]


def test_an_error_undoes_the_whole_of_it(tmp_path: Path) -> None:
    store = open_store(tmp_path / "words.db", SCHEMA)
    with pytest.raises(sqlite3.IntegrityError), store() as connection:
        connection.executemany("insert into words values (?)", [("half",), (None,)])
    with store() as connection:
        assert connection.execute("select count(*) from words").fetchone()[0] == 0


def test_a_store_that_is_there_keeps_what_is_in_it(tmp_path: Path) -> None:
    with open_store(tmp_path / "words.db", SCHEMA)() as connection:
        connection.execute("insert into words values ('kept')")
    with open_store(tmp_path / "words.db", SCHEMA)() as connection:
        assert [row["said"] for row in connection.execute("select said from words")] == ["kept"]
