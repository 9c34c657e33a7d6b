"""Tests of `leconfield.agents.dilemmas`: read by three, for a while, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leconfield.agents import dilemmas
from leconfield.errors import BadInputError, RefusedError
from leconfield.intake.search import search
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Reader
from tests.authority.offices import Hands
from tests.ledger.desks import EMMA, look

HANDLER, COUNSELLOR = (Reader(name, name, frozenset({"S", "DILEMMAS.ROB"})) for name in ("rob", "ines"))
WORDS = "He holds views about women that I cannot stand, and I need him."


@pytest.fixture
def desk_and_clock(tmp_path: Path) -> Iterator[tuple[Desk, Hands]]:
    hands = Hands()
    desk = Desk.create(tmp_path / "desk", hands)
    yield desk, hands
    desk.close()


def test_it_is_read_and_answered_by_those_for_whom_it_is(desk_and_clock: tuple[Desk, Hands]) -> None:
    desk, _ = desk_and_clock
    which = dilemmas.note(desk, look(desk, HANDLER), handler="rob", words=WORDS)
    dilemmas.answer(desk, look(desk, COUNSELLOR), which, words="Come and talk.")
    (found,) = dilemmas.log(desk, look(desk, HANDLER))
    assert (found.words, [each[1:] for each in found.answers]) == (WORDS, [("ines", "Come and talk.")])
    assert dilemmas.log(desk, look(desk, EMMA)) == ()
    assert search(look(desk, HANDLER), "views").total == 0


def test_its_words_are_in_no_file_and_gone_when_their_time_is_over(
    desk_and_clock: tuple[Desk, Hands], tmp_path: Path
) -> None:
    desk, hands = desk_and_clock
    dilemmas.note(desk, look(desk, HANDLER), handler="rob", words=WORDS)
    content = b"".join(each.read_bytes() for each in tmp_path.rglob("*") if each.is_file())
    assert b"cannot stand" not in content
    hands.move(days=91)
    assert desk.vault.perish() == 1
    assert [each.words for each in dilemmas.log(desk, look(desk, HANDLER))] == [""]
    assert desk.verify().faults == ()


def test_nobody_else_writes_or_answers(desk_and_clock: tuple[Desk, Hands]) -> None:
    desk, _ = desk_and_clock
    which = dilemmas.note(desk, look(desk, HANDLER), handler="rob", words=WORDS)
    with pytest.raises(RefusedError, match="for the handler"):
        dilemmas.note(desk, look(desk, EMMA), handler="rob", words=WORDS)
    with pytest.raises(RefusedError, match="no such note"):
        dilemmas.answer(desk, look(desk, EMMA), which, words="I see.")
    with pytest.raises(BadInputError, match="what weighs"):
        dilemmas.note(desk, look(desk, HANDLER), handler="rob", words=" ")
