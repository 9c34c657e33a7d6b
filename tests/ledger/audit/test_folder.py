from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from leconfield.errors import BadInputError, DamagedError
from leconfield.ledger.audit import Signer, export_log, read_checkpoint, read_leaves, verify_folder
from tests.ledger.audit.logs import NAME, VKEY, Store, reads, replaced, signed, words_of

LEAVES = reads(1_500)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def exported(folder: Path, size: int) -> Path:
    export_log(folder, signed(LEAVES[:size]), VKEY, Store(LEAVES))
    return folder


def test_a_small_log_becomes_three_files(tmp_path: Path) -> None:
    folder = exported(tmp_path / "log", 3)
    assert set(files(folder)) == {"checkpoint", "tile/0/000.p/3", "tile/entries/000.p/3"}
    assert read_checkpoint(folder) == signed(LEAVES[:3])


def test_an_empty_log_is_a_checkpoint_alone(tmp_path: Path) -> None:
    assert set(files(exported(tmp_path, 0))) == {"checkpoint"}
    assert verify_folder(tmp_path, VKEY).sound


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 512, 1_500])
def test_an_exported_log_reads_back_and_is_sound(tmp_path: Path, size: int) -> None:
    folder = exported(tmp_path, size)
    assert list(read_leaves(folder, size)) == LEAVES[:size]
    assert verify_folder(folder, VKEY).size == size
    assert verify_folder(folder, VKEY, witnessed=[signed(LEAVES[: size // 2])]).sound


def test_growing_step_by_step_reads_only_what_is_new_and_ends_in_the_same_tiles(tmp_path: Path) -> None:
    sizes = [0, 1, 1, 200, 256, 257, 600, 768, 1_500]
    store = Store(LEAVES)
    for old, new in pairwise(sizes):
        assert export_log(tmp_path / "steps", signed(LEAVES[:new]), VKEY, store) == new - old
        assert verify_folder(tmp_path / "steps", VKEY).sound
    assert store.asked == list(pairwise(sizes))
    stepped, once = files(tmp_path / "steps"), files(exported(tmp_path / "once", 1_500))
    assert once.items() <= stepped.items()
    left = {path.split(".p/")[0] for path in stepped.keys() - once.keys()}
    assert left == {"tile/1/000"}  # partial tiles are dropped once the full one is there; this one is not full yet


def test_a_reader_with_an_older_checkpoint_still_finds_his_tiles(tmp_path: Path) -> None:
    exported(tmp_path, 200)
    exported(tmp_path, 600)
    assert list(read_leaves(tmp_path, 200)) == LEAVES[:200]
    (tmp_path / "checkpoint").write_text(signed(LEAVES[:200]))
    assert verify_folder(tmp_path, VKEY).sound


def test_exporting_again_over_an_export_that_was_cut_short_mends_it(tmp_path: Path) -> None:
    exported(tmp_path, 200)
    before = files(tmp_path)
    exported(tmp_path, 600)
    for name, content in before.items():  # as a crash just before the checkpoint leaves it
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert verify_folder(tmp_path, VKEY).size == 200
    exported(tmp_path, 600)
    assert verify_folder(tmp_path, VKEY).sound


def test_changes_all_over_each_file_are_detected(tmp_path: Path) -> None:
    folder = exported(tmp_path, 300)
    for name, content in files(folder).items():
        step = max(1, len(content) // 150)
        for at in range(0, len(content), step):
            (folder / name).write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
            assert not verify_folder(folder, VKEY).sound, (name, at)
        for other in (b"", content[:-1], content + b"x"):
            (folder / name).write_bytes(other)
            assert not verify_folder(folder, VKEY).sound, name
        (folder / name).unlink()
        assert not verify_folder(folder, VKEY).sound, name
        (folder / name).write_bytes(content)
    assert verify_folder(folder, VKEY).sound


def test_the_altered_leaf_is_named(tmp_path: Path) -> None:
    folder = exported(tmp_path, 600)
    bundle = folder / "tile/entries/001"
    bundle.write_bytes(bundle.read_bytes().replace(b"question 300", b"question 3oo"))
    told = words_of(verify_folder(folder, VKEY).faults)
    assert "tile/0/001: its hash 44 is not that of leaf 300" in told
    assert "tile/1/000.p/2: its hash 1 is not that of leaves 256 to 511" in told
    assert "checkpoint, leaves 0 to 599: the leaves are not those that were signed" in told


def test_a_log_that_was_rewritten_cannot_be_exported_over_what_the_folder_holds(tmp_path: Path) -> None:
    folder = exported(tmp_path, 300)
    before = files(folder)
    rewritten = replaced(LEAVES, 7, b"another past")
    with pytest.raises(DamagedError, match="do not continue those in"):
        export_log(folder, signed(rewritten[:400]), VKEY, Store(rewritten))
    with pytest.raises(DamagedError, match="holds 300 leaves, the log has only 200"):
        exported(folder, 200)
    assert files(folder)["checkpoint"] == before["checkpoint"]
    assert verify_folder(folder, VKEY).sound


def test_leaves_that_were_not_signed_are_not_exported(tmp_path: Path) -> None:
    with pytest.raises(DamagedError, match="its 1500 leaves are not the 1501"):
        export_log(tmp_path, signed([*LEAVES, b"one more"]), VKEY, Store(LEAVES))
    with pytest.raises(DamagedError, match="verify the log"):
        export_log(tmp_path, signed(replaced(LEAVES, 7, b"x")), VKEY, Store(LEAVES))
    with pytest.raises(DamagedError, match="not signed by the key"):
        export_log(tmp_path, signed(LEAVES, Signer.generate(NAME)), VKEY, Store(LEAVES))
    assert not (tmp_path / "checkpoint").exists()


@pytest.mark.parametrize("name", ["tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/001.p/44"])
def test_an_export_whose_tiles_were_altered_is_not_continued(tmp_path: Path, name: str) -> None:
    folder = exported(tmp_path, 300)
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(DamagedError, match="export to a new folder"):
        exported(folder, 400)


def test_a_folder_that_is_none_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BadInputError, match="cannot be written"):
        exported(tmp_path / "file" / "log", 3)
    assert "checkpoint: audit export" in words_of(verify_folder(tmp_path / "nothing", VKEY).faults)
    (tmp_path / "checkpoint").write_bytes(b"\xff")
    assert "no UTF-8" in words_of(verify_folder(tmp_path, VKEY).faults)
    shutil.rmtree(tmp_path)
