"""Tests of a campaign from its plan to the last answer: who may do what, when, and what each of them can see."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from hashlib import sha256

import pytest

from leconfield.errors import BadInputError, LeconfieldError, NotFoundError, RefusedError
from leconfield.gate.bundles.boxes import Box
from leconfield.gate.bundles.letters import KIND, table_in
from leconfield.gate.bundles.letters import opened as letter_opened
from leconfield.gate.bundles.vacancies import ORDER, vacancy_in
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import EntryId, Reader
from leconfield.outreach import letters
from leconfield.outreach.orders import newest
from leconfield.outreach.recruiting import answering, people, planning, rules, service, service_answers, service_panel
from leconfield.outreach.recruiting.model import INVITE, NOT_NOW, QUESTION_DROPPED, TAKEN_OFF, Question, Stage, Step
from leconfield.outreach.recruiting.people import People
from leconfield.outreach.recruiting.service import Plan
from leconfield.outreach.recruiting.state import Campaigns, campaigns
from tests.ledger.desks import look
from tests.outreach.house import another
from tests.outreach.recruiting import panels
from tests.outreach.recruiting.panels import (
    ABEL,
    ASSESSORS,
    BESS,
    CHAIR,
    CHECK,
    NAMED,
    NAMES,
    PANEL,
    RITA,
    STRANGER,
    WHY,
    Board,
    application,
    decided,
    key_of,
    opened,
    planned,
    sifting,
    withdrawal,
    written,
)


def refused(act: Callable[[], object], kind: type[LeconfieldError] = RefusedError) -> str:
    """Why an act is refused."""
    with pytest.raises(kind) as told:
        act()
    return str(told.value)


def test_a_plan_needs_a_role_two_labels_and_days_in_their_order() -> None:
    board = planned()

    def plan(reader: Reader = RITA, **other: str) -> str:
        fields = {
            "name": "Carpenter",
            "chair": "chloe",
            "opens": "2026-03-01",
            "closes": "2026-03-20",
            "label": PANEL,
            "group": NAMES,
        }
        return service.plan(board.desk, board.view(reader), Plan(**(fields | other)))

    assert "recruitment-officer" in refused(lambda: plan(CHAIR))
    assert "two labels" in refused(lambda: plan(group=PANEL), BadInputError)
    assert "before it opens" in refused(lambda: plan(closes="2026-02-01"), BadInputError)
    assert "is no day" in refused(lambda: plan(opens="soon"), BadInputError)
    assert "called is missing" in refused(lambda: plan(name=" "), BadInputError)
    assert "do not hold" in refused(lambda: plan(group="S&NOBODY"))
    which = plan()
    assert re.fullmatch(r"role-[0-9a-f]{12}", which)
    assert {each.name for each in campaigns(board.view())} == {"Carpenter", "Network analyst"}
    assert campaigns(board.view(STRANGER)) == ()


def test_what_is_asked_stays_as_it_is_once_it_is_open() -> None:
    board = opened()
    assert "stays as it is" in refused(lambda: service.ask(board.desk, board.view(), board.which, WHY))
    assert "stays as it is" in refused(lambda: service.drop(board.desk, board.view(), board.which, WHY.id))
    service.staff(board.desk, board.view(), board.which, "dora")
    service.take_off(board.desk, board.view(), board.which, "dora")
    assert board.campaign().assessors == ("abel", "bess", "carl")


def test_opening_sends_the_order_that_the_window_reads() -> None:
    board = opened()
    issued = newest(board.view(), ORDER, board.which)
    assert issued is not None
    told = vacancy_in(issued.order.about, issued.order.body)
    assert [each.id for each in told.questions] == ["q1", "q2"]
    assert told.sample is not None
    assert (told.sample.id, told.sample.minutes) == ("sample", 30)
    assert told.closes.isoformat() == "2026-03-20T23:59:00+00:00"
    crossing = issued.order.serialise().decode()
    assert not any(each in crossing for each in ("guide", "why", "piece", "etwork", "analyst"))


def test_it_opens_only_with_a_text_that_is_out_and_asks_what_was_planned() -> None:
    board = planned()
    assert "nothing tells of it" in refused(lambda: board.step(RITA, Step.OPEN))
    release = service.word(board.desk, board.view(), board.which)
    assert "have it approved" in refused(lambda: board.step(RITA, Step.OPEN))
    service.ask(board.desk, board.view(), board.which, Question("more", "And what else?", 100, {4: "x"}))
    panels.publish(board, EntryId(release))
    assert "questions are written" in refused(lambda: board.step(RITA, Step.OPEN), BadInputError)
    service.drop(board.desk, board.view(), board.which, "more")
    board.step(RITA, Step.OPEN)
    assert board.campaign().stage is Stage.OPEN


def test_an_application_is_parted_and_the_panel_can_see_no_name() -> None:
    board = opened()
    board.take(application(board.which, 1))
    (packet,) = board.campaign(CHAIR).live
    (applicant,) = people.applicants(board.view(), board.campaign())
    person = people.person_of(board.desk, applicant)
    assert person is not None
    assert person.name.startswith(NAMED)
    assert person.adjustments == "More time to read."
    answers = people.unsealed(board.desk, board.campaign(CHAIR).packets[packet].kept)
    assert answers[CHECK.id] == "I ask 3 people who cannot have spoken to each other."
    assert "[name]" in answers[WHY.id]
    everything = json.dumps(answers) + "".join(map(str, board.view(ABEL).entries()))
    for name in ("Marisol", "Ferncastle", "mail.example", "0700 900", applicant.packet[::-1]):
        assert name not in everything
    assert board.view(ABEL).derived(People).by_packet == {}


def test_a_box_that_comes_twice_is_one_applicant() -> None:
    board = opened()
    for _ in range(3):
        board.take(application(board.which, 1))
    board.take(application(board.which, 2))
    assert len(board.campaign().live) == len(people.applicants(board.view(), board.campaign())) == 2
    before = len(board.view().entries())
    board.take(application(board.which, 1))
    assert len(board.view().entries()) == before


def test_an_application_to_what_is_not_asked_is_put_aside_and_one_to_nothing_known_waits() -> None:
    board = opened()
    refused(lambda: board.take(application("another-role")), NotFoundError)
    refused(lambda: board.take(application(board.which), CHAIR))
    box = application(board.which)
    wrong = {**box.fields, "answer.other": "words"}
    fault = refused(lambda: board.take(Box(box.kind, box.day, wrong)), BadInputError)
    assert "does not ask" in fault
    assert board.campaign().live == ()


def test_a_withdrawal_takes_the_packet_from_the_panel_and_waits_for_its_application() -> None:
    board = opened()
    refused(lambda: board.take(withdrawal(1)), NotFoundError)
    board.take(application(board.which, 1))
    board.take(application(board.which, 2))
    board.take(withdrawal(1))
    board.take(withdrawal(1))
    assert len(board.campaign(CHAIR).live) == 1
    (gone,) = [each for each in people.applicants(board.view(), board.campaign()) if each.withdrawn]
    assert gone.packet not in board.campaign().live


def test_nobody_reads_before_the_last_day_is_over() -> None:
    board = opened()
    board.take(application(board.which, 1))
    assert "nobody reads any before" in refused(lambda: board.step(CHAIR, Step.SIFT))
    assert "while it is being sifted" in refused(lambda: _score(board, ABEL, board.campaign().live[0]))


def test_a_change_that_comes_too_late_for_the_plan_or_the_panel_changes_nothing_whoever_wrote_it() -> None:
    board = sifting(1)
    before = board.campaign()
    for kind, body in ((QUESTION_DROPPED, {"question": WHY.id}), (TAKEN_OFF, {"assessor": ABEL.name})):
        board.desk.append(RITA, [Draft(kind, PANEL, about=board.which, body=body)])
    assert (board.campaign().questions, board.campaign().assessors) == (before.questions, before.assessors)


def test_nobody_is_read_by_fewer_than_two_and_the_panel_can_be_filled_up() -> None:
    board = opened()
    board.take(application(board.which, 1))
    for each in ASSESSORS[1:]:
        service.take_off(board.desk, board.view(), board.which, each.name)
    board.hands.move(days=30)
    assert "judged by one person" in refused(lambda: board.step(CHAIR, Step.SIFT))
    service.staff(board.desk, board.view(), board.which, BESS.name)
    board.step(CHAIR, Step.SIFT)
    assert board.campaign().stage is Stage.SIFTING


def test_the_chair_who_settles_where_marks_differ_gives_none() -> None:
    board = planned()
    fault = refused(lambda: service.staff(board.desk, board.view(), board.which, CHAIR.name))
    assert "settles where marks differ" in fault


def test_whoever_may_know_a_name_judges_nobody() -> None:
    board = sifting()
    packet = board.campaign().live[0]
    assert "may see who applied" in refused(lambda: _score(board, RITA, packet))
    assert "not on this panel" in refused(lambda: _score(board, CHAIR, packet))
    refused(lambda: _score(board, STRANGER, packet), NotFoundError)


def _score(board: Board, reader: Reader, packet: str, mark: str = "4") -> None:
    service_panel.score(board.desk, board.view(reader), board.which, question=WHY.id, packet=packet, mark=mark)


@pytest.mark.parametrize("mark", ["0", "8", "4.5", "", "four", "-1", "04444", "٤"])
def test_a_mark_is_a_whole_number_from_one_to_seven(mark: str) -> None:
    board = sifting(1)
    assert "not a whole number" in refused(lambda: _score(board, ABEL, board.campaign().live[0], mark), BadInputError)


def test_a_lock_needs_every_mark_and_then_they_stand() -> None:
    board = sifting(2)
    first, second = board.campaign().live
    _score(board, ABEL, first, "3")
    _score(board, ABEL, first, "5")

    def lock() -> None:
        service_panel.lock(board.desk, board.view(ABEL), board.which, question=WHY.id)

    assert "1 of the answers" in refused(lock)
    _score(board, ABEL, second)
    lock()
    assert "already" in refused(lock)
    assert "they stand" in refused(lambda: _score(board, ABEL, first, "7"))
    assert board.campaign().scores["abel", WHY.id, first].mark == 5
    assert {each.assessor for each in rules.seen_by(board.campaign(), "bess")} == set()


def test_whoever_came_late_is_marked_after_the_lock_and_nobody_elses_mark_changes() -> None:
    board = sifting(2)
    board.marks(ABEL, 4)
    board.take(application(board.which, 9))
    late = rules.left_to_score(board.campaign(), "abel", WHY.id)
    assert len(late) == 1
    _score(board, ABEL, late[0], "6")
    assert "they stand" in refused(lambda: _score(board, ABEL, late[0], "7"))


def test_the_chair_moderates_within_the_marks_that_were_given() -> None:
    board = sifting(2)
    packet = board.campaign().live[0]
    board.marks(ABEL, {each: 6 if each == packet else 4 for each in board.campaign().live})
    for each in ASSESSORS[1:]:
        board.marks(each, 4)
    board.step(CHAIR, Step.MODERATE)

    def moderate(mark: str, reader: Reader = CHAIR, which: str = packet) -> None:
        service_panel.moderate(
            board.desk, board.view(reader), board.which, question=WHY.id, packet=which, mark=mark, reason="Heard both."
        )

    assert "from 4 to 6" in refused(lambda: moderate("7"), BadInputError)
    assert "panel's chair" in refused(lambda: moderate("5", ABEL))
    assert "do not differ" in refused(lambda: moderate("4", which=board.campaign().live[1]))
    moderate("5")
    assert board.campaign().moderated[WHY.id, packet].mark == 5


def test_a_person_decides_against_the_ranking_with_a_reason() -> None:
    board = sifting(3)
    for each in ASSESSORS:
        board.marks(each, 3)
    board.step(CHAIR, Step.MODERATE)
    for wrong in ("8", "4.55", "x", ""):
        refused(
            lambda wrong=wrong: service_panel.set_threshold(  # type: ignore[misc]
                board.desk, board.view(CHAIR), board.which, mean=wrong, reason="So."
            ),
            BadInputError,
        )
    service_panel.set_threshold(board.desk, board.view(CHAIR), board.which, mean="4.5", reason="As planned.")
    board.step(CHAIR, Step.DECIDE)
    packet = board.campaign().live[0]

    def decide(verdict: str, reason: str) -> None:
        service_panel.decide(board.desk, board.view(CHAIR), board.which, packet=packet, verdict=verdict, reason=reason)

    refused(lambda: decide(INVITE, " "), BadInputError)
    refused(lambda: decide("maybe", "So."), BadInputError)
    decide(INVITE, "The work sample outweighs the rest.")
    assert "2 packets are not decided" in refused(lambda: board.step(CHAIR, Step.ANSWER))
    assert service_panel.decide_rest(board.desk, board.view(CHAIR), board.which, reason="As the marks say.") == 2
    told = board.campaign().decisions
    assert [told[each].verdict for each in board.campaign().live] == [INVITE, NOT_NOW, NOT_NOW]


def test_everybody_is_answered_at_once_and_it_is_not_closed_before() -> None:
    board = decided(3)
    assert "3 applicants are without feedback" in refused(lambda: board.step(RITA, Step.CLOSE))
    assert "nothing is written yet for 3" in refused(
        lambda: service_answers.send_feedback(board.desk, board.view(), board.which)
    )
    written(board)
    assert "recruitment-officer" in refused(
        lambda: service_answers.send_feedback(board.desk, board.view(BESS), board.which)
    )
    assert service_answers.send_feedback(board.desk, board.view(), board.which) == 3
    assert "everybody was answered" in refused(
        lambda: service_answers.send_feedback(board.desk, board.view(), board.which)
    )
    board.step(RITA, Step.CLOSE, "All were answered.")
    assert board.campaign().stage is Stage.CLOSED
    _read_letters(board)


def test_of_two_who_send_at_once_one_sends() -> None:
    board = written(decided(2))
    early = another(board.desk, RITA)
    early.reader = RITA
    assert service_answers.send_feedback(board.desk, board.view(), board.which) == 2
    assert "meanwhile" in refused(lambda: service_answers.send_feedback(board.desk, early, board.which))
    assert letters.renew(board.desk, board.view(), answering.TABLE)
    order = newest(board.view(), KIND, answering.TABLE)
    assert order is not None
    assert order.order.serial == 1


def _read_letters(board: Board) -> None:
    """Each applicant finds his own letter in the table, and nobody else's."""
    assert letters.renew(board.desk, board.view(), answering.TABLE)
    order = newest(board.view(), KIND, answering.TABLE)
    assert order is not None
    table = table_in(order.order)
    kinds = []
    for number in range(3):
        sealed = table.at(sha256(f"place {number}".encode()).hexdigest())
        assert sealed is not None
        found = letter_opened(sealed, key_of(number))
        kinds.append(found.kind)
        assert "Your answers are clear." in found.words
        assert ("/careers/" in found.words) == (found.kind == answering.INVITATION)
        assert NAMED not in found.words
    assert sorted(kinds) == [answering.FEEDBACK, answering.INVITATION, answering.INVITATION]


def test_feedback_that_names_what_is_protected_is_stopped_as_it_is_written() -> None:
    board = decided(1)
    from tests.ledger.desks import filed

    filed(board.desk, CHAIR, "Gwendolyn Marchbanks-Oyelaran. She met the source.", "S&RECRUITING")
    fault = refused(lambda: written(board, "Gwendolyn Marchbanks-Oyelaran liked your answers."))
    assert "the gate would stop this letter" in fault


def test_names_and_answers_are_gone_when_their_time_is_over() -> None:
    board = decided(1)
    (applicant,) = people.applicants(board.view(), board.campaign())
    packet = board.campaign().packets[applicant.packet]
    board.hands.move(days=400)
    assert people.person_of(board.desk, applicant) is None
    assert people.unsealed(board.desk, packet.kept) == {}


def test_the_fold_ends_the_same_whichever_way_it_grew() -> None:
    board = written(decided(2))
    at_once = Campaigns.of(look(board.desk, CHAIR).world).everything()
    entries = board.view(CHAIR).entries()
    grown = Campaigns()
    for each in entries:
        grown._take([each])
    assert grown.everything() == at_once


def test_heaps_hold_every_letter_once_and_few_enough_sentences() -> None:
    words = ["A sentence. " * (each % 40 + 1) for each in range(100)]
    heaps = answering.heaps(words)
    assert [place for heap in heaps for place in heap] == list(range(100))
    assert all(sum(answering.sentences(words[each]) for each in heap) <= answering.MOST_SENTENCES for heap in heaps)


def test_a_guide_is_read_back_as_it_was_written() -> None:
    told = {1: "nothing of it", 4: "one way", 7: "weighs ways against each other"}
    assert planning.guide_in(planning.guide_written(told)) == told
    assert planning.guide_in("4: one\nand more") == {4: "one and more"}
    for wrong in ("", "words", "8: too high", "4: a\n4: b", "0: x"):
        refused(lambda wrong=wrong: planning.guide_in(wrong), BadInputError)  # type: ignore[misc]
