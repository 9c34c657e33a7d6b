"""The command line: a text is brought into a room line by line, and each new name is answered."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from leconfield import cli
from leconfield.desk.incidents import incident_in, open_incident
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Question
from tests.ledger.desks import EMMA, filed


def _room(folder: Path) -> str:
    desk = Desk.create(folder)
    desk.append(accounts.KEEPER, [accounts.enrolling(EMMA.name, EMMA.persona, "a long password", EMMA.tokens, ())])
    filed(desk, EMMA, "Ray Cassell. He bought timers.")
    which = open_incident(desk, desk.view(EMMA, asking=Question("look")), title="The bridge", label="S")
    desk.close()
    return which


def _run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> object:
    monkeypatch.setattr(sys, "argv", ["leconfield", "incident", "stream", *arguments])
    with pytest.raises(SystemExit) as left:
        cli.main()
    return left.value.code


def test_a_text_is_streamed_into_a_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, wire = tmp_path / "desk", tmp_path / "wire.txt"
    which = _room(folder)
    wire.write_text("Ray Cassell ran.\n\nRay Cassell and Gareth Pryce\n", encoding="utf-8")
    assert _run(monkeypatch, which, str(wire), "--desk", str(folder), "--as", "emma") == 0
    told = capsys.readouterr().out
    assert "SECRET · SEQUIN" in told
    assert "Ray Cassell  known: Ray Cassell" in told
    assert "Gareth Pryce  no recorded trace" in told
    desk = Desk.open(folder)
    room = incident_in(desk.view(EMMA, asking=Question("look")), which)
    assert [(each.words, each.source) for each in room.messages] == [
        ("Ray Cassell ran.", "wire.txt"),
        ("Ray Cassell and Gareth Pryce", "wire.txt"),
    ]
    desk.close()


@pytest.mark.parametrize(("which", "file"), [("f" * 32, "wire.txt"), ("", "none.txt")])
def test_what_cannot_be_streamed_is_said_in_words(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    which: str,
    file: str,
) -> None:
    folder = tmp_path / "desk"
    room = _room(folder)
    (tmp_path / "wire.txt").write_text("Ray Cassell ran.\n", encoding="utf-8")
    assert _run(monkeypatch, which or room, str(tmp_path / file), "--desk", str(folder), "--as", "emma") not in (
        0,
        None,
    )
    assert "Traceback" not in capsys.readouterr().err
