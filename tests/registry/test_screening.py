"""Names of one file traced in another: columns, aliases, facts, the kept index, and what is wrong with a file."""

import csv
import io
import sys
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from leconfield import cli
from leconfield.errors import BadInputError, DamagedError
from leconfield.registry.nameindex.tables import Table, open_table

NAMES = """ent_num,Name,Date of birth,Nationality
17,"TURNER, William",1951-03-04,GB
17,"TURNER, Bill",,
23,"KUZNETSOVA, Yelena",1980,RU
23,Елена Кузнецова,,
31,"OKONKWO, Katherine",1975-06-30,NG
31,"ADEBAYO, Katherine",,
44,"TURNER, William",1988-11-12,US
"""


@pytest.fixture
def trace(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> "Trace":
    return Trace(capsysbinary, monkeypatch)


class Trace:
    """Runs `leconfield trace` as from a shell."""

    def __init__(self, capture: pytest.CaptureFixture[bytes], patch: pytest.MonkeyPatch) -> None:
        self.capture, self.patch = capture, patch

    def __call__(self, *words: object, code: int = 0) -> str:
        """What it prints on standard output; on standard error if it fails with that code."""
        self.patch.setattr(sys, "argv", ["leconfield", "trace", *map(str, words)])
        self.capture.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = self.capture.readouterr()
        assert ended.value.code == code, printed.err.decode()
        return (printed.err if code else printed.out).decode()

    def rows(self, *words: object) -> list[dict[str, str]]:
        """Its answers."""
        printed = self(*words)
        assert printed.startswith("query_id,rank,name_id,probability\n")
        return list(csv.DictReader(io.StringIO(printed)))


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


@pytest.fixture
def names(tmp_path: Path) -> Path:
    return written(tmp_path, "names.csv", NAMES)


def first(rows: Sequence[dict[str, str]]) -> dict[str, str]:
    """The best hit of each query."""
    return {row["query_id"]: row["name_id"] for row in rows if row["rank"] == "1"}


def test_each_query_is_answered_with_ranks_ids_and_probabilities(trace: Trace, names: Path, tmp_path: Path) -> None:
    asked = written(tmp_path, "asked.csv", "query_id,name\na,Bill Turner\nb,Elena Kusnezowa\nc,\nd,Zqx Wvut\n")
    rows = trace.rows("--against", names, "--batch", asked, "--top", 2)
    assert first(rows) == {"a": "17", "b": "23"}
    assert [int(row["rank"]) for row in rows if row["query_id"] == "a"] == [1, 2]
    assert all(0.0 <= float(row["probability"]) <= 1.0 for row in rows)


def test_rows_of_one_id_are_aliases_of_one(trace: Trace, names: Path, tmp_path: Path) -> None:
    asked = written(tmp_path, "asked.csv", "id;full name\n1;Catherine Adebayo\n2;William Turner\n")
    rows = trace.rows("--against", names, "--batch", asked)
    assert first(rows)["1"] == "31"
    ids = [row["name_id"] for row in rows if row["query_id"] == "2"]
    assert len(ids) == len(set(ids))
    assert set(ids[:2]) == {"17", "44"}


def test_birth_and_country_tell_namesakes_apart_where_both_files_have_them(
    trace: Trace, names: Path, tmp_path: Path
) -> None:
    asked = written(tmp_path, "asked.tsv", "id\tname\tdob\tcountry\n1\tWilliam Turner\t1988-11-12\tUS\n")
    assert first(trace.rows("--against", names, "--batch", asked)) == {"1": "44"}
    asked = written(tmp_path, "asked.tsv", "id\tname\tdob\n1\tWilliam Turner\t1951\n2\tWilliam Turner\tunknown\n")
    assert first(trace.rows("--against", names, "--batch", asked))["1"] == "17"


def test_columns_can_be_named_and_joined(trace: Trace, tmp_path: Path) -> None:
    names = written(tmp_path, "names.csv", "a,b,c\n9,Turner,William\n8,Okonkwo,Katherine\n")
    asked = written(tmp_path, "asked.csv", "who,what\nq,Wiliam Turner\n")
    words = ("--columns", "id=a,name=c+b", "--query-columns", "id=who,name=what")
    assert first(trace.rows("--against", names, "--batch", asked, *words)) == {"q": "9"}


@pytest.mark.parametrize(
    ("heads", "id_at", "name_at"),
    [
        ("id,name", (0,), (1,)),
        ("Name,ENT_NUM", (1,), (0,)),
        ("first_name,last_name,uid", (2,), (0, 1)),
        ("Full Name", (), (0,)),
        ("person_id,Primary name", (0,), (1,)),
        ("code,words", (0,), (1,)),
    ],
)
def test_columns_are_guessed_by_their_heads(
    tmp_path: Path, heads: str, id_at: tuple[int, ...], name_at: tuple[int, ...]
) -> None:
    table = open_table(written(tmp_path, "table.csv", f"{heads}\n1,2,3\n"))
    assert (table.columns["id"], table.columns["name"]) == (id_at, name_at)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_a_table_is_read_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    table = open_table(written(tmp_path, "table.csv", 'id,name\n1,"Müller, Zoë"\n\n2,Ann', encoding))
    assert [row.name for row in table.rows()] == ["Müller, Zoë", "Ann"]


def test_rows_without_an_id_column_are_numbered(tmp_path: Path) -> None:
    assert [row.id for row in open_table(written(tmp_path, "table.csv", "name\nAnn\nBea\n")).rows()] == ["1", "2"]


def parquet(path: Path) -> Table:
    pq.write_table(pa.table({"ent_num": [5, None], "name": ["Ann Marsh", None]}), path)
    return open_table(path)


def test_parquet_is_read_as_it_is(tmp_path: Path) -> None:
    assert [(row.id, row.name) for row in parquet(tmp_path / "names.parquet").rows()] == [("5", "Ann Marsh")]


def test_what_is_wrong_with_a_file_is_said(trace: Trace, names: Path, tmp_path: Path) -> None:
    def refused(text: str, *words: str) -> str:
        return trace("x", "--against", written(tmp_path, "bad.csv", text), *words, code=2)

    assert "is empty" in refused("")
    assert "nobody to trace against" in refused("id,name\n")
    assert 'no column "nix"; there is "id", "name"' in refused("id,name\n1,A\n", "--columns", "name=nix")
    assert "FIELD=COLUMN" in refused("id,name\n1,A\n", "--columns", "nix")
    assert "no column of names" in refused("a,b,c\n1,2,3\n")
    assert "is not there" in trace("x", "--against", tmp_path / "absent.csv", code=2)
    assert "nothing to trace" in trace("--against", names, code=2)
    assert "--against" in trace("--batch", names, code=2)
    parquet(tmp_path / "torn.parquet")
    whole = (tmp_path / "torn.parquet").read_bytes()
    (tmp_path / "torn.parquet").write_bytes(whole[: len(whole) // 2])
    assert "cannot be read as one" in trace("x", "--against", tmp_path / "torn.parquet", code=2)


def test_a_kept_index_is_used_again_until_the_file_changes(trace: Trace, names: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    before = trace("Bill Turner", "--against", names, "--index", kept, "--json")
    made = (kept / "index.names").stat().st_mtime_ns
    assert trace("Bill Turner", "--against", names, "--index", kept, "--json") == before
    assert (kept / "index.names").stat().st_mtime_ns == made
    names.write_text(NAMES + "99,Wilhelmina Turnbull,,\n", encoding="utf-8")
    assert '"99"' in trace("Wilhelmina Turnbull", "--against", names, "--index", kept, "--json")
    (kept / "index.names").write_bytes(b"torn")
    assert "build it again" in trace("x", "--against", names, "--index", kept, code=DamagedError.exit_code)


def test_one_name_is_answered_in_words_with_reasons(trace: Trace, names: Path) -> None:
    printed = " ".join(trace("Katherine", "Okonkwo", "--against", names).split())
    assert printed.startswith("known: Katherine Okonkwo")
    assert "Katherine: same" in printed
    assert "Searched 7 names in names.csv" in printed
    assert trace("Zqx Wvut", "--against", names).startswith("no recorded trace")


def test_a_desk_is_still_asked_for_without_a_file(trace: Trace) -> None:
    assert "Missing option --desk" in trace("x", code=BadInputError.exit_code)
