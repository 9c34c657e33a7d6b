"""Tests of what waits for whom on the editor's desk."""

from __future__ import annotations

from leconfield.ledger.model import Reader
from leconfield.outreach.recruiting.waits import waits
from tests.outreach.recruiting.panels import ABEL, ASSESSORS, CHAIR, RITA, STRANGER, Board, decided, sifting, written


def waiting(board: Board, reader: Reader) -> list[tuple[int, str]]:
    """What waits for somebody: how many, and what."""
    return [(each.count, each.words) for each in waits(board.desk, board.view(reader)) if each.count]


def test_answers_wait_for_assessors_and_steps_for_whoever_may_take_them() -> None:
    board = sifting(2)
    assert waiting(board, ABEL) == [(6, "answers to mark for Network analyst")]
    assert waiting(board, CHAIR) == waiting(board, RITA) == waiting(board, STRANGER) == []
    for each in ASSESSORS:
        board.marks(each, 4)
    assert waiting(board, ABEL) == []
    assert waiting(board, CHAIR) == [(1, "campaigns to moderate: Network analyst")]


def test_words_wait_for_the_chair_until_everybody_is_written_to() -> None:
    board = decided(2)
    assert waiting(board, CHAIR) == [(2, "applicants to write to, Network analyst")]
    written(board)
    assert waiting(board, CHAIR) == []
