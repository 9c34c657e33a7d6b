"""Killed at every write while lines are taken: nothing acknowledged is lost, nothing doubled, the chain whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from leconfield.ledger.desk import Desk
from leconfield.surveillance.keeping import says_of
from leconfield.surveillance.papers import faults
from leconfield.surveillance.pictures import content_of
from leconfield.surveillance.state import operations
from tests.crash.killing import OTHERS, SYNCS, WRITES, Left, quick_folder
from tests.e2e.watched import PNG
from tests.surveillance.nursery import SCENE, Observed, batches, look, new_desk, send

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not here: it kills at a chosen call"),
]


@pytest.fixture(scope="module")
def nursery() -> Iterator[Observed]:
    with quick_folder() as folder:
        made = Observed(folder, new_desk(folder / "template"))
        try:
            left = made.play(SCENE)
            assert (left.ended, len(left.acknowledged)) == (0, 6)
            yield made
        finally:
            made.close()


@pytest.mark.parametrize("call", [*SYNCS, *WRITES, *OTHERS])
def test_lines_killed_anywhere_are_neither_lost_nor_doubled(
    nursery: Observed, call: str, capsys: pytest.CaptureFixture[str]
) -> None:
    points = 0
    for left in nursery.killed(SCENE, call):
        _check(left)
        points += 1
    with capsys.disabled():
        print(f"\nlines: {points} kill points at {call}")


def _check(left: Left) -> None:
    desk = Desk.open(left.desk)
    try:
        assert desk.verify().faults == ()
        held = _held(desk)
        assert set(left.acknowledged) <= held
        send(desk, left.desk)
        assert len(_held(desk)) == 6
        (operation,) = operations(look(desk))
        wanted = [one.seal for sent in batches(look(desk)) for one in sent]
        assert [each.written.seal for each in operation.lines] == wanted
        assert faults(operation) == ()
        assert all(each.authority for each in operation.lines)
        assert all(says_of(desk, each, look(desk).moment) for each in operation.lines)
        (shown,) = operation.pictures.values()
        assert content_of(desk, look(desk), operation, shown) == PNG
        assert desk.verify().faults == ()
    finally:
        desk.close()


def _held(desk: Desk) -> set[str]:
    """The seals of the lines that stand, and the ids of pictures; each line once."""
    (operation,) = operations(look(desk))
    seals = [each.written.seal for each in operation.lines]
    assert len(seals) == len(set(seals))
    return {*seals, *(each.entry for each in operation.pictures.values())}
