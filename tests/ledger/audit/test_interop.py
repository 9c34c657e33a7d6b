"""Our log as Go's `golang.org/x/mod/sumdb` (note, tlog) sees it: a second implementation, written by others."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from leconfield.ledger.audit import Signer, export_log, root_of
from tests.ledger.audit.logs import NAME, VKEY, Store, reads, signed

SOURCE = Path(__file__).parent / "interop" / "verify.go"
DEBIAN_GOPATH = Path("/usr/share/gocode")
LEAVES = reads(100_000)


@pytest.fixture(scope="module")
def go_verifier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("go") is None or not (DEBIAN_GOPATH / "src/golang.org/x/mod/sumdb/tlog").is_dir():
        pytest.skip("needs Debian's golang-go and golang-golang-x-mod-dev")
    folder = tmp_path_factory.mktemp("go")
    settings = {"GO111MODULE": "off", "GOPATH": str(DEBIAN_GOPATH), "GOCACHE": str(folder / "cache"), "GOFLAGS": ""}
    build = ["go", "build", "-p", "1", "-o", str(folder / "verify"), str(SOURCE)]
    subprocess.run(build, check=True, env=os.environ | settings)
    return folder / "verify"


def second_opinion(verifier: Path, folder: Path, *witnessed: str, vkey: str = VKEY) -> subprocess.CompletedProcess[str]:
    papers = [folder.with_name(f"witnessed-{number}") for number, _ in enumerate(witnessed)]
    for paper, note in zip(papers, witnessed, strict=True):
        paper.write_text(note)
    return subprocess.run([verifier, vkey, folder, *papers], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 700])
def test_go_accepts_our_log_and_finds_the_same_root(go_verifier: Path, tmp_path: Path, size: int) -> None:
    export_log(tmp_path / "log", signed(LEAVES[:size]), VKEY, Store(LEAVES))
    witnessed = [signed(LEAVES[:old]) for old in (1, size // 2 or 1, size)]
    answer = second_opinion(go_verifier, tmp_path / "log", *witnessed)
    assert answer.stdout.split() == [str(size), base64.b64encode(root_of(LEAVES[:size])).decode()], answer.stderr


def test_go_refuses_what_we_refuse(go_verifier: Path, tmp_path: Path) -> None:
    folder = tmp_path / "log"
    export_log(folder, signed(LEAVES[:700]), VKEY, Store(LEAVES))
    rewritten = signed([b"another past", *LEAVES[1:300]])
    assert "invalid transparency proof" in second_opinion(go_verifier, folder, rewritten).stderr
    other_key = Signer.generate(NAME).verifier.vkey
    assert "no verifiable signatures" in second_opinion(go_verifier, folder, vkey=other_key).stderr
    bundle = folder / "tile/entries/001"
    bundle.write_bytes(bundle.read_bytes().replace(b"question 300", b"question 3oo"))
    assert "tile/entries/001: leaf 44 is not the one that was signed" in second_opinion(go_verifier, folder).stderr


@pytest.mark.long
def test_go_accepts_a_log_of_three_levels_that_grew_in_steps(go_verifier: Path, tmp_path: Path) -> None:
    for size in (1_000, 65_536, 100_000):
        export_log(tmp_path / "log", signed(LEAVES[:size]), VKEY, Store(LEAVES))
    answer = second_opinion(go_verifier, tmp_path / "log", signed(LEAVES[:1_000]), signed(LEAVES[:65_536]))
    assert answer.stdout.startswith("100000 "), answer.stderr
