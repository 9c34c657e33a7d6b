"""Tests of `docs/bundle-format.md`: its vectors are ours, and its recipe works with the public tools as it stands."""

from __future__ import annotations

import re
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from leconfield.gate.bundles import archive, whole
from tests.gate.bundles.parcels import SEAL, SECOND, TEXT, VECTORS, files, made, sealed

PAGE = Path(__file__).resolve().parents[3] / "docs" / "bundle-format.md"
TOOLS = ("sh", "tar", "openssl", "sha256sum", "python3")


def recipe() -> str:
    (found,) = re.findall(r"```sh\n(mkdir.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return f"set -eu\n{found}"


def followed(folder: Path, packed: bytes) -> subprocess.CompletedProcess[str]:
    """The recipe of the page, followed with that file and the key of the vectors."""
    if missing := [each for each in TOOLS if shutil.which(each) is None]:
        pytest.skip(f"{', '.join(missing)}: not here")
    (folder / "seal.pem").write_bytes(SEAL.public.pem)
    (folder / "release.bundle").write_bytes(packed)
    return subprocess.run(["sh", "-c", recipe()], cwd=folder, capture_output=True, text=True, check=False)


def test_the_vectors_of_the_page_are_what_we_write() -> None:
    page, packed = PAGE.read_text("utf-8"), sealed()
    entries = archive.read(packed, "vector")
    manifest = entries[0][1]
    for value in (
        SEAL.public.id,
        sha256(TEXT).hexdigest(),
        made().digest,
        sha256(manifest).hexdigest(),
        entries[-1][1].hex(),
        sha256(packed).hexdigest(),
        manifest.decode(),
        SEAL.public.pem.decode(),
    ):
        assert value in page
    assert (VECTORS / "post.bundle").read_bytes() == packed
    assert whole((VECTORS / "withdrawal.bundle").read_bytes()).manifest.withdraws


def test_the_recipe_verifies_a_bundle_with_openssl_and_sha256sum(tmp_path: Path) -> None:
    run = followed(tmp_path, sealed(SEAL, SECOND, given=files(one=b"1" * 2000), title="Köln"))
    assert run.returncode == 0, run.stderr
    assert "Signature Verified Successfully" in run.stdout
    assert run.stdout.count(": OK") == 2


@pytest.mark.parametrize("what", ["manifest", "member", "signature", "key"])
def test_the_recipe_refuses_what_was_altered(tmp_path: Path, what: str) -> None:
    packed = sealed(SECOND) if what == "key" else sealed()
    entries = [
        (name, bytes((held[0] ^ 1,)) + held[1:] if name.startswith((what, f"{what}s/")) else held)
        for name, held in archive.read(packed, "b")
    ]
    assert followed(tmp_path, archive.write(entries)).returncode != 0
