"""Tests of `leconfield.gate.bundles.taking` and of the commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from leconfield import cli
from leconfield.errors import BadInputError, DamagedError, RefusedError
from leconfield.gate.bundles import Content, archive, shown, take, write
from leconfield.gate.bundles.commands import bundle
from tests.gate.bundles.parcels import RELEASE, SEAL, SECOND, sealed

NOW = "2026-11-22T12:00:00Z"


def laid(folder: Path, packed: bytes, name: str = "in.bundle") -> Path:
    file = folder / name
    file.write_bytes(packed)
    return file


def test_taking_a_bundle_twice_changes_nothing(tmp_path: Path) -> None:
    file = laid(tmp_path, sealed())
    first, again = (take(file, tmp_path / "kept", [SEAL.public]) for _ in range(2))
    assert (first.new, again.new) == (True, False)
    assert len(list((tmp_path / "kept").iterdir())) == 1
    assert [each.digest for each in shown(tmp_path / "kept", [SEAL.public], NOW)] == [first.bundle.digest]


def test_what_is_not_trusted_or_torn_leaves_nothing_behind(tmp_path: Path) -> None:
    for packed, error in ((sealed(SECOND), RefusedError), (sealed()[:-700], DamagedError)):
        with pytest.raises(error):
            take(laid(tmp_path, packed), tmp_path / "kept", [SEAL.public])
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize("first", [0, 1])
def test_a_withdrawal_wins_whichever_comes_first(tmp_path: Path, first: int) -> None:
    both = [sealed(), write(RELEASE, Content("withdrawal", "public"), {}, (SEAL,))]
    for packed in (both[first], both[1 - first]):
        take(laid(tmp_path, packed), tmp_path / "kept", [SEAL.public])
    assert not list(shown(tmp_path / "kept", [SEAL.public], NOW))


def test_nothing_shows_before_its_embargo(tmp_path: Path) -> None:
    take(laid(tmp_path, sealed(embargo="2026-12-01T09:00:00Z")), tmp_path, [SEAL.public])
    assert not list(shown(tmp_path, [SEAL.public], "2026-12-01T08:59:59Z"))
    assert len(list(shown(tmp_path, [SEAL.public], "2026-12-01T09:00:00Z"))) == 1


def test_a_kept_file_that_was_altered_is_not_shown(tmp_path: Path) -> None:
    taken = take(laid(tmp_path, sealed()), tmp_path / "kept", [SEAL.public])
    kept = tmp_path / "kept" / f"{taken.bundle.digest}.bundle"
    kept.write_bytes(kept.read_bytes().replace(b"bakery", b"butchr"))
    with pytest.raises(DamagedError):
        list(shown(tmp_path / "kept", [SEAL.public], NOW))


def test_the_command_verifies_with_a_key_and_without(tmp_path: Path) -> None:
    file, key = laid(tmp_path, sealed()), laid(tmp_path, SEAL.public.pem, "seal.pem")
    run = CliRunner().invoke(bundle, ["verify", str(file), "--key", str(key), "--json"])
    assert run.exit_code == 0
    assert json.loads(run.stdout)["trusted"] == [SEAL.public.id]
    without = CliRunner().invoke(bundle, ["verify", str(file)])
    assert without.exit_code == 0
    assert "whose key that is" in without.stdout
    taken = [
        CliRunner().invoke(bundle, ["take", str(file), "--into", str(tmp_path / "k"), "--key", str(key)]) for _ in "ab"
    ]
    assert ["taken in" in taken[0].stdout, "was here already" in taken[1].stdout] == [True, True]


def test_the_command_refuses_what_is_damaged_missing_or_of_somebody_else(tmp_path: Path) -> None:
    file, key = laid(tmp_path, sealed()), laid(tmp_path, SECOND.public.pem, "seal.pem")
    torn = laid(tmp_path, sealed()[:-1], "torn.bundle")
    for words, error in (
        (["verify", str(file), "--key", str(key)], RefusedError),
        (["verify", str(torn)], DamagedError),
        (["verify", str(tmp_path / "none")], BadInputError),
        (["verify", str(file), "--key", str(tmp_path / "none")], BadInputError),
    ):
        assert isinstance(CliRunner().invoke(bundle, words).exception, error)


def test_names_in_a_strange_file_do_not_steer_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    packed = archive.write([*archive.read(sealed(), "b"), ("a\x1b[2J\x07[bold]\nwhole", b"")])
    monkeypatch.setattr("sys.argv", ["leconfield", "bundle", "verify", str(laid(tmp_path, packed))])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    said = capsys.readouterr().err
    assert stopped.value.code == DamagedError.exit_code
    assert "which nobody sealed" in said
    assert all(each.isprintable() for each in said.rstrip("\n"))
