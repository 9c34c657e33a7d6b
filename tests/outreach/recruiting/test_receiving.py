"""Tests of boxes on their way in: through the spool as they come, torn, twice, for nobody; and of hostile ones."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.errors import LeconfieldError
from leconfield.gate.bundles.boxes import Box
from leconfield.gate.bundles.vacancies import APPLICATION, EQUALITY, WITHDRAWAL
from leconfield.ledger.desk import Desk
from leconfield.outreach import crossing
from leconfield.outreach.recruiting import people
from leconfield.outreach.recruiting.equality import Answers
from leconfield.outreach.recruiting.model import Step
from tests.authority.offices import Hands
from tests.ledger.desks import look
from tests.outreach.house import lies
from tests.outreach.recruiting import panels
from tests.outreach.recruiting.panels import CHAIR, RITA, Board, application, equality, opened, withdrawal

DAY = "2026-03-10"


@pytest.fixture(scope="module")
def board() -> Board:
    """A campaign that is open, on which nothing hostile leaves a trace."""
    return opened()


def test_boxes_come_through_the_spool_once_each_and_what_is_for_nobody_waits(tmp_path: Path) -> None:
    board, spool, aside = _in_folder(tmp_path), tmp_path / "spool", tmp_path / "aside"
    for number in range(3):
        lies(board.desk, spool, application(board.which, number))
    for number in range(10):
        lies(board.desk, spool, equality(board.which, number, sex="female"))
    early = lies(board.desk, spool, withdrawal(7))
    elsewhere = lies(board.desk, spool, application("another-role", 5))
    torn = spool / f"{'a' * 32}.box"
    torn.write_bytes(early.read_bytes()[:-40])

    told = crossing.import_(board.desk, board.view(), spool, aside)
    assert (told.taken, told.again) == (13, 0)
    assert [name for name, _ in told.aside] == [torn.name]
    assert {name for name, _ in told.left} == {early.name, elsewhere.name}
    assert len(board.campaign(CHAIR).live) == 3
    assert board.view().derived(Answers).people(board.which, "applied") == 10

    lies(board.desk, spool, application(board.which, 1))
    lies(board.desk, spool, application(board.which, 7))
    again = crossing.import_(board.desk, board.view(), spool, aside)
    last = crossing.import_(board.desk, board.view(), spool, aside)
    assert (again.taken + last.taken, again.again, last.again) == (2, 1, 0)
    assert [each.withdrawn for each in people.applicants(board.view(), board.campaign())].count(True) == 1
    board.desk.close()


def _in_folder(folder: Path) -> Board:
    """A campaign that is open, on a desk that is kept."""
    hands = Hands()
    board = panels.planned(desk=Desk.create(folder / "desk", hands), hands=hands)
    return panels.opening(board)


def test_an_application_that_comes_when_the_panel_is_through_waits_and_is_not_lost(tmp_path: Path) -> None:
    board, spool, aside = _in_folder(tmp_path), tmp_path / "spool", tmp_path / "aside"
    lies(board.desk, spool, application(board.which, 1))
    crossing.import_(board.desk, board.view(), spool, aside)
    board.hands.move(days=30)
    board.step(CHAIR, Step.SIFT)
    for each in panels.ASSESSORS:
        board.marks(each, 4)
    board.step(CHAIR, Step.MODERATE)
    late = lies(board.desk, spool, application(board.which, 2))
    told = crossing.import_(board.desk, board.view(), spool, aside)
    assert told.aside == ()
    assert [name for name, _ in told.left] == [late.name]
    assert "read no more" in told.left[0][1]
    board.desk.close()


_WORDS = st.one_of(st.text(max_size=30), st.sampled_from(["", "q1", "0" * 64, "f" * 64, "applied", "female", "x" * 41]))
_FIELDS = "vacancy name contact adjustments hidden place key revocation token stage more answer. answer.other"
_NAMES = st.sampled_from([*_FIELDS.split(), "answer.q1", "answer.q2", "answer.sample", "answer.sex"])


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([APPLICATION, EQUALITY, WITHDRAWAL]), st.dictionaries(_NAMES, _WORDS, max_size=10), st.booleans()
)
def test_whatever_is_in_a_box_it_is_taken_or_refused_in_words(
    board: Board, kind: str, fields: dict[str, str], ours: bool
) -> None:
    told = {**fields, "vacancy": board.which} if ours else fields
    before, refusal = len(board.campaign().packets), ""
    try:
        board.take(Box(kind, DAY, told))
    except LeconfieldError as error:
        refusal = str(error) or "no words"
    assert refusal != "no words"
    assert not refusal or len(board.campaign().packets) == before


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(["name", "contact", "hidden", "answer.q1", "place", "vacancy"]), _WORDS)
def test_an_application_with_one_wrong_field_leaves_no_half(board: Board, field: str, words: str) -> None:
    box = application(board.which, 3)
    with suppress(LeconfieldError):
        board.take(Box(box.kind, box.day, {**box.fields, field: words}))
    campaign = board.campaign()
    assert {each.packet for each in people.applicants(look(board.desk, RITA), campaign)} == set(campaign.packets)
