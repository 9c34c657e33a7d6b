"""A case folder that does not fit together is refused, and the message says where."""

import json
import shutil
from pathlib import Path

import pytest

from leconfield.demo import read_case
from leconfield.errors import BadInputError
from tests.examples.sequin import FOLDER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(FOLDER, tmp_path / "case")


def swap(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def first_statement(folder: Path, **changes: str) -> None:
    path = folder / "statements.jsonl"
    first, rest = path.read_text(encoding="utf-8").split("\n", 1)
    path.write_text(json.dumps({**json.loads(first), **changes}) + "\n" + rest, encoding="utf-8")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"quote": "the moon is made of it"}, 'line 1: report 000 does not say "the moon'),
        ({"report": "999"}, 'line 1: there is no report "999"'),
        ({"subject": "p-nobody"}, 'line 1: no subject is registered as "p-nobody"'),
        ({"value": "o-nowhere", "prop": "employer"}, 'line 1: no subject is registered as "o-nowhere"'),
        ({"prop": "shoeSize"}, 'line 1: "shoeSize" is not a property'),
        ({"label": "S&SEQUIN|AGENTS"}, "line 1: label .* may not be mixed"),
        ({"held_start": "2026-02-31"}, 'line 1: "2026-02-31" is no date'),
        ({"polarity": "perhaps"}, 'line 1: polarity "perhaps"'),
        ({"modality": "dreamt"}, 'line 1: modality "dreamt"'),
        ({"mood": "sad"}, "line 1: mood is not known"),
    ],
)
def test_a_faulty_statement_is_named_by_its_line(folder: Path, changes: dict[str, str], message: str) -> None:
    first_statement(folder, **changes)
    with pytest.raises(BadInputError, match=message):
        read_case(folder)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("reports/001.txt", "Source: MAGPIE", "Source: JACKDAW", 'source "JACKDAW" is not in case.toml'),
        ("reports/001.txt", "Grade: E4\n", "", "header lacks Grade"),
        ("reports/001.txt", "Grade: E4", "Grade: Z9", 'grade "Z9" is not one'),
        ("reports/001.txt", "Label: S", "Label: S&", "a token is missing"),
        ("reports/001.txt", "Received: 2026", "Received: soon", "is no moment"),
        ("subjects.csv", "Person,", "Parson,", 'schema "Parson" is not one of'),
        ("subjects.csv", "key,schema", "key,kind", "the columns must be"),
        ("subjects.csv", ",emma,", ",edna,", '"edna" is not a user'),
        ("case.toml", 'title = "Operation SEQUIN"', "", "'title' is missing"),
        ("case.toml", "[[users]]", "[[users", "case.toml"),
        ("statements.jsonl", "{", "", "line 1"),
    ],
)
def test_a_faulty_file_is_named(folder: Path, file: str, old: str, new: str, message: str) -> None:
    swap(folder / file, old, new)
    with pytest.raises(BadInputError, match=message):
        read_case(folder)


def test_a_key_used_twice_is_refused(folder: Path) -> None:
    path = folder / "subjects.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    with pytest.raises(BadInputError, match="is used twice"):
        read_case(folder)


def test_an_empty_folder_is_refused_with_the_first_file_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"case\.toml is missing"):
        read_case(tmp_path)


def test_a_file_that_is_not_utf_8_is_refused(folder: Path) -> None:
    (folder / "reports" / "001.txt").write_bytes(b"Title: \xff\n\nx")
    with pytest.raises(BadInputError, match="is not UTF-8"):
        read_case(folder)
