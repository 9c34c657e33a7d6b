"""Boxes on their way in, killed at every sync, rename and removal: each is taken in once, and none is lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Entry, Question
from leconfield.outreach.publishing.model import HEARD
from tests.crash import scenes
from tests.crash.killing import Left, Nursery, quick_folder
from tests.crash.state import sound
from tests.outreach.readers import SENDER

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not here: it kills at a chosen call"),
]
BOXES = 3


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with quick_folder() as folder:
        template = scenes.with_boxes(scenes.new_desk(folder / "template"), BOXES)
        made = Nursery(folder, template, folder)
        yield made
        made.close()


@pytest.mark.parametrize("call", ["fsync", "fdatasync", "rename", "unlink"])
def test_boxes_killed_on_their_way_in_are_taken_in_once(
    nursery: Nursery, call: str, capsys: pytest.CaptureFixture[str]
) -> None:
    points = 0
    for left in nursery.killed("crossing", call):
        _check(left)
        points += 1
    with capsys.disabled():
        print(f"\ncrossing: {points} kill points at {call}")


def _check(left: Left) -> None:
    desk = Desk.open(left.desk)
    try:
        sound(left.desk, desk)
        scenes.taken_in(desk)
        heard = [each.body["words"] for each in _entries(desk) if each.kind == HEARD]
        assert sorted(heard) == [f"comment {n}" for n in range(BOXES)]
        assert list((left.desk / "spool").iterdir()) == []
        aside = {each.name for each in (left.desk / "aside").iterdir()}
        assert {each for each in aside if not each.startswith(".")} == {"torn.box", "torn.box.why"}
        sound(left.desk, desk)
    finally:
        desk.close()


def _entries(desk: Desk) -> list[Entry]:
    return list(desk.view(SENDER, asking=Question("look")).entries())
