"""Tests of `leconfield.gate.release.commands` on a desk on disk."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from leconfield.errors import BadInputError, RefusedError
from leconfield.gate.bundles import Key, verify
from leconfield.gate.release.commands import release
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from tests.gate.release.rooms import AUTHOR, KEEPER, OFFICER, SIMPLE, STRANGER, drafted, out
from tests.gate.release.test_tracing import STORY


def desk_in(folder: Path) -> tuple[str, str]:
    """A desk with a sealed release of several copies, and a draft; their ids."""
    desk = Desk.create(folder)
    for each in (AUTHOR, OFFICER, KEEPER, SIMPLE, STRANGER):
        desk.append(accounts.KEEPER, [accounts.enrolling(each.name, each.persona, "x" * 12, each.tokens, each.roles)])
    marked = out(desk, {"story.txt": ("text/plain", STORY.encode())}, title="A story")
    plain = drafted(desk)
    desk.close()
    return marked, plain


def run(*words: str | Path, whom: str = "ben", desk: Path) -> Result:
    return CliRunner().invoke(release, [*map(str, words), "--desk", str(desk), "--as", whom])


def test_a_copy_is_written_and_traced_when_it_turns_up(tmp_path: Path) -> None:
    desk, text = tmp_path / "desk", tmp_path / "leak.txt"
    marked, plain = desk_in(desk)
    assert CliRunner().invoke(release, ["key", str(tmp_path / "keys")]).exit_code == 0
    key = Key.parse((tmp_path / "keys" / "seal.pem").read_bytes(), "seal.pem")
    for name in ("Bern", "Oslo", "Riga"):
        made = run("bundle", marked, tmp_path / name, "--key", tmp_path / "keys", "--to", name, desk=desk)
        assert made.exit_code == 0, made.output
    text.write_bytes(verify((tmp_path / "Oslo").read_bytes(), [key]).files["story.txt"].upper())
    told = run("leak", marked, text, "--json", desk=desk)
    assert [each["recipient"] for each in json.loads(told.stdout)["copies"] if each["named"]] == ["Oslo"]
    assert "It names a copy" in " ".join(run("leak", marked, text, desk=desk).stdout.split())
    listed = json.loads(run("list", "--json", desk=desk).stdout)
    assert {each["id"]: each["stands"] for each in listed} == {marked: "sealed", plain: "draft"}
    assert json.loads(run("list", "--json", whom="guest", desk=desk).stdout) == []


def test_what_may_not_be_written_is_refused_with_the_reason(tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    marked, plain = desk_in(desk)
    CliRunner().invoke(release, ["key", str(tmp_path / "keys")])
    keys = ("--key", tmp_path / "keys")
    refused = [
        (run("bundle", plain, tmp_path / "a", *keys, desk=desk), RefusedError),
        (run("bundle", marked, tmp_path / "a", *keys, desk=desk), RefusedError),
        (run("bundle", marked, tmp_path / "a", *keys, "--to", "Bern", whom="fay", desk=desk), RefusedError),
        (run("bundle", marked, desk, *keys, "--to", "Bern", desk=desk), BadInputError),
        (run("leak", marked, tmp_path / "none", desk=desk), BadInputError),
    ]
    for result, error in refused:
        assert isinstance(result.exception, error), result.exception
    assert not (tmp_path / "a").exists()
