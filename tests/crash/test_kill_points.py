"""Killed at every write and every sync: nothing acknowledged is lost, nothing half-written, nothing doubled."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Question
from tests.crash import scenes
from tests.crash.killing import OTHERS, SYNCS, WRITES, Left, Nursery, quick_folder
from tests.crash.state import Standing, questions_on_record, repeated, sound, standing
from tests.ledger.desks import ROB

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not here: it kills at a chosen call"),
]


@dataclass(frozen=True, slots=True)
class Bench:
    """Where scenes are played, and what an undisturbed intake of the files makes of the desk."""

    nursery: Nursery
    files: Path
    whole: Standing


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with quick_folder() as folder:
        template = scenes.new_desk(folder / "template")
        files = scenes.write_files(folder / "files", 11)
        nursery = Nursery(folder, template, files)
        try:
            left = nursery.play("intake")
            assert left.ended == 0
            assert len(left.acknowledged) == 12
            desk = Desk.open(left.desk)
            whole = standing(desk)
            desk.close()
            yield Bench(nursery, files, whole)
        finally:
            nursery.close()


@pytest.mark.parametrize("call", [*SYNCS, *WRITES, *OTHERS])
def test_an_intake_killed_anywhere_loses_and_doubles_nothing(
    bench: Bench, call: str, capsys: pytest.CaptureFixture[str]
) -> None:
    points = 0
    for left in bench.nursery.killed("intake", call):
        _check_intake(bench, left)
        points += 1
    _tell(capsys, f"intake: {points} kill points at {call}")


def _check_intake(bench: Bench, left: Left) -> None:
    desk = Desk.open(left.desk)
    try:
        sound(left.desk, desk)
        now = standing(desk)
        acknowledged = {each for each in left.acknowledged if not each.endswith(".gz")}
        assert acknowledged <= set(now.reports)
        for report in now.reports:
            assert _of(now, report) == _of(bench.whole, report)
        assert repeated(desk, bench.files) == bench.whole
        sound(left.desk, desk)
    finally:
        desk.close()


def _of(whole: Standing, report: str) -> list[str]:
    return [statement for its_report, statement in whole.statements if its_report == report]


@pytest.mark.parametrize("call", [*SYNCS, *WRITES])
def test_no_question_is_answered_that_is_not_on_record(
    bench: Bench, call: str, capsys: pytest.CaptureFixture[str]
) -> None:
    points = 0
    for left in bench.nursery.killed("reads", call):
        answered = {" ".join(each.split()[:2]) for each in left.acknowledged}
        assert answered <= questions_on_record(left.desk)
        desk = Desk.open(left.desk)
        sound(left.desk, desk)
        desk.close()
        points += 1
    _tell(capsys, f"reads: {points} kill points at {call}")


@pytest.mark.parametrize("call", [*SYNCS, *WRITES])
def test_no_judgement_sign_in_or_record_that_was_acknowledged_is_lost(
    bench: Bench, call: str, capsys: pytest.CaptureFixture[str]
) -> None:
    points = 0
    for left in bench.nursery.killed("acts", call):
        desk = Desk.open(left.desk)
        sound(left.desk, desk)
        assert set(left.acknowledged) <= _done(desk)
        desk.close()
        points += 1
    _tell(capsys, f"acts: {points} kill points at {call}")


def _done(desk: Desk) -> set[str]:
    done = {each.kind for each in desk.view(accounts.KEEPER, asking=Question("look")).entries()}
    view = desk.view(ROB, asking=Question("look"))
    done |= {each.kind for each in view.entries()}
    before = ""
    for each in view.world.judgements:
        done.add(f"took back {before}" if each.verdict == "withdrawn" else f"judged {each.verdict}")
        before = each.verdict
    return done


def _tell(capsys: pytest.CaptureFixture[str], words: str) -> None:
    with capsys.disabled():
        print(f"\n{words}")
