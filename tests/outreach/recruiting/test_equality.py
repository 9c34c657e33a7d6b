"""Tests of equality answers: counted ten at a time, joined to nobody, told in counts of ten and more."""

from __future__ import annotations

import json

import pytest

from leconfield.errors import NotFoundError, RefusedError
from leconfield.gate.release.forms import TEXT
from leconfield.gate.release.service import files_of
from leconfield.gate.release.state import found
from leconfield.outreach.recruiting import equality, fairness, service_reach
from leconfield.outreach.recruiting.equality import COUNTED, RECEIVED, Answers, counts_of
from leconfield.outreach.recruiting.model import Step
from tests.ledger.desks import look
from tests.outreach.recruiting import panels
from tests.outreach.recruiting.panels import CHAIR, RITA, Board, application, opened


def told(board: Board, number: int, stage: str = "applied", **answers: str) -> None:
    """Somebody's answers come in."""
    board.take(panels.equality(board.which, number, stage, **answers))


def several(board: Board, women: int, men: int, stage: str = "applied") -> None:
    """So many women's and men's answers come in."""
    for number in range(women + men):
        told(board, number, stage, sex="female" if number < women else "male")


def test_nothing_is_counted_before_there_are_ten() -> None:
    board = opened()
    several(board, 5, 4)
    assert board.view().derived(Answers).people(board.which, "applied") == 0
    assert sum(counts_of(board.view(), board.which)["applied"]["sex"].values()) == 0
    told(board, 9, sex="male")
    assert board.view().derived(Answers).people(board.which, "applied") == 10
    assert counts_of(board.view(), board.which)["applied"]["sex"] == {"female": 5, "male": 5, "another-term": 0}
    told(board, 10, sex="male")
    assert board.view().derived(Answers).people(board.which, "applied") == 10


def test_a_box_that_comes_twice_is_counted_once() -> None:
    board = opened()
    several(board, 5, 5)
    several(board, 5, 5)
    assert board.view().derived(Answers).people(board.which, "applied") == 10
    assert board.view().derived(Answers).waiting(board.which, "applied") == ()


def test_stages_are_counted_apart() -> None:
    board = opened()
    several(board, 10, 10)
    several(board, 4, 6, "invited")
    counts = counts_of(board.view(), board.which)
    assert counts["applied"]["sex"]["female"] == 10
    assert counts["invited"]["sex"]["female"] == 4


def test_an_entry_of_answers_tells_nothing_and_is_tied_to_no_packet() -> None:
    board = opened()
    board.take(application(board.which, 1))
    several(board, 12, 0)
    entries = [each for each in board.view().entries() if each.kind in (RECEIVED, COUNTED)]
    packets = set(board.campaign().packets)
    for each in entries:
        assert not packets & set(" ".join(each.body.values()).split())
        if each.kind == RECEIVED:
            assert "female" not in json.dumps(each.body)
            assert each.body.keys() == {"stage", "kept"}
    (counted,) = [each for each in entries if each.kind == COUNTED]
    assert json.loads(counted.body["counts"]) == {"sex": {"female": 10}}
    assert len({len(each.body["kept"]) for each in entries if each.kind == RECEIVED}) == 1


def test_the_panel_sees_no_count() -> None:
    board = opened()
    several(board, 10, 10)
    assert board.view(CHAIR).derived(Answers).people(board.which, "applied") == 0
    assert not any(each.kind in (RECEIVED, COUNTED) for each in board.view(CHAIR).entries())


def test_answers_that_find_no_others_in_time_are_gone() -> None:
    board = opened()
    several(board, 9, 0)
    board.hands.move(days=100)
    told(board, 100, sex="female")
    assert board.view().derived(Answers).people(board.which, "applied") == 0


def test_the_fold_ends_the_same_whichever_way_it_grew() -> None:
    board = opened()
    several(board, 10, 10)
    told(board, 77, sex="male")
    world = look(board.desk, RITA).world
    at_once, grown = Answers.of(world), Answers()
    for each in world.entries:
        grown._take([each])
    for known in (at_once, grown):
        assert known.people(board.which, "applied") == 20
        assert len(known.waiting(board.which, "applied")) == 1
    assert at_once.counts(board.which, "applied") == grown.counts(board.which, "applied")


def test_the_reach_is_proposed_once_when_no_more_applications_come() -> None:
    board = opened()

    def propose() -> str:
        return service_reach.propose_reach(board.desk, board.view(), board.which)

    board.take(application(board.which, 1))
    with pytest.raises(RefusedError, match="still come"):
        propose()
    board.hands.move(days=30)
    board.step(CHAIR, Step.SIFT)
    with pytest.raises(NotFoundError, match="ten must have come"):
        propose()
    several(board, 25, 12)
    for number in range(100, 104):
        told(board, number, sex="another-term")
    several_more = board.view().derived(Answers).waiting(board.which, "applied")
    assert len(several_more) < 10
    which = propose()
    release = found(board.view(), which)
    text = files_of(board.view(), release)[TEXT].decode()
    assert release.content.form == "notice"
    with pytest.raises(RefusedError, match="already"):
        propose()
    figures = [
        int(line.rpartition(": ")[2])
        for line in text.splitlines()
        if line.startswith("* ") and ": " in line and line[-1].isdigit()
    ]
    assert figures
    assert all(each >= fairness.LEAST for each in figures)


def test_the_notice_says_what_is_not_told() -> None:
    counts = {"sex": {"female": 25, "male": 12, "another-term": 3}, "age": {"16-24": 4, "25-34": 0}}
    text = service_reach.reach_words("Analyst", 40, counts)
    assert "Female: 25" in text
    assert "Male" not in text
    assert "Not given" in text
    assert "Age" not in text
    assert equality.choice_in_words("16-24") == "16-24"
    assert equality.choice_in_words("gay-or-lesbian") == "Gay or lesbian"
