"""An index that grows: what is sealed is found, merges change no answer, labels are kept apart."""

from pathlib import Path

import pytest

from leconfield.errors import DamagedError
from leconfield.registry.nameindex import IndexWriter, NameSearch, open_segments
from leconfield.registry.nameindex.writer import LISTED

NAMES = [
    f"{one} {other}" for one in ("Ann", "Bea", "Cleo", "Dora") for other in ("Marsh", "Fenn", "Pool", "Reed", "Wold")
]


def test_rows_are_found_once_they_are_sealed(tmp_path: Path) -> None:
    with IndexWriter(tmp_path) as writer:
        writer.add("1", "Ann Marsh")
        assert writer.segments() == ()
        writer.seal()
        assert NameSearch(writer.segments()).search("Anne Marsh")[0].row_id == "1"


def test_merging_in_the_background_changes_no_answer(tmp_path: Path) -> None:
    with IndexWriter(tmp_path / "small", rows_in_memory=1) as small, IndexWriter(tmp_path / "large") as large:
        for number, name in enumerate(NAMES):
            small.add(str(number), name)
            large.add(str(number), name)
    one, many = open_segments(tmp_path / "large"), open_segments(tmp_path / "small")
    assert len(one) == 1
    assert 1 < len(many) < len(NAMES)
    for name in NAMES:
        assert NameSearch(many).search(name, 5) == NameSearch(one).search(name, 5)
    listed = {path.name for path in (tmp_path / "small").iterdir()}
    assert len(listed) == len(many) + 1


def test_segments_of_one_label_are_never_merged_with_another(tmp_path: Path) -> None:
    with IndexWriter(tmp_path, rows_in_memory=1) as writer:
        for number, name in enumerate(NAMES):
            writer.add(str(number), name, "AB"[number % 2])
    assert {each.label for each in open_segments(tmp_path)} == {"A", "B"}
    visible = open_segments(tmp_path, lambda label: label == "A")
    assert sum(each.rows for each in visible) == len(NAMES) / 2
    assert all(int(found.row_id) % 2 == 0 for name in NAMES for found in NameSearch(visible).search(name))


def test_a_reader_keeps_its_segments_while_they_are_merged_away(tmp_path: Path) -> None:
    with IndexWriter(tmp_path, rows_in_memory=1) as writer:
        writer.add("0", NAMES[0])
        reader = NameSearch(open_segments(tmp_path))
        before = reader.search(NAMES[0])
        for number, name in enumerate(NAMES[1:], 1):
            writer.add(str(number), name)
        writer.wait()
        assert reader.search(NAMES[0]) == before


def test_an_index_is_added_to_later_and_what_a_crash_left_is_swept_away(tmp_path: Path) -> None:
    with IndexWriter(tmp_path) as writer:
        writer.add("1", "Ann Marsh")
    (tmp_path / "left.names").write_bytes(b"half")
    with IndexWriter(tmp_path) as writer:
        writer.add("2", "Bea Fenn")
    assert not (tmp_path / "left.names").exists()
    search = NameSearch(open_segments(tmp_path))
    assert [search.search(name, 1)[0].row_id for name in ("Ann Marsh", "Bea Fenn")] == ["1", "2"]


def test_nothing_is_kept_of_rows_whose_adding_failed(tmp_path: Path) -> None:
    def failing() -> None:
        with IndexWriter(tmp_path) as writer:
            writer.add("1", "Ann Marsh")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert open_segments(tmp_path) == ()


def test_a_torn_list_of_segments_is_damaged(tmp_path: Path) -> None:
    (tmp_path / LISTED).write_text('[["a.names", "A"')
    with pytest.raises(DamagedError, match="build it again"):
        open_segments(tmp_path)
