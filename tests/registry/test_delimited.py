"""Delimited text: its character set and separator are found, and no bytes do more than fail with clear words."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.errors import BadInputError
from leconfield.registry import delimited
from leconfield.registry.delimited import UnreadRowError, delimiter_of, rows_in


def read(content: bytes, otherwise: str = ",") -> list[list[str]]:
    return list(rows_in(io.BytesIO(content), "table.csv", otherwise))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("delimiter", list(",;\t|"))
def test_character_set_and_separator_are_found(encoding: str, delimiter: str) -> None:
    rows = [["id", "name"], ["1", "Zoë Müller"], ["2", "Ann Otter, the elder; and | more"]]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    assert read(text.encode(encoding)) == rows


def test_western_letters_after_a_long_beginning_of_plain_ones_are_read() -> None:
    rows = read(("name,born\n" + "Ann,1961\n" * 9000 + "José,1961\n").encode("cp1252"))
    assert rows[-1] == ["José", "1961"]


def test_what_no_separator_cuts_alike_is_one_column_if_so_asked() -> None:
    content = b"Ann Otter\nOtter, Ben\nCid\nDan\n"
    assert read(content, "\x1f") == [["Ann Otter"], ["Otter, Ben"], ["Cid"], ["Dan"]]
    assert delimiter_of("") == ","


def test_zero_characters_are_left_out_and_empty_rows_counted() -> None:
    assert read(b"id,name\n\n1,A\0nn" + b" and so on" * 30) == [["id", "name"], [], ["1", "Ann" + " and so on" * 30]]


@pytest.mark.parametrize(("content", "row"), [(b'name\n"Ray\n', 2), (b'a,b\n1,2\n"x"y,3\n', 3)])
def test_a_quotation_mark_out_of_place_is_named_with_its_row_and_what_mends_it(content: bytes, row: int) -> None:
    with pytest.raises(UnreadRowError, match=rf'"table.csv", row {row}: .*check its quotation marks') as found:
        read(content)
    assert found.value.row == row


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(BadInputError, match="no text"):
        read(bytes(range(32)) * 10)


def test_a_line_that_never_ends_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "_LONGEST_LINE", 100)
    with pytest.raises(UnreadRowError, match="never ends"):
        read(b"name\n" + b"x" * 1000)


def test_the_stream_stays_open_for_whoever_reads_on() -> None:
    stream = io.BytesIO(b"a,b\n1,2\n")
    list(rows_in(stream, "table.csv"))
    assert not stream.closed


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    try:
        rows = read(content)
    except BadInputError:
        return
    assert all(isinstance(cell, str) for row in rows for cell in row)
