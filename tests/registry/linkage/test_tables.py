"""Tests of `leconfield.registry.linkage.tables`: odd files are read whole, or said to be what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from leconfield.errors import BadInputError
from leconfield.registry.linkage.tables import LONGEST_ROW, open_table


def rows_of(tmp_path: Path, content: bytes) -> list[tuple[str, ...]]:
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    table = open_table(path)
    return [table.columns, *(tuple(row.values()) for batch in table.batches(100) for row in batch.to_pylist())]


def test_a_header_may_follow_empty_rows(tmp_path: Path) -> None:
    assert rows_of(tmp_path, b"\n,\n\nid,name\n1,Anna Bell\n") == [("id", "name"), ("1", "Anna Bell")]


def test_a_header_may_be_broken_over_lines(tmp_path: Path) -> None:
    assert rows_of(tmp_path, b'id,"full\nname"\n1,Anna Bell\n') == [("id", "full name"), ("1", "Anna Bell")]


def test_a_file_without_a_filled_cell_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="no filled cell"):
        rows_of(tmp_path, b",,\n,,\n")


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    assert rows_of(tmp_path, b"id,name\n") == [("id", "name")]


@pytest.mark.parametrize("charset", ["cp1252", "utf-8"])
def test_an_encoding_that_shows_late_is_told_all_the_same(tmp_path: Path, charset: str) -> None:
    plain = "".join(f"{number},Anna Bell\n" for number in range(8000))
    found = rows_of(tmp_path, f"id,name\n{plain}9000,René Café\n".encode(charset))
    assert len(found) == 8002
    assert found[-1] == ("9000", "René Café")


def test_a_row_without_end_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="a row is longer than"):
        rows_of(tmp_path, b'id,name\n1,"' + b"Anna\n" * LONGEST_ROW)
