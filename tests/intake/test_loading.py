"""Tables and FollowTheMoney files: loaded whole, said what was left out, and no larger in memory than in steps."""

from __future__ import annotations

import io
import json
import tracemalloc
from pathlib import Path

import openpyxl
import pytest

from leconfield import cli
from leconfield.errors import BadInputError
from leconfield.intake import service
from leconfield.intake.entities import load_ftm
from leconfield.intake.filing import Terms
from leconfield.intake.loading import load_table
from leconfield.intake.tables import TableError, load_mapping, saved_mapping, saved_mappings
from leconfield.intake.tables.values import DATE_ORDERS
from leconfield.ledger import accounts, files
from leconfield.ledger.desk import Desk
from leconfield.ledger.grades import Grade
from leconfield.ledger.stores import segment_writing
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import SCHEMATA
from leconfield.registry.lookup import subject_at
from leconfield.registry.query import parse_query
from leconfield.registry.trace import trace
from tests.ledger.desks import EMMA, ROB, desk, look

TERMS = Terms("HEATHER", "table", Grade("B", 2), "S")
ENTITIES = (
    {"id": "m1", "schema": "Membership", "properties": {"member": ["p1"], "organization": ["o1"]}},
    {"id": "p1", "schema": "Person", "properties": {"name": ["Ray Cassell"], "phone": ["+44 7700 900107"]}},
    {"id": "o1", "schema": "Company", "properties": {"name": ["Harbour Freight"]}},
    {"id": "w1", "schema": "Ownership", "properties": {"owner": ["o1"], "asset": ["v1"], "startDate": ["2025"]}},
    {"id": "v1", "schema": "Vehicle", "properties": {"registrationNumber": ["TU18 KNR"]}},
)
CSV = "name,born,phone\nRay Cassell,1971,07700 900107\nDawn Prosser,1980-02,\n"


def ftm(*more: str) -> bytes:
    return "\n".join([*(json.dumps(each) for each in ENTITIES), *more]).encode()


def said(view: View, words: str) -> set[tuple[str, str]]:
    subject = trace(view.world, parse_query(words)).hits[0].subject
    return {(each.prop, each.value) for record in subject.records for each in view.statements(subject=record)}


@pytest.mark.parametrize("few", [1, 100])
def test_entities_become_records_and_links_wherever_they_stand_in_the_file(few: int) -> None:
    at = desk()
    outcome = load_ftm(at, ROB, "a.ftm.jsonl", ftm(), TERMS, segment_rows=few)
    view = look(at, EMMA)
    assert (outcome.outcome, outcome.reason) == (service.FILED, "")
    assert bool(view.world.bulk.loaded) == (few == 1)
    ray, freight = (trace(view.world, parse_query(each)).hits[0].subject for each in ("Ray Cassell", "Harbour Freight"))
    assert (ray.schema, freight.schema) == ("Person", "Organization")
    assert ("membership", freight.id) in said(view, "07700 900107")
    (owned,) = [each for each in view.statements(subject=freight.id) if each.prop == "owner"]
    assert (owned.schema, owned.held.start, subject_at(view, owned.value).schema) == ("Organization", "2025", "Vehicle")


@pytest.mark.parametrize("few", [1, 100])
def test_bad_lines_are_left_out_and_listed_and_the_run_goes_on(few: int) -> None:
    at = desk()
    bad = ["{", '{"id": "x", "schema": "Spaceship", "properties": {}}', *["[]"] * 9]
    outcome = load_ftm(at, ROB, "a.ftm.jsonl", ftm(*bad), TERMS, segment_rows=few)
    assert outcome.outcome == service.FILED
    (entry,) = look(at, EMMA).entries(kind=service.QUARANTINED)
    assert entry.body["reason"] == outcome.reason
    assert outcome.reason.startswith('"a.ftm.jsonl": 11 of 16 lines were left out: line 6: is no JSON')
    assert 'line 7: "Spaceship" is no schema' in outcome.reason
    assert outcome.reason.endswith("; and 6 more")
    again = load_ftm(at, ROB, "a.ftm.jsonl", ftm(*bad), TERMS, segment_rows=few)
    assert (again.outcome, again.report) == ("held already", outcome.report)
    assert len(look(at, EMMA).entries(kind=service.QUARANTINED)) == 1


def test_a_file_without_any_entity_is_quarantined() -> None:
    at = desk()
    outcomes = [load_ftm(at, ROB, "a.jsonl", content, TERMS) for content in (b"", b"nothing here\n")]
    assert [each.outcome for each in outcomes] == [service.QUARANTINED] * 2
    assert all(each.reason for each in outcomes)
    assert look(at, EMMA).reports() == []


def test_a_table_is_refused_whole_for_one_bad_row_that_is_named() -> None:
    at = desk()
    with pytest.raises(TableError, match='row 4, column "born": "soon" is no date'):
        load_table(at, ROB, "a.csv", f"{CSV}Ada Brook,soon,\n".encode(), saved_mapping("persons"), TERMS)
    assert (look(at, EMMA).reports(), look(at, EMMA).statements()) == ([], [])
    with pytest.raises(BadInputError, match="has no rows"):
        load_table(at, ROB, "a.csv", b"name,born\n", saved_mapping("persons"), TERMS)


@pytest.mark.parametrize("few", [1, 100])
def test_a_table_may_come_as_a_file_or_as_bytes(tmp_path: Path, few: int) -> None:
    path = tmp_path / "a.csv"
    path.write_text(CSV)
    at, steps = desk(), list[int]()
    with path.open("rb") as file:
        one = load_table(at, ROB, "a.csv", file, saved_mapping("persons"), TERMS, segment_rows=few, told=steps.append)
    assert load_table(at, ROB, "a.csv", CSV.encode(), saved_mapping("persons"), TERMS).report == one.report
    assert one.report is not None
    assert look(at, EMMA).original(one.report) == CSV.encode()
    assert ("birthDate", "1971") in said(look(at, EMMA), "Ray Cassell")
    assert steps[-1] == 2


def test_a_workbook_is_a_table() -> None:
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in CSV.splitlines():
        book.worksheets[0].append(row.split(","))
    book.save(content)
    at = desk()
    assert load_table(at, ROB, "a.xlsx", content, saved_mapping("persons"), TERMS).outcome == service.FILED
    assert ("phone", "07700 900107") in said(look(at, EMMA), "Ray Cassell")


def test_memory_does_not_grow_with_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment_writing, "_BATCH", 500)
    monkeypatch.setattr(files, "_CHUNK", 1 << 16)
    at = Desk.create(tmp_path / "desk")
    peaks = []
    for rows in (600, 4_000):
        path = tmp_path / f"{rows}.csv"
        path.write_text("name,notes\n" + "".join(f"Ray {n % 50},{'x' * 400}{n}\n" for n in range(rows)))
        tracemalloc.start()
        with path.open("rb") as file:
            load_table(at, ROB, path.name, file, saved_mapping("persons"), TERMS, segment_rows=100)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    at.close()
    assert peaks[1] < peaks[0] + 700_000, "the larger file has 1.4 MB more"


@pytest.fixture
def at_command_line(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    made = Desk.create(folder)
    made.append(accounts.KEEPER, [accounts.enrolling("rob", "Rob", "a long password", {"S"}, ())])
    made.close()
    return folder


def ran(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["leconfield", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
    told = capsys.readouterr()
    return int(ended.value.code or 0), told.out, told.err


def test_the_command_loads_tables_and_says_what_was_refused(
    at_command_line: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, content in (("good.csv", CSV), ("bad.csv", "name,born\nRay,soon\n")):
        (tmp_path / name).write_text(content)
    words = ("--mapping", "persons", "--desk", at_command_line, "--as", "rob", "--label", "S", "--grade", "B2")
    code, _, err = ran(capsys, "load", tmp_path / "bad.csv", tmp_path / "good.csv", *words)
    assert code == 2
    assert 'refused: bad.csv: row 2, column "born": "soon" is no date' in err
    code, told, _ = ran(capsys, "load", tmp_path / "good.csv", *words, "--json")
    assert (code, json.loads(told)[0]["outcome"]) == (0, "held already")
    _, told, _ = ran(capsys, "trace", "Cassell", "--desk", at_command_line, "--as", "rob", "--json")
    assert json.loads(told)["hits"][0]["name"] == "Ray Cassell"


def test_the_command_takes_entities_by_their_name_and_a_mapping_of_ones_own(
    at_command_line: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.ftm.json").write_bytes(ftm("{"))
    (tmp_path / "boats.csv").write_text("boat,keeper\nSea Rover,Ada Brook\n")
    (tmp_path / "boats.toml").write_text(
        'title = "Boats"\n[[records]]\nname = "boat"\nschema = "Vehicle"\nkey = ["boat"]\ncolumns = { boat = "name" }\n'
        '[[records]]\nname = "keeper"\nschema = "Person"\nkey = ["keeper"]\ncolumns = { keeper = "name" }\n'
        '[[links]]\nleft = "keeper"\nprop = "owner"\nright = "boat"\n'
    )
    words = ("--desk", at_command_line, "--as", "rob", "--label", "S")
    code, told, err = ran(capsys, "load", tmp_path / "a.ftm.json", *words)
    assert (code, told.startswith("filed: a.ftm.json, report ")) == (0, True)
    assert "left out:" in err
    code, _, _ = ran(capsys, "load", tmp_path / "boats.csv", "--mapping", tmp_path / "boats.toml", *words)
    assert code == 0
    _, told, _ = ran(capsys, "trace", "Sea Rover", "--desk", at_command_line, "--as", "rob", "--json")
    assert json.loads(told)["hits"][0]["schema"] == "Vehicle"


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("x.csv",), "say which files"),
        (("{csv}", "--desk", "{desk}", "--as", "rob"), "there are calls, persons, sightings, ftm"),
        (("{csv}", "--desk", "{desk}", "--as", "rob", "--mapping", "boats"), 'no mapping is called "boats"'),
        (("{csv}", "--desk", "{desk}", "--as", "rob", "--mapping", "no.toml"), "cannot be read"),
        (("{csv}", "--desk", "{desk}", "--as", "rob", "--mapping", "persons", "--label", "AGENTS"), "AGENTS"),
    ],
)
def test_the_command_says_what_is_missing(
    at_command_line: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], error: str
) -> None:
    (tmp_path / "a.csv").write_text(CSV)
    typed = [each.format(csv=tmp_path / "a.csv", desk=at_command_line) for each in words]
    code, _, err = ran(capsys, "load", *typed)
    assert code != 0
    assert error in err


def test_the_command_lists_the_mappings(capsys: pytest.CaptureFixture[str]) -> None:
    code, told, _ = ran(capsys, "load", "--list", "--json")
    assert code == 0
    assert {"calls", "persons", "sightings"} <= {each["name"] for each in json.loads(told)}


@pytest.mark.parametrize("name", ["a.csv", "a.ftm.jsonl", "a.jsonl"])
def test_filing_a_table_as_a_report_says_to_load_it(name: str) -> None:
    at = desk()
    (outcome,) = service.file_bytes(at, ROB, name, CSV.encode(), TERMS)
    assert outcome.outcome == service.QUARANTINED
    assert 'load it with "leconfield load"' in outcome.reason


def test_the_mapping_in_the_documentation_does_what_it_says() -> None:
    page = (Path(__file__).parents[2] / "docs" / "tables.md").read_text()
    table, mapping = (page.partition(f"```{kind}\n")[2].partition("```")[0] for kind in ("csv", "toml"))
    at = desk()
    load_table(at, ROB, "boats.csv", table.encode(), load_mapping(mapping), TERMS)
    view = look(at, EMMA)
    (keeper,) = trace(view.world, parse_query("Ada Brook, 1971-02-14")).hits
    assert len([each for each in view.statements(subject=keeper.subject.id) if each.prop == "owner"]) == 2
    for name in saved_mappings():
        assert f"| `{name}` |" in page
        assert all(f"`{column}`" in page for column in saved_mapping(name).columns)
    for word in (*SCHEMATA, *DATE_ORDERS):
        assert f"`{word}`" in page
