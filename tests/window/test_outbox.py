"""The outbox: what waits for the inside has its bound, above which files are refused and words still taken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from leconfield.errors import BadInputError
from leconfield.gate.bundles.boxes import Box, Enclosed
from leconfield.window.spool import MOST, SMALL, FullError
from tests.window.houses import House, house
from tests.window.telling import Reader, told

WORDS = Box("tip", "2026-11-23", {"what": "w" * 40_000})
FILE = Box("tip", "2026-11-23", {}, (Enclosed("a.bin", "application/octet-stream", bytes(4 * SMALL)),))


@pytest.fixture
def place(tmp_path: Path) -> House:
    return house(tmp_path, toml="[spool]\nmost_mib = 3\n")


def test_above_the_bound_files_are_refused_and_words_are_taken(place: House) -> None:
    put = place.window.outbox.put
    put(FILE)
    put(FILE)
    with pytest.raises(FullError, match="without files"):
        put(FILE)
    put(WORDS)
    assert len(place.boxes()) == 3


def test_when_what_waited_was_fetched_files_are_taken_again(place: House) -> None:
    put = place.window.outbox.put
    put(FILE)
    put(FILE)
    for each in place.window.outbox.spool.out.iterdir():
        each.unlink()
    put(FILE)
    assert len(place.boxes()) == 1


def test_files_leave_some_of_the_disk_for_words(place: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(2**40, 2**40 - 2**27, 2**27))
    with pytest.raises(FullError):
        place.window.outbox.put(FILE)
    place.window.outbox.put(WORDS)
    assert len(place.boxes()) == 1


def test_whoever_sends_files_then_is_told_so_and_keeps_his_words(place: House) -> None:
    place.window.outbox.put(FILE)
    place.window.outbox.put(FILE)
    reader = told(Reader(place), {}).send()
    reader.send(files=[("files", ("a.bin", bytes(4 * SMALL), "application/octet-stream"))])
    assert reader.status == 422
    assert "we can take no files at this moment" in reader.text
    assert reader.send().status == 200
    assert len(place.boxes()) == 3


def test_the_bound_is_2_gib_unless_the_configuration_says_otherwise(tmp_path: Path) -> None:
    assert house(tmp_path / "one").window.outbox.most == MOST == 2 * 2**30
    with pytest.raises(BadInputError, match="most_mib"):
        house(tmp_path / "other", toml='[spool]\nmost_mib = "2 GB"\n')
