"""Tests of `leconfield operation`: list, log, and the check of a log that was handed over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leconfield.cli import program
from leconfield.errors import BadInputError, DamagedError, NotFoundError
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.surveillance.evidence import as_json
from leconfield.surveillance.taking import take
from tests.authority.offices import APPLICANT, Hands
from tests.ledger.desks import look
from tests.surveillance.logs import lines, operation, prepared


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A desk with a log of three lines, one about a bystander; beside it that log, and the published audit."""
    hands = Hands()
    desk = Desk.create(tmp_path / "desk", hands)
    for name, tokens in (("gwen", APPLICANT.tokens), ("guest", frozenset[str]())):
        desk.append(accounts.KEEPER, [accounts.enrolling(name, name.title(), "a long password", tokens, ())])
    which = prepared(desk, hands)
    first = lines(hands, which, 2)
    take(desk, look(desk, APPLICANT), which, [*first, *lines(hands, which, 1, after=first[1], collateral=True)])
    (tmp_path / "log.json").write_bytes(as_json(look(desk, APPLICANT), operation(desk)))
    desk.publish_audit(tmp_path / "audit")
    desk.close()
    return tmp_path


def run(*words: object) -> None:
    """The command line, its errors raised."""
    program("operation")([str(each) for each in words], standalone_mode=False)


def test_operations_and_logs_are_listed_for_those_who_may_know(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("operation", "list", "--desk", folder / "desk", "--as", "gwen", "--json")
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["name"], found["lines"]) == ("Lantern", 3)
    run("operation", "log", found["id"], "--desk", folder / "desk", "--as", "gwen", "--json")
    told = json.loads(capsys.readouterr().out)
    assert [each["seen"] for each in told][:2] == ["He turns left, 1.", "He turns left, 2."]
    run("operation", "list", "--desk", folder / "desk", "--as", "guest", "--json")
    assert json.loads(capsys.readouterr().out) == []
    said = []
    for which in (found["id"], "0" * 32):
        with pytest.raises(NotFoundError) as caught:
            run("operation", "log", which, "--desk", folder / "desk", "--as", "guest")
        said.append(str(caught.value))
    assert said[0] == said[1]


def test_a_log_that_was_handed_over_is_checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("operation", "verify", folder / "log.json")
    assert "Every seal fits." in capsys.readouterr().out
    run(
        *("operation", "verify", folder / "log.json"),
        *("--audit", folder / "audit", "--key", folder / "desk" / "keys" / "audit.pub"),
    )
    assert "the audit log bears each line out" in capsys.readouterr().out


def test_a_log_that_was_changed_or_is_none_is_said_to_be(folder: Path) -> None:
    told = json.loads((folder / "log.json").read_text())
    told["lines"][0]["says"]["seen"] = "He turns right."
    (folder / "changed.json").write_text(json.dumps(told))
    with pytest.raises(DamagedError, match="faults"):
        run("operation", "verify", folder / "changed.json")
    (folder / "none.json").write_text("[" * 100_000)
    with pytest.raises(BadInputError, match="no observation log"):
        run("operation", "verify", folder / "none.json")
    with pytest.raises(BadInputError, match="both"):
        run("operation", "verify", folder / "log.json", "--audit", folder / "audit")
