"""`leconfield bundle verify` says what is wrong with whatever file it is given, and never falls over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import strategies as st
from typer.testing import CliRunner

from leconfield.errors import LeconfieldError
from leconfield.gate.bundles import archive
from leconfield.gate.bundles.commands import bundle
from tests.fuzz.amounts import amounts, tried
from tests.gate.bundles.parcels import SEAL, SECOND, files, sealed

Files = list[tuple[str, bytes]]
ONE = archive.read(sealed(SEAL, SECOND, given=files(picture=b"\x00" * 700)), "one")
OTHER = archive.read(sealed(SEAL, SECOND, given=files(picture=b"\x01" * 700), title="Another"), "other")
ODD = (
    b"",
    b"{}",
    b"[]",
    b"null",
    b'{"a":1',
    b"\xff\xfe",
    b'{"format":9}',
    b"[" * 5000,
    b'{"members":[{}]}',
    b"\x00" * 64,
)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as made:
        yield Path(made)


def changed(chosen: list[tuple[int, int, int]], odd: bytes) -> Files:
    """The files of a bundle, some of them swapped, doubled, dropped, renamed, torn or out of another bundle."""
    found = list(ONE)
    for what, first, second in chosen:
        if not found:
            break
        one, two = first % len(found), second % len(found)
        (name, held), (other, others) = found[one], found[two]
        match what:
            case 0:
                found[one], found[two] = found[two], found[one]
            case 1:
                found[one], found[two] = (name, others), (other, held)
            case 2:
                found.insert(two, found[one])
            case 3:
                del found[one]
            case 4:
                found[one] = (name, odd)
            case 5:
                found[one] = (name, held[: second % (len(held) + 1)])
            case 6:
                found[one] = (f"{name[:40]}{second}", held)
            case _:
                found[one] = OTHER[first % len(OTHER)]
    return found


def verified(packed: bytes, folder: Path, key: bytes | None) -> bool:
    """Whether the command takes the file for whole; what it says otherwise is meant for people."""
    (folder / "given.bundle").write_bytes(packed)
    words = ["verify", str(folder / "given.bundle")]
    if key is not None:
        (folder / "key.pem").write_bytes(key)
        words += ["--key", str(folder / "key.pem")]
    run = CliRunner().invoke(bundle, words)
    if run.exit_code:
        assert isinstance(run.exception, LeconfieldError), repr(run.exception)
        assert 0 < len(str(run.exception)) < 1000
        assert str(folder) not in run.stdout
    return run.exit_code == 0


KEYS = st.sampled_from(
    [None, SEAL.public.pem, SECOND.public.pem, SEAL.pem, b"", b"\xff", b"-----BEGIN PUBLIC KEY-----\n"]
)


@amounts(120, 3_000)
def test_swapped_reordered_and_torn_files_are_refused_in_words(folder: Path, examples: int) -> None:
    moves = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 9), st.integers(0, 900)), max_size=4)

    def try_it(chosen: list[tuple[int, int, int]], odd: bytes, key: bytes | None) -> None:
        made = changed(chosen, odd)
        taken = verified(archive.write(made), folder, key)
        assert not taken or made in (ONE, OTHER)

    tried(examples, try_it, moves, st.sampled_from(ODD), KEYS)


@amounts(80, 2_000)
def test_torn_and_altered_bytes_are_refused_in_words(folder: Path, examples: int) -> None:
    packed = archive.write(ONE)

    def try_it(at: int, gone: int, put: bytes, key: bytes | None) -> None:
        made = packed[:at] + put + packed[at + gone :]
        taken = verified(made, folder, key)
        assert not taken or made == packed

    tried(examples, try_it, st.integers(0, len(packed)), st.integers(0, 2000), st.binary(max_size=40), KEYS)


@amounts(60, 1_000)
def test_what_is_no_bundle_at_all_is_refused_in_words(folder: Path, examples: int) -> None:
    def try_it(packed: bytes, key: bytes | None) -> None:
        assert not verified(packed, folder, key)

    tried(examples, try_it, st.one_of(st.binary(max_size=3000), st.sampled_from(ODD)), KEYS)
