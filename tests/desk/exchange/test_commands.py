from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from leconfield import cli
from leconfield.desk.exchange.service import save_mapping
from leconfield.desk.exchange.state import Receipts
from leconfield.intake.tables import guessed, mapping_of, rows
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from tests.desk.exchange.partners import CAR, RAY, says, told
from tests.ledger.desks import EMMA, look


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = Desk.create(tmp_path / "desk")
    made.append(
        accounts.KEEPER, [accounts.enrolling("emma", EMMA.persona, "a long password", EMMA.tokens, frozenset())]
    )
    told(made, "Ray", "O", says(RAY, "Person", "name", "Ray Cassell"))
    told(made, "The car", "S", says(CAR, "Vehicle", "name", "grey Golf"), says(RAY, "Person", "owner", CAR))
    made.close()
    return tmp_path / "desk"


def run(monkeypatch: pytest.MonkeyPatch, folder: Path, *words: object) -> int:
    monkeypatch.setattr(sys, "argv", ["leconfield", *map(str, words), "--desk", str(folder), "--as", "emma"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0)


def test_a_copy_for_oneself_is_all_that_one_may_see(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "all.ftm.jsonl"
    assert run(monkeypatch, folder, "export", out) == 0
    assert {json.loads(each)["schema"] for each in out.read_text().splitlines()} == {"Person", "Vehicle", "Ownership"}
    assert run(monkeypatch, folder, "export", out, "--format", "stix") != 0
    assert run(monkeypatch, folder, "export", out, "--format", "doc") != 0
    assert run(monkeypatch, folder, "export", out, "--to", "P", "--subject", RAY, "--as-of", "2026-03") != 0
    assert run(monkeypatch, folder, "export", out, "--to", "P", "--for", "x", "--subject", RAY) != 0
    assert run(monkeypatch, folder, "export") != 0
    desk = Desk.open(folder)
    assert look(desk, EMMA).derived(Receipts).in_order == []
    desk.close()


def test_a_saved_mapping_loads_by_its_name(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "calls.csv"
    table.write_text("a number,b number,call date\n07700900111,07700900222,14/02/2026 09:05\n")
    desk = Desk.open(folder)
    found = list(rows(table.read_bytes(), "calls.csv"))
    mapping = mapping_of(guessed(found))
    save_mapping(desk, look(desk, EMMA), name="our telco", mapping=mapping, columns=found[0].values, label="S")
    desk.close()
    words = ("load", table, "--mapping", "our telco", "--source", "TELCO", "--grade", "B2", "--label", "S")
    assert run(monkeypatch, folder, *words) == 0
    desk = Desk.open(folder)
    assert [each.held.start for each in look(desk, EMMA).statements(prop="called")] == ["2026-02-14T09:05"]
    desk.close()
