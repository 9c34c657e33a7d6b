from __future__ import annotations

import io
import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

import pytest

from leconfield import cli
from tests.gate.redaction.prose import NAMES, NOTE, word_file
from tests.shared import shared


def run(*arguments: str | Path, stdin: bytes = b"", code: int = 0) -> tuple[str, str]:
    """What the command prints on standard output and error."""
    given, out, err = (io.TextIOWrapper(io.BytesIO(each), "utf-8") for each in (stdin, b"", b""))
    words = ["leconfield", "redact", *map(str, arguments)]
    with patch("sys.argv", words), patch("sys.stdin", given), redirect_stdout(out), redirect_stderr(err):
        with pytest.raises(SystemExit) as ended:
            cli.main()
        sys.stdout.flush()
        sys.stderr.flush()
    printed, told = (each.buffer.getvalue().decode() for each in (out, err))
    assert int(ended.value.code or 0) == code, told
    return printed, told


def test_lines_of_texts_give_lines_of_masks() -> None:
    line = json.dumps({"id": "a", "text": NOTE}).encode() + b"\n"
    out, _ = run("--mode", "publish", "-", stdin=line)
    found = json.loads(out)
    assert found["id"] == "a"
    assert any("Quillfeather" in NOTE[start:end] for start, end in found["masks"])


def test_a_document_of_the_benchmark_is_known_by_its_own_id() -> None:
    line = json.dumps({"metadata": {"provenance": {"doc_id": "001-1"}}, "text": "Nothing."}).encode()
    assert json.loads(run("-", stdin=line)[0])["id"] == "001-1"


@pytest.mark.parametrize(
    "line", [b"[]", b"{", b'{"id": 1}', b'{"text": "x"}', b'{"id": 1, "text": 2}', b"null", b'"x"', b"[" * 100_000]
)
def test_a_line_that_is_no_text_is_named_with_what_to_do(line: bytes) -> None:
    _, err = run("-", stdin=b'{"id": 1, "text": "fine"}\n' + line, code=2)
    assert "line 2" in err
    assert '"text"' in err


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (b'{"id": "a", "text": "x"}\n\n{"id": "a", "text": "y"}', 'line 3: line 1 has the same "id"'),
        (b'{"id": "a", "text": "x"}\n{"id": "b", "text": "y', "line 2 is no JSON from character 21 on"),
        ('{"id": "a", "text": "x"}'.encode("utf-16"), "line 1 is no JSON from character 1 on"),
        (b'{"id": [1], "text": "x"}', 'line 1 has no "id"'),
        (b'{"id": NaN, "text": "x"}', 'line 1 has no "id"'),
        (b'{"id": 1, "txt": "x"}', 'line 1 has no "text"'),
        (b'{"id": 1, "text": "' + b"x" * 17 * 2**20 + b'"}', "line 1 has more than 16 MB"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(lines: bytes, said: str) -> None:
    assert said in run("-", stdin=lines, code=2)[1]


def test_broken_characters_in_a_line_are_no_error() -> None:
    out, _ = run("-", stdin=b'{"id": 1, "text": "Mr Tobias Quillfeather \xff\xc3 \\ud800 came"}')
    assert json.loads(out)["masks"]


def test_files_are_written_anew_under_names_that_tell_nothing(tmp_path: Path) -> None:
    (tmp_path / "quillfeather.docx").write_bytes(word_file(NOTE))
    (tmp_path / "quillfeather.txt").write_text(NOTE, encoding="utf-8")
    new, records = tmp_path / "new", tmp_path / "records.jsonl"
    files = (tmp_path / "quillfeather.docx", tmp_path / "quillfeather.txt")
    run(*files, "--out", new, "--records", records, "--also", "telephone", "--by", "Emma")
    assert sorted(path.name for path in new.iterdir()) == ["redacted-1.docx", "redacted-2.txt"]
    left = (new / "redacted-2.txt").read_text(encoding="utf-8")
    assert not any(words in left for words in (*NAMES, "telephone"))
    kept = [json.loads(line) for line in records.read_text(encoding="utf-8").splitlines()]
    assert [each["id"] for each in kept] == ["redacted-1.docx", "redacted-2.txt"]
    assert not any(words in records.read_text(encoding="utf-8") for words in NAMES)
    assert {"reason": "ordered", "by": "person", "who": "Emma"}.items() <= next(
        each for each in kept[1]["redactions"] if each["by"] == "person"
    ).items()


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nothing.", encoding="utf-8")
    (tmp_path / "redacted-1.txt").write_text("old", encoding="utf-8")
    _, err = run(tmp_path / "a.txt", "--out", tmp_path, code=2)
    assert "there already" in err
    assert (tmp_path / "redacted-1.txt").read_text(encoding="utf-8") == "old"


def test_files_without_a_folder_and_orders_without_a_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nothing.", encoding="utf-8")
    assert "--out" in run(tmp_path / "a.txt", code=2)[1]
    assert "--by" in run(tmp_path / "a.txt", "--out", tmp_path, "--keep", "x", code=2)[1]


@pytest.mark.long
def test_the_benchmarks_development_part_is_redacted_as_well_as_is_promised(tmp_path: Path) -> None:
    gold, scorer = shared("data/tab/dev.jsonl"), shared("tools/score.py")
    masks = tmp_path / "masks.jsonl"
    masks.write_text(run("--mode", "protect", gold)[0], encoding="utf-8")
    said = subprocess.run(
        [sys.executable, scorer, "redact", gold, masks], capture_output=True, text=True, check=True
    ).stdout.split()
    direct, quasi, precision = (float(said[said.index(word) + 1]) for word in ("DIRECT", "QUASI", "precision"))
    assert direct == 1.0
    assert quasi >= 0.92
    assert precision >= 0.70
