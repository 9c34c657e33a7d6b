"""The command line as a contract: what each command takes, prints and ends with."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from leconfield import cli
from leconfield.ledger import accounts
from leconfield.ledger.desk import DATABASE, Desk
from tests.ledger.desks import EMMA
from tests.noninterference.desks import enrolment

PROGRAM = (sys.executable, "-c", "from leconfield.cli import main; main()")
COMMANDS = (
    "init",
    "intake",
    "load",
    "search",
    "trace",
    "screen",
    "resolve",
    "show",
    "network",
    "export",
    "hand-over",
    "extract",
    "serve",
    "demo",
    "authority list",
    "authority register",
    "authority kinds",
    "operation list",
    "operation log",
    "operation verify",
    "typology check",
    "typology list",
    "typology back-test",
    "incident stream",
    "gate check",
    "gate knowers",
    "redact",
    "release list",
    "release bundle",
    "release leak",
    "release key",
    "bundle verify",
    "bundle take",
    "window keys",
    "window export",
    "window import",
    "window init",
    "window serve",
    "window publish",
    "fake-instagram",
    "user add",
    "user list",
    "audit verify",
    "audit head",
    "audit publish",
)
TEXT = "At 14:10 on 5 March 2026 Ray Cassell met Dawn Prosser outside 12 Farley Rise, Luton. He rang 07700 900142."


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in this process."""
    return Run(capsysbinary, monkeypatch)


@dataclass(frozen=True, slots=True)
class Run:
    """Runs the command as `main` would be run."""

    capture: pytest.CaptureFixture[bytes]
    patch: pytest.MonkeyPatch

    def __call__(self, *words: object) -> Ran:
        self.patch.setattr(sys, "argv", ["leconfield", *map(str, words)])
        self.capture.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = self.capture.readouterr()
        code = ended.value.code
        return Ran(code if isinstance(code, int) else 0, out.decode(), err.decode())


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """The folder of a desk with one officer and nothing else."""
    folder = tmp_path / "desk"
    made = Desk.create(folder)
    made.append(accounts.KEEPER, [enrolment(EMMA)])
    made.close()
    return folder


@pytest.fixture
def filed(desk: Path, run: Run, tmp_path: Path) -> Path:
    """The folder of a desk with one report, filed by command."""
    (tmp_path / "first.txt").write_text(TEXT)
    ran = run("intake", "--desk", desk, "--as", "emma", "--label", "S", "--grade", "B2", tmp_path / "first.txt")
    assert (ran.code, ran.out) == (0, "1 filed\n"), ran
    return desk


def process(*words: object, **more: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a process of its own."""
    command = [*PROGRAM, *map(str, words)]
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, check=False, env={**os.environ, **more}
    )


def refused(ran: Ran, code: int, *words: str) -> None:
    """Make sure that the command said in one line what to do."""
    assert ran.code == code, ran
    assert ran.out == ""
    assert ran.err.count("\n") == 1, ran.err
    assert "Traceback" not in ran.err
    for each in words:
        assert each in ran.err, ran.err


def _there_are(command: object, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Every command below this one, by the words that one types."""
    if isinstance(command, TyperGroup):
        for name, each in command.commands.items():
            yield from _there_are(each, (*path, name))
    else:
        yield " ".join(path)


def test_every_command_that_there_is_stands_in_the_contract() -> None:
    assert sorted(_there_are(get_command(cli.program()))) == sorted(COMMANDS)


def test_a_line_has_the_command_that_it_begins_with_and_those_that_serve() -> None:
    everything = get_command(cli.program())
    assert isinstance(everything, TyperGroup)
    for first in (*cli.COMMANDS, *cli.GROUPS):
        alone = get_command(cli.program(first))
        assert isinstance(alone, TyperGroup)
        assert list(alone.commands) == ["serve", "demo", first]
        assert list(_there_are(alone.commands[first])) == list(_there_are(everything.commands[first]))


def test_a_command_loads_no_department_that_it_does_not_need() -> None:
    looked = "import sys\nfrom leconfield import cli\ncli.program('trace')\nprint(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", looked], capture_output=True, check=True, text=True)
    unneeded = {"leconfield.gate", "leconfield.outreach", "leconfield.staff", "ortools", "pandas", "openpyxl"}
    assert unneeded.isdisjoint(ran.stdout.split())


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_says_how_it_is_used(run: Run, command: str) -> None:
    ran = run(*command.split(), "--help")
    assert (ran.code, ran.err) == (0, "")
    assert "Usage:" in ran.out
    assert len(ran.out.split()) > 20


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nonsense",), "nonsense"),
        (("trace",), "Missing"),
        (("trace", "--nonsense", "x"), "--nonsense"),
        (("search", "words"), "--desk"),
        (("audit", "nonsense"), "nonsense"),
        (("network", "x", "--hops", "many"), "hops"),
    ],
)
def test_a_command_that_is_typed_wrong_is_one_line_that_names_its_help(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.delenv("LECONFIELD_DESK", raising=False)
    refused(run(*words), 2, said, "--help")


def test_a_filed_report_is_found_traced_and_shown(run: Run, filed: Path) -> None:
    where = ("--desk", filed, "--as", "emma", "--json")
    found = json.loads(run("search", *where, "Cassell").out)
    assert found["total"] == 1
    traced = json.loads(run("trace", *where, "Ray Cassell").out)
    assert traced["hits"][0]["name"] == "Ray Cassell"
    shown = json.loads(run("show", *where, traced["hits"][0]["id"]).out)
    assert "Ray Cassell" in {each["value"] for each in shown["statements"]}
    report = json.loads(run("show", *where, found["reports"][0]["id"]).out)
    assert (report["report"]["text"], report["report"]["grade"]) == (TEXT, "B2")


def test_filing_twice_adds_nothing_and_a_bad_file_is_told_and_passed_over(
    run: Run, filed: Path, tmp_path: Path
) -> None:
    (tmp_path / "packed.gz").write_bytes(b"\x1f\x8b")
    where = ("--desk", filed, "--as", "emma", "--label", "S")
    ran = run("intake", *where, "--json", tmp_path / "first.txt", tmp_path / "packed.gz")
    assert [each["outcome"] for each in json.loads(ran.out)] == ["held already", "quarantined"]
    ran = run("intake", *where, tmp_path / "packed.gz")
    assert (ran.code, ran.out) == (0, "1 quarantined\n")
    assert "packed.gz" in ran.err


def test_json_is_never_coloured(filed: Path) -> None:
    colour = {"FORCE_COLOR": "1", "TTY_COMPATIBLE": "1", "TERM": "xterm-256color"}
    for words in (("search", "Cassell"), ("trace", "Cassell"), ("show", "nothing")):
        ran = process(*words, "--desk", filed, "--as", "emma", "--json", **colour)
        assert b"\x1b" not in ran.stdout
        assert ran.returncode == (3 if "show" in words else 0)
    assert b"\x1b" not in process("audit", "verify", "--desk", filed, "--json", **colour).stdout


def test_the_desk_may_be_named_by_the_environment(filed: Path) -> None:
    ran = process("search", "Cassell", "--as", "emma", "--json", LECONFIELD_DESK=str(filed))
    assert json.loads(ran.stdout)["total"] == 1
    assert process("user", "list", "--json", LECONFIELD_DESK=str(filed)).returncode == 0


def test_what_a_user_can_mend_is_said_in_one_line_with_an_exit_code(run: Run, filed: Path, tmp_path: Path) -> None:
    emma = ("--desk", filed, "--as", "emma")
    refused(run("search", "x", "--desk", tmp_path / "none", "--as", "emma"), 2, "no desk in", "leconfield init")
    refused(run("search", "x", "--desk", tmp_path / "first.txt", "--as", "emma"), 2, "no desk in")
    refused(run("search", "x", "--desk", filed, "--as", "nobody"), 2, "nobody", "leconfield user list")
    for date in ("soon", "1989-02-30", "1989-13"):
        refused(run("trace", "x", *emma, "--as-of", date), 2, date, "write 1989")
    refused(run("trace", " ", *emma), 2, "nothing to trace")
    refused(run("search", "x", *emma, "--limit", "0"), 2, "--limit")
    refused(run("show", "0" * 32, *emma), 3, "0" * 32)
    refused(run("network", "0" * 32, *emma, "--out", tmp_path / "n.csv"), 3)
    refused(run("intake", tmp_path / "none", *emma), 2, "does not exist")
    refused(run("intake", tmp_path / "first.txt", *emma, "--grade", "Z9"), 2, "Z9")
    refused(run("intake", tmp_path / "first.txt", *emma, "--label", "S&("), 2)
    refused(run("init", filed), 2, "is not empty")
    refused(run("extract", tmp_path / "none.jsonl"), 2, "none.jsonl")
    refused(run("extract", tmp_path), 2)
    refused(run("extract", tmp_path / "first.txt", "--format", "poems"), 2, "poems", "entities or incidents")


def test_brackets_in_what_others_wrote_are_printed_as_they_stand(run: Run, filed: Path, tmp_path: Path) -> None:
    emma = ("--desk", filed, "--as", "emma")
    (tmp_path / "odd.txt").write_text("Title: Odd [/b] \\[red] one\nSource: [bold]\n\nDawn Prosser came home.")
    (outcome,) = json.loads(run("intake", tmp_path / "odd.txt", *emma, "--json").out)
    assert "Odd [/b] \\[red] one" in run("show", outcome["report"], *emma).out
    assert "[bold]" in run("search", "Dawn", *emma).out
    assert "[/b]" in run("trace", "[/b]", *emma).out


def test_filing_under_a_label_that_one_does_not_hold_is_refused(run: Run, filed: Path, tmp_path: Path) -> None:
    (tmp_path / "second.txt").write_text("Dawn Prosser went home.")
    ran = run("intake", "--desk", filed, "--as", "emma", "--label", "S&NAILA", tmp_path / "second.txt")
    refused(ran, 4, "NAILA")


def test_a_network_is_written_where_one_says(run: Run, filed: Path, tmp_path: Path) -> None:
    emma = ("--desk", filed, "--as", "emma")
    who = json.loads(run("trace", "Ray Cassell", *emma, "--json").out)["hits"][0]["id"]
    for ending in ("graphml", "gexf", "csv"):
        target = tmp_path / f"network.{ending}"
        ran = run("network", who, *emma, "--together", "--out", target)
        assert (ran.code, ran.err) == (0, "")
        assert "Prosser" in target.read_text()
    refused(run("network", who, *emma, "--out", tmp_path / "no such folder" / "n.csv"), 2, "no such folder")
    refused(run("network", who, *emma, "--out", tmp_path / "n.doc"), 2, "doc")
    refused(run("network", who, *emma, "--out", tmp_path / "n.csv", "--hops", "-1"), 2)
    refused(run("network", who, *emma, "--out", tmp_path / "n.csv", "--since", "soon"), 2, "soon")


def test_extract_reads_lines_from_a_file_and_from_standard_input(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "".join(json.dumps({"id": str(n), "text": TEXT}) + "\n" for n in range(2))
    (tmp_path / "in.jsonl").write_text(lines)
    ran = run("extract", "--format", "entities", tmp_path / "in.jsonl")
    assert [json.loads(line)["id"] for line in ran.out.splitlines()] == ["0", "1"]
    start, end, kind = json.loads(ran.out.splitlines()[0])["entities"][0]
    assert isinstance(kind, str)
    assert TEXT[start:end]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    assert run("extract", "--format", "entities", "-").out == ran.out
    incidents = run("extract", "--format", "incidents", tmp_path / "in.jsonl")
    assert [json.loads(line)["docid"] for line in incidents.out.splitlines()] == ["0", "1"]


@pytest.mark.parametrize(
    "bad", [b"{", b"[1]", b'{"id": "a"}', b'{"text": "a"}', b'{"id": 1, "text": 2}', b"\xff\xfe", b"[" * 9000]
)
def test_a_bad_line_is_named_by_its_number(run: Run, tmp_path: Path, bad: bytes) -> None:
    (tmp_path / "in.jsonl").write_bytes(b'{"id": "1", "text": ""}\n' + bad + b"\n")
    ran = run("extract", tmp_path / "in.jsonl")
    assert ran.code == 2
    assert "line 2" in ran.err
    assert ran.err.count("\n") == 1


def test_half_a_character_in_a_line_does_no_harm(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(b'{"id": "\\ud800", "text": "Ray Cassell \\udfff met Dawn Prosser."}\n')
    for form in ("entities", "incidents"):
        ran = run("extract", "--format", form, tmp_path / "in.jsonl")
        assert (ran.code, ran.err) == (0, "")


def test_the_audit_verifies_until_somebody_tampers(run: Run, filed: Path) -> None:
    ran = run("audit", "verify", "--desk", filed)
    assert (ran.code, ran.err) == (0, "")
    assert "accounted for" in ran.out
    with sqlite3.connect(filed / DATABASE) as database:
        database.execute("UPDATE report SET text = text || ' He paid.'")
    database.close()
    ran = run("audit", "verify", "--desk", filed)
    assert ran.code == 5
    assert "Traceback" not in ran.err
    found = json.loads(run("audit", "verify", "--desk", filed, "--json").out)
    assert found["faults"]


@pytest.mark.parametrize("place", [0, 30, 4096])
def test_a_torn_database_is_damaged_not_a_traceback(run: Run, filed: Path, place: int) -> None:
    content = bytearray((filed / DATABASE).read_bytes())
    content[place : place + 3000] = b"\xa5" * 3000
    (filed / DATABASE).write_bytes(bytes(content))
    ran = run("audit", "verify", "--desk", filed)
    assert ran.code == 5, ran
    assert "Traceback" not in ran.err


def test_a_desk_without_its_keys_is_damaged_not_a_traceback(run: Run, filed: Path) -> None:
    for name in ("ids.key", "audit.key"):
        key = filed / "keys" / name
        kept = key.read_bytes()
        for torn in (b"\xff", b"", kept[: len(kept) // 2]):
            key.write_bytes(torn)
            refused(run("audit", "head", "--desk", filed), 5, "restore")
        key.unlink()
        refused(run("audit", "head", "--desk", filed), 5, "restore")
        key.write_bytes(kept)


def test_the_log_is_published_and_its_head_printed(run: Run, filed: Path, tmp_path: Path) -> None:
    head = run("audit", "head", "--desk", filed).out
    assert head.startswith("leconfield-desk\n")
    (tmp_path / "head").write_text(head)
    assert run("audit", "publish", "--desk", filed, tmp_path / "tiles").code == 0
    assert (tmp_path / "tiles" / "checkpoint").is_file()
    assert run("audit", "verify", "--desk", filed, "--witnessed", tmp_path / "head").code == 0
    refused(run("audit", "verify", "--desk", filed, "--witnessed", tmp_path / "none"), 2, "none")


def test_users_are_added_and_listed(run: Run, desk: Path) -> None:
    add = ("--desk", desk, "--persona", "Karina", "--tokens", "O S", "--password", "a long password")
    assert run("user", "add", "karina", *add).code == 0
    listed = json.loads(run("user", "list", "--desk", desk, "--json").out)
    assert [each["name"] for each in listed] == ["emma", "karina"]
    assert "password" not in json.dumps(listed)
    refused(run("user", "add", "Bad Name", *add), 2, "Bad Name")
    refused(run("user", "add", "karina", *add[:-1], "short"), 2, "password")


def test_whoever_stops_reading_hears_no_complaint(filed: Path) -> None:
    command = [*PROGRAM, "show", "--desk", str(filed), "--as", "emma"]
    which = json.loads(process("search", "Cassell", "--desk", filed, "--as", "emma", "--json").stdout)["reports"][0][
        "id"
    ]
    for more in ((), ("--json",)):
        read, write = os.pipe()
        os.close(read)
        ran = subprocess.run([*command, which, *more], stdout=write, stderr=subprocess.PIPE, check=False)
        os.close(write)
        assert ran.stderr == b"", ran.stderr.decode()


def test_the_version_is_printed(run: Run) -> None:
    assert run("--version").out.startswith("leconfield ")
