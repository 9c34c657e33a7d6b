"""The files of the departments are read, or refused with the file, the table and the field."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from leconfield.demo import read_case
from leconfield.demo.deeds import CONTACTS, FILES, KINDS
from leconfield.demo.doing import DOING
from leconfield.demo.observed import OBSERVATION
from leconfield.demo.turns import ROSTER
from leconfield.errors import BadInputError
from tests.demo.filled import case
from tests.examples.sequin import FOLDER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(FOLDER, tmp_path / "case")


def refused(folder: Path, file: str, old: str, new: str, message: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInputError, match=message):
        read_case(folder)


def test_every_kind_of_deed_can_be_read_and_done() -> None:
    assert KINDS.keys() == DOING.keys()


def test_the_case_uses_every_kind_of_deed() -> None:
    assert {each.kind for each in case().deeds} == KINDS.keys()


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("agents.toml", 'act = "spot agent"', 'act = "dream"', '"dream" is no act'),
        ("agents.toml", '[[act]]\nat = "2026-03-02T09:00"', '[[act]\nat = "2026-03-02T09:00"', "agents.toml"),
        ("agents.toml", 'by = "rob"', 'by = "edna"', r'agents.toml, act 1: "edna" is not a user'),
        ("agents.toml", 'passphrase = "seven cups on the dresser"', "", "act 1: passphrase is missing"),
        ("agents.toml", "seven cups on the dresser", "short", "passphrase: use 12"),
        ("agents.toml", 'to = "assessed"', 'to = "loved"', 'to: "loved" is none'),
        ("agents.toml", 'letter = "b"', 'letter = "z"', 'letter: "z" is none'),
        ("agents.toml", 'label = "HEATHER&S"', 'label = "HEATHER&"', "label: "),
        ("agents.toml", 'label = "HEATHER&S"', 'label = "KESTREL&S"', "rob may not read what is under"),
        ("agents.toml", 'review = "2026-04-14"', 'review = "2026-04-31"', "review: "),
        ("agents.toml", 'holders = "rob sian iris una"', 'holders = "rob huw"', "huw holds no key"),
        ("agents.toml", "name: Rosalind", "Rosalind", "identity: write a line for each field"),
        ("agents.toml", 'step = "grant"', 'step = "shrug"', 'step: "shrug" is none'),
        ("agents.toml", 'ground = "crime"', 'ground = "envy"', 'ground: "envy" is none'),
        ("agents.toml", 'kind = "agent-use"', 'kind = "agent-abuse"', 'kind: "agent-abuse" is none'),
        ("agents.toml", 'agent = "HEATHER"', 'agent = "GORSE"', '"HEATHER" is no agent|"HEATHER" begins'),
        ("agents.toml", 'at = "2026-03-03T09:30"', 'at = "2026-03-02T09:30"', "begins only on 2026-03-03"),
        ("agents.toml", 'at = "2026-03-03T09:32"', 'at = "2026-03-03T09:30"', "give a later minute"),
        ("agents.toml", 'handler = "rob"\nwords', 'handler = "sian"\nwords', "rob may not read"),
        ("staff.toml", 'by = "una"', 'by = "emma"', "emma may not read what is under"),
        ("staff.toml", 'holders = "iris una"', 'holders = "iris huw"', "huw holds no key"),
        ("staff.toml", "name: Tobias", "Tobias", "identity: write a line for each field"),
        (
            "staff.toml",
            'act = "seal colleague"\ncolleague = "rob"',
            'act = "seal colleague"\ncolleague = "len"',
            "no colleague",
        ),
        ("operations.toml", 'device = "7d1f0c9a"', 'device = "ffffffff"', "that device wrote nothing"),
        ("operations.toml", 'call_sign = "K2"', 'call_sign = "K9"', "K2 is nobody's call sign"),
        ("operations.toml", 'operation = "KESTREL"\n', "", "say which operation"),
        ("contacts.csv", "004,rob,meet", "004,rob,kiss", '"kiss" is no contact'),
        ("contacts.csv", "004,rob", "999,rob", 'there is no report "999"'),
        ("contacts.csv", "report,by", "report,who", "the columns must be"),
        ("contacts.csv", "004,rob,meet", "004,,meet", "cells, none of them empty"),
        ("contacts.csv", "004,rob", "003,rob", '"KESTREL" is no agent'),
        ("observation.jsonl", '"operation"', "operation", "line 1: "),
        ("observation.jsonl", '"seen"', '"heard"', "heard is not known"),
        ("observation.jsonl", '"collateral": "yes"', '"collateral": "no"', "or left out"),
        ("observation.jsonl", "2026-06-16T10:10", "2026-06-18T10:10", "a later line before it"),
        ("observation.jsonl", "2026-06-16T10:10", "soon", "is no moment"),
        ("roster.csv", "2026-03-02", "2026-03-32", "row 2: write a day"),
        ("roster.csv", "date,day", "date,noon", "the columns must be"),
        ("case.toml", 'DUTYLINE = "the duty', 'DUTYLION = "the duty', '"DUTYLINE" stands neither'),
    ],
)
def test_a_faulty_deed_is_refused_and_named(folder: Path, file: str, old: str, new: str, message: str) -> None:
    refused(folder, file, old, new, message)


def test_a_line_that_nobody_sends_is_refused(folder: Path) -> None:
    path = folder / OBSERVATION
    last = json.loads(path.read_text(encoding="utf-8").splitlines()[-1])
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({**last, "at": "2026-08-01T10:00"}) + "\n")
    with pytest.raises(BadInputError, match="nobody sends it afterwards"):
        read_case(folder)


def test_acts_that_are_no_tables_are_refused(folder: Path) -> None:
    (folder / "duty.toml").write_text("act = 3", encoding="utf-8")
    with pytest.raises(BadInputError, match="write each act as a table"):
        read_case(folder)


def test_a_case_without_departments_is_a_case(folder: Path) -> None:
    for name in (*FILES, CONTACTS, OBSERVATION, ROSTER):
        (folder / name).unlink()
    path = folder / "key.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    del found["departments"], found["gate"]
    path.write_text(json.dumps(found), encoding="utf-8")
    bare = read_case(folder)
    assert (bare.deeds, bare.lines, bare.turns) == ((), {}, {})
    assert bare.expected.departments.kept == ()


Change = Callable[[dict[str, list[dict[str, object]]]], object]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda key: key["drifted"][0].update(agent="GORSE"), 'drifted: "GORSE" is no agent'),
        (lambda key: key["kept"][0].update(user="edna"), 'kept: "edna" is not a user'),
        (lambda key: key["logged"][0].update(operation="ROBIN"), 'logged: "ROBIN" is no operation'),
        (lambda key: key["logged"][0].update(lines="many"), 'logged 1: "lines" must be a whole number'),
        (lambda key: key["stands"][0].pop("standing"), 'stands 1: "standing" must be text'),
        (lambda key: key["may_know"][4].update(colleagues=["len"]), 'may_know: "len" is no colleague'),
        (lambda key: key["may_know"][0].update(agents="all"), '"agents" must be a list of texts'),
        (lambda key: key.update(missed=[3]), "missed 1: must be an object"),
    ],
)
def test_a_key_that_asks_the_departments_for_what_cannot_be_is_refused(
    folder: Path, change: Change, message: str
) -> None:
    path = folder / "key.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    change(found["departments"])
    path.write_text(json.dumps(found), encoding="utf-8")
    with pytest.raises(BadInputError, match=message):
        read_case(folder)
