"""One application all the way: planned inside, made at the window, marked blind, answered, and read by seven words."""

from __future__ import annotations

from pathlib import Path

from leconfield.gate.bundles.letters import KIND
from leconfield.gate.bundles.vacancies import ORDER
from leconfield.outreach import letters
from leconfield.outreach.orders import newest
from leconfield.outreach.recruiting import answering, people, planning, service_answers, service_panel, showing
from leconfield.outreach.recruiting.model import Step
from tests.outreach.recruiting.panels import ABEL, ASSESSORS, CHAIR, NAMED, RITA, WHY, Board, opened, written
from tests.window.careers import Applicant
from tests.window.houses import House, Moment, house

FILLED = {
    "name": NAMED,
    "contact": "",
    "adjustments": "",
    "answer.q1": f"My friends call me Marisol. {NAMED} likes to find things out.",
    "answer.q2": "I ask two people who have not spoken to each other.",
    "answer.sample": "The ship left. Nobody saw it.",
    "hidden": "",
}


def test_what_is_planned_inside_is_applied_to_at_the_window_and_answered(tmp_path: Path) -> None:
    board = opened()
    window = _shown(board, house(tmp_path, clock=Moment(board.hands())))
    ada = Applicant(window.reader)
    ada.goes(f"/careers/{board.which}/apply").sends().sends(go="to-name")
    for name, words in FILLED.items():
        ada.sends(**{name: words})
    ada.sends().sends().sends()
    assert ada.heading == "Your application is on its way"
    code = ada.code()
    for box in window.boxes():
        board.take(box)
    _judged(board)
    assert letters.renew(board.desk, board.view(), answering.TABLE)
    order = newest(board.view(), KIND, answering.TABLE)
    assert order is not None
    window.order(KIND, answering.TABLE, order.order.body)
    window.clock.at = board.hands()
    ada.goes("/careers/letters").sends(code=code)
    assert ada.heading == "A letter for you"
    for words in ("We would like to go on", "Good (5 of 7).", "Your answers are clear."):
        assert words in ada.page
    assert f'href="/careers/{board.which}/equality/invited"' in ada.page
    assert ada.goes(f"/careers/{board.which}/equality/invited").status == 200


def _shown(board: Board, window: House) -> House:
    """The vacancy's text and its order, as an export carries them over."""
    order = newest(board.view(), ORDER, board.which)
    assert order is not None
    text = planning.text_of(board.campaign())
    release = window.release("vacancy", text, title="Network analyst")
    window.order(ORDER, board.which, {**order.order.body, "release": release})
    return window


def _judged(board: Board) -> None:
    """The panel reads what the window brought, without the name, and everybody is answered."""
    (packet,) = board.campaign(ABEL).live
    answer = showing.answer_of(board.desk, board.campaign(ABEL).packets[packet], WHY.id)
    assert answer == "My friends call me [name]. [name] likes to find things out."
    (applicant,) = people.applicants(board.view(), board.campaign())
    person = people.person_of(board.desk, applicant)
    assert person is not None
    assert person.name == NAMED
    board.hands.move(days=30)
    board.step(CHAIR, Step.SIFT)
    for each in ASSESSORS:
        board.marks(each, 5)
    board.step(CHAIR, Step.MODERATE)
    service_panel.set_threshold(board.desk, board.view(CHAIR), board.which, mean="4.5", reason="As planned.")
    board.step(CHAIR, Step.DECIDE)
    service_panel.decide_rest(board.desk, board.view(CHAIR), board.which, reason="As the marks say.")
    board.step(CHAIR, Step.ANSWER)
    written(board)
    assert service_answers.send_feedback(board.desk, board.view(RITA), board.which) == 1
