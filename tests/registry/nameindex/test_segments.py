"""Segments: answers do not depend on how rows are spread, hidden ones change nothing, and damage is noticed."""

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.errors import DamagedError
from leconfield.registry.nameindex import Knowledge, NameSearch, Segment, build
from leconfield.registry.nameindex.gather import Gathering
from leconfield.registry.nameindex.merging import merged

WORDS: tuple[str, ...] = (
    "Ann",
    "Anna",
    "Hanna",
    "Smith",
    "Smyth",
    "Smithson",
    "Lee",
    "Li",
    "Мария",
    "Maria",
    "de la Cruz",
    "O'Neil",
)
WORDS += ("Abdul", "Rahman", "Abdulrahman", "محمد", "Mohamed", "J.", "bin", "Ltd", "Dr", "x", "12", "Jean-Paul", "")
rows = st.lists(
    st.tuples(
        st.text("ab1", min_size=1, max_size=20),
        st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join),
        st.integers(0, 2),
    ),
    min_size=1,
    max_size=40,
)
Row = tuple[str, str, int]


def sealed(of: Sequence[Row], label: str = "") -> Segment:
    gathering = Gathering(Knowledge.shipped())
    for row_id, text, _ in of:
        gathering.add(row_id, text)
    return gathering.sealed(label)


@settings(deadline=None, max_examples=60)
@given(rows, st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join))
def test_any_split_into_segments_answers_as_one(spread: list[Row], asked: str) -> None:
    parts = [part for which in range(3) if (part := [row for row in spread if row[2] == which])]
    whole = NameSearch([sealed(spread)]).answer(asked, 25)
    split = NameSearch([sealed(part) for part in parts]).answer(asked, 25)
    assert (split.verdict, split.rows) == (whole.verdict, whole.rows)
    assert [(each.row_id, each.score, each.probability) for each in split.found] == [
        (each.row_id, each.score, each.probability) for each in whole.found
    ]


@settings(deadline=None, max_examples=30)
@given(rows)
def test_merged_segments_are_what_gathering_all_at_once_makes(spread: list[Row]) -> None:
    unique = [(f"{number:03}{row_id}", text, which) for number, (row_id, text, which) in enumerate(spread)]
    parts = [part for which in range(3) if (part := [row for row in unique if row[2] == which])]
    one, other = merged([sealed(part) for part in parts]), sealed(unique)
    for group in ("parts", "names"):
        for field in getattr(one, group)._fields:
            mine, theirs = (getattr(getattr(each, group), field) for each in (one, other))
            assert np.array_equal(mine, theirs), field


@settings(deadline=None, max_examples=30)
@given(rows)
def test_reading_a_word_at_once_is_reading_the_whole_name(spread: list[Row]) -> None:
    apart = {}
    for row_id, text, _ in spread:
        alone = sealed([(row_id, text, 0)])
        apart[text] = alone.parts_of(0)
    together = sealed(spread)
    for name in range(len(together.names.name_hash)):
        row = int(together.names.name_row[name])
        assert together.parts_of(name) == apart[together.text_of(row)]


def test_segments_that_are_not_handed_in_change_no_byte_and_no_work(tmp_path: Path) -> None:
    visible = build([("1", "Ann Smith"), ("2", "Maria Lee")], tmp_path / "visible", label="A")
    before = [NameSearch([visible]).answer(text) for text in ("Ann Smith", "Anne Smyth", "Lee")]
    build([(str(number), "Ann Smith") for number in range(2000)], tmp_path / "hidden", label="B")
    after = [
        NameSearch([Segment.open(tmp_path / "visible")]).answer(text) for text in ("Ann Smith", "Anne Smyth", "Lee")
    ]
    assert before == after


def test_what_is_written_is_what_is_mapped(tmp_path: Path) -> None:
    made = sealed([("1", "Ann Smith", 0), ("2", "", 0)], "S&A")
    read = made.write(tmp_path / "names")
    read.verify()
    assert read.label == "S&A"
    assert [path.name for path in tmp_path.iterdir()] == ["names"]
    for group in ("parts", "names"):
        for field in getattr(made, group)._fields:
            assert np.array_equal(getattr(getattr(made, group), field), getattr(getattr(read, group), field))


def test_the_order_of_rows_changes_no_byte_of_the_file(tmp_path: Path) -> None:
    many = [(str(number), f"{WORDS[number % 8]} {WORDS[number % 5]}") for number in range(50)]
    build(many, tmp_path / "one")
    random.Random(3).shuffle(many)
    build(many, tmp_path / "other")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


@pytest.mark.parametrize("kept", [0, 5, 40, 5000, -1, -100])
def test_a_file_that_was_cut_short_is_damaged(tmp_path: Path, kept: int) -> None:
    build([("1", "Ann Smith")], tmp_path / "names")
    (tmp_path / "names").write_bytes((tmp_path / "names").read_bytes()[:kept])
    with pytest.raises(DamagedError, match="build it again"):
        Segment.open(tmp_path / "names")


def test_a_file_of_something_else_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "names").write_bytes(b"%PDF-1.7" * 10_000)
    with pytest.raises(DamagedError, match="no file of names"):
        Segment.open(tmp_path / "names")
    with pytest.raises(DamagedError, match="cannot be read"):
        Segment.open(tmp_path / "absent")


def test_a_changed_header_is_noticed_at_once_and_changed_names_when_verified(tmp_path: Path) -> None:
    path = tmp_path / "names"
    build([("1", "Ann Smith")], path)
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    with pytest.raises(DamagedError, match="header"):
        Segment.open(path)
    content[100] ^= 1
    content[-3] ^= 1
    path.write_bytes(content)
    with pytest.raises(DamagedError, match="than was written"):
        Segment.open(path).verify()


def test_an_index_is_read_with_the_tables_it_was_built_with(tmp_path: Path) -> None:
    other = Knowledge.without(lambda text: text == "ann", "without Ann")
    segment = build([("1", "Ann Smith")], tmp_path / "names", knowledge=other)
    with pytest.raises(DamagedError, match="other tables"):
        NameSearch([segment])
    assert NameSearch([segment], other).search("Ann Smith")
