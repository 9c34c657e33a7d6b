"""The command `resolve`: any table in, clusters out, and clear words where it cannot."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyarrow.csv
import pyarrow.parquet
import pytest

from leconfield import cli
from tests.registry.linkage.people import people, table

RECORDS = people(25)


def run(
    *arguments: str | Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.argv", ["leconfield", "resolve", *map(str, arguments)])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    said = capsys.readouterr()
    return int(stopped.value.code or 0), said.out, " ".join(said.err.split())


def clusters(text: str) -> dict[str, str]:
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["id", "cluster"]
    return {row[0]: row[1] for row in rows[1:]}


@pytest.fixture
def csv_file(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    pyarrow.csv.write_csv(table(RECORDS), path)
    return path


def test_a_table_comes_back_as_clusters_and_says_what_it_went_by(
    csv_file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, err = run("--id", "id", csv_file, capsys=capsys, monkeypatch=monkeypatch)
    found = clusters(out)
    assert code == 0
    assert found.keys() == {each["id"] for each in RECORDS}
    assert found["3-0"] == "3-0"
    assert "name: name" in err
    assert "birth: born" in err


def test_any_encoding_blanks_and_delimiter_give_the_same_clusters(
    csv_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = run("--id", "id", csv_file, capsys=capsys, monkeypatch=monkeypatch)[1]
    text = csv_file.read_text().replace('"', "")
    kinds = {
        "blanks": text.replace(",", ", ").encode(),
        "bom": b"\xef\xbb\xbf" + text.encode(),
        "wide": text.encode("utf-16"),
        "semicolons": text.replace(",", ";").replace("\n", "\r\n").encode(),
    }
    for name, body in kinds.items():
        (tmp_path / name).write_bytes(body)
        assert run("--id", "id", tmp_path / name, capsys=capsys, monkeypatch=monkeypatch)[1] == expected
    pyarrow.parquet.write_table(table(RECORDS), tmp_path / "people.parquet")
    assert run("--id", "id", tmp_path / "people.parquet", capsys=capsys, monkeypatch=monkeypatch)[1] == expected


def test_ids_that_are_missing_or_there_twice_are_told_with_their_rows_in_both_ways(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "twice.csv").write_text("id,name\n7,ann lee\n8,ben may\n7,cy fox\n")
    (tmp_path / "none.csv").write_text("id,name\n7,ann lee\n,ben may\n")
    for way in ((), ("--batch",), ("--engine", "duckdb")):
        for name, words in (
            ("twice.csv", 'the id "7" is there twice, in row 1 and in row 3'),
            ("none.csv", 'row 2 has no "id"; give every record one'),
        ):
            code, out, err = run("--id", "id", *way, tmp_path / name, capsys=capsys, monkeypatch=monkeypatch)
            assert (code, out) == (2, ""), (way, name)
            assert words in err


def test_one_by_one_and_batch_give_the_same_clusters(
    csv_file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one_by_one = run("--id", "id", csv_file, capsys=capsys, monkeypatch=monkeypatch)[1]
    together = run("--id", "id", "--batch", csv_file, capsys=capsys, monkeypatch=monkeypatch)[1]
    assert clusters(one_by_one) == clusters(together)


def test_a_journal_is_gone_on_from(
    csv_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("--id", "id", "--journal", tmp_path / "journal", csv_file)
    first = run(*arguments, capsys=capsys, monkeypatch=monkeypatch)
    with (tmp_path / "journal").open("ab") as file:
        file.write(b"0123 torn")
    again = run(*arguments, capsys=capsys, monkeypatch=monkeypatch)
    assert again[1] == first[1]
    assert "75 entries" in again[2]
    assert "cut off" in again[2]


def test_judgements_are_kept_to(
    csv_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = tmp_path / "said.csv"
    said.write_text("left,right,verdict\n0-0,1-0,same\n2-0,2-1,different\n")
    for way in ((), ("--batch",)):
        out = run("--id", "id", "--judgements", said, *way, csv_file, capsys=capsys, monkeypatch=monkeypatch)[1]
        assert clusters(out)["0-0"] == clusters(out)["1-0"]
        assert clusters(out)["2-0"] != clusters(out)["2-1"]


def test_what_cannot_be_done_is_said(
    csv_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "twice.csv").write_text("id,name\n1,ann lee\n1,ben may\n")
    (tmp_path / "none.csv").write_text("id,name\n1,ann lee\n,ben may\n")
    (tmp_path / "ragged.csv").write_text("id,name\n1,ann lee\n2,ben,may\n")
    for name, column, words in (
        ("people.csv", "nobody", 'no column "nobody"'),
        ("empty.csv", "id", "empty"),
        ("twice.csv", "id", '"1" is there twice'),
        ("none.csv", "id", "give every record one"),
        ("ragged.csv", "id", "ragged.csv"),
        ("absent.csv", "id", "absent.csv"),
    ):
        code, out, err = run("--id", column, tmp_path / name, capsys=capsys, monkeypatch=monkeypatch)
        assert (code, out) == (2, ""), name
        assert words in err
