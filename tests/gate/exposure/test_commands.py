"""The command line: `leconfield gate check` says of each sentence how it stands, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from leconfield.cli import program
from leconfield.errors import BadInputError
from leconfield.gate.exposure.service import REFUSAL
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from tests.ledger.desks import EMMA, ROB, filed

DRAFT = "The man limps since a forklift rolled over his foot. We answer at every hour."


def run(folder: Path, who: str, content: bytes, *options: str) -> Result:
    at = Desk.create(folder / "desk")
    for each in (ROB, EMMA):
        draft = accounts.enrolling(each.name, each.persona, "a long password", each.tokens, each.roles)
        at.append(accounts.KEEPER, [draft])
    filed(at, ROB, "Molloy. He walks with a limp since a forklift rolled over his foot.", "S&SEQUIN&AGENTS")
    at.close()
    (folder / "draft.txt").write_bytes(content)
    asked = ["gate", "check", "--desk", str(folder / "desk"), "--as", who, *options, str(folder / "draft.txt")]
    return CliRunner().invoke(program("gate"), asked)


def test_a_program_gets_a_verdict_for_each_sentence_with_reasons(tmp_path: Path) -> None:
    result = run(tmp_path, "rob", DRAFT.encode(), "--audience", "public", "--json")
    told = json.loads(result.stdout)
    assert [each["colour"] for each in told["sentences"]] == ["red", "green"]
    assert "HEATHER" in told["sentences"][0]["reasons"][0]["words"]
    assert told["sentences"][0]["sources"] == ["HEATHER"]


def test_somebody_who_may_not_know_why_is_told_that_it_may_not_go_on(tmp_path: Path) -> None:
    told = json.loads(run(tmp_path, "emma", DRAFT.encode(), "--json").stdout)
    assert (told["colour"], told["refusal"]) == ("red", REFUSAL)
    assert "HEATHER" not in json.dumps(told)


def test_people_read_it_in_words(tmp_path: Path) -> None:
    result = run(tmp_path, "rob", DRAFT.encode())
    assert "only one person could have known this" in " ".join(result.stdout.split())


def test_broken_bytes_are_read_as_far_as_they_go(tmp_path: Path) -> None:
    result = run(tmp_path, "rob", b"\xff\xfe We answer \xc3\x28 at every hour. HEATH\xe2\x80\x8bER", "--json")
    assert json.loads(result.stdout)["colour"] == "red"


def test_an_audience_that_is_none_is_said_to_be_none(tmp_path: Path) -> None:
    result = run(tmp_path, "rob", b"Good morning.", "--audience", "everybody")
    assert isinstance(result.exception, BadInputError)
    assert "public" in str(result.exception)
