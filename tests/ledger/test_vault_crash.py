"""A vault killed at any write, torn at any page, or robbed of a file: nothing lost, nothing half, or it is refused."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from leconfield.errors import DamagedError, LeconfieldError, NotFoundError
from leconfield.ledger import vault as vaults
from leconfield.ledger.desk import Desk
from leconfield.ledger.stores.safes import SEALED, WRAPPED
from leconfield.ledger.vault import Vault
from tests.crash.killing import OTHERS, SYNCS, WRITES, Left, Nursery, quick_folder
from tests.ledger import vault_scenes as scenes
from tests.ledger.desks import START
from tests.ledger.vault_scenes import FAR, HOLDERS, NEW, OTHER, PERSON

ROOT = Path(__file__).resolve().parents[2]
PAGE = 4096


@pytest.fixture(autouse=True, scope="module")
def _quick() -> Iterator[None]:
    before = vaults._stretched
    scenes.quick()
    yield
    vaults._stretched = before


class VaultNursery(Nursery):
    """The same, for the vault's scene."""

    def __init__(self, folder: Path, template: Path) -> None:
        self._folder, self._template, self._files = folder, template, folder
        command = [sys.executable, "-m", "tests.ledger.vault_scenes"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)


@pytest.fixture(scope="module")
def nursery() -> Iterator[tuple[VaultNursery, tuple[bytes, ...]]]:
    with quick_folder() as folder:
        template = scenes.new_vault(folder / "template")
        with sqlite3.connect(template / "vault" / WRAPPED) as file:
            wraps = tuple(row[0] for row in file.execute("SELECT sealed FROM wrap WHERE person = ?", (OTHER,)))
        made = VaultNursery(folder, template)
        try:
            left = made.play("vault")
            assert left.ended == 0
            assert len(left.acknowledged) == 9
            yield made, wraps
        finally:
            made.close()


@pytest.mark.long
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not here: it kills at a chosen call")
@pytest.mark.parametrize("call", [*SYNCS, *WRITES, *OTHERS])
def test_a_vault_killed_anywhere_loses_nothing_and_leaves_nothing_half(
    nursery: tuple[VaultNursery, tuple[bytes, ...]], call: str, capsys: pytest.CaptureFixture[str]
) -> None:
    played, wraps = nursery
    points = 0
    for left in played.killed("vault", call):
        _check(left, wraps)
        points += 1
    with capsys.disabled():
        print(f"\nvault: {points} kill points at {call}")


def _check(left: Left, wraps: tuple[bytes, ...]) -> None:
    desk = Desk.open(left.desk)
    try:
        _holds_what_was_acknowledged(desk.vault, set(left.acknowledged))
        if desk.vault.shredded(OTHER):
            content = b"".join(each.read_bytes() for each in left.desk.rglob("*") if each.is_file())
            assert not any(each in content for each in wraps)
            assert desk.vault.remains(OTHER).traces == ()
        else:
            assert _read(desk.vault, OTHER)
        assert desk.verify().faults == ()
    finally:
        desk.close()


def _holds_what_was_acknowledged(vault: Vault, done: set[str]) -> None:
    assert "enrolled kim" not in done or "kim" in vault.holders()
    assert [each.fields["name"] for each in _read(vault, PERSON)] == ["Peregrine Quillfeather a"]
    if not vault.has(NEW):
        assert f"added {NEW}" not in done
        vault.add_person(NEW, ["huw", "iris"])  # what was begun stands in nobody's way
    put = sum(each.startswith(f"put {NEW}") for each in done)
    assert put <= len(_read(vault, NEW)) <= put + 1
    assert f"shared {PERSON}" not in done or _read(vault, PERSON, "jon", "huw")
    for each in done:
        if each.startswith("text "):
            assert vault.unsealed(each.removeprefix("text ")) == "kept for long"
    assert f"shredded {OTHER}" not in done or vault.shredded(OTHER)


def _read(vault: Vault, person: str, one: str = "huw", other: str = "iris") -> tuple[vaults.Kept, ...]:
    half = vault.begin(person, one, HOLDERS[one], other)
    return vault.complete(half, other, HOLDERS[other], FAR).read()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return scenes.new_vault(tmp_path / "desk") / "vault"


@pytest.mark.parametrize("file", [SEALED, WRAPPED])
def test_a_file_torn_at_any_page_is_refused_with_what_to_do(folder: Path, file: str) -> None:
    whole = (folder / file).read_bytes()
    assert len(whole) % PAGE == 0
    for length in range(0, len(whole), PAGE):
        for ragged in (0, 1, 2048):
            (folder / file).write_bytes(whole[: length + ragged])
            for _ in range(2):  # what is refused once is refused again: nothing was made anew in its place
                with pytest.raises(DamagedError, match="restore both"):
                    _opened_and_read(folder)
    (folder / file).write_bytes(whole)
    assert _opened_and_read(folder)


@pytest.mark.parametrize("file", [SEALED, WRAPPED])
def test_a_file_with_a_page_blotted_out_never_opens_to_something_else(folder: Path, file: str) -> None:
    whole = (folder / file).read_bytes()
    for start in range(0, len(whole), PAGE):
        for blot in (b"\0", b"\xff"):
            (folder / file).write_bytes(whole[:start] + blot * PAGE + whole[start + PAGE :])
            try:
                found = _opened_and_read(folder)
            except LeconfieldError:
                continue
            assert [each.fields["name"] for each in found] == ["Peregrine Quillfeather a"]


@pytest.mark.parametrize("file", [SEALED, WRAPPED])
def test_a_file_that_is_gone_is_not_made_anew_beside_the_other(folder: Path, file: str) -> None:
    (folder / file).unlink()
    for _ in range(2):
        with pytest.raises(DamagedError, match=f"{file} is gone or empty"):
            Vault(folder, lambda: START)


def test_files_that_are_no_vault_are_refused(folder: Path) -> None:
    (folder / WRAPPED).write_bytes(b"not a database, but long enough to be read as one" * 200)
    with pytest.raises(DamagedError, match="restore both"):
        Vault(folder, lambda: START)


def test_the_files_of_two_vaults_do_not_open_together(folder: Path, tmp_path: Path) -> None:
    other = scenes.new_vault(tmp_path / "another") / "vault"
    shutil.copy(other / WRAPPED, folder / WRAPPED)
    with pytest.raises(DamagedError, match="restore both"):
        _opened_and_read(folder)


def test_a_person_whose_adding_was_stopped_between_the_files_is_added_again(folder: Path) -> None:
    vault = Vault(folder, lambda: START)
    vault.add_person(NEW, ["huw", "iris"])
    vault.close()
    with sqlite3.connect(folder / SEALED) as file:
        file.execute("DELETE FROM person WHERE id = ?", (NEW,))
    file.close()
    vault = Vault(folder, lambda: START)
    with pytest.raises(NotFoundError):
        vault.put(NEW, "identity", {"name": "x"})
    vault.add_person(NEW, ["iris", "jon"])
    vault.put(NEW, "identity", {"name": "x"})
    assert _read(vault, NEW, "iris", "jon")
    vault.close()


def _opened_and_read(folder: Path) -> tuple[vaults.Kept, ...]:
    vault = Vault(folder, lambda: START)
    try:
        return _read(vault, PERSON)
    finally:
        vault.close()
