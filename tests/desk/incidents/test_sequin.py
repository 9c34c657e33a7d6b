"""Operation SEQUIN, the day after: was he known? Each officer is told what he may know, and which of two he is."""

from __future__ import annotations

import pytest

from leconfield.desk.incidents import answer_of_record, incident_in, open_incident, service
from leconfield.desk.incidents.names import answer_to, names_in
from leconfield.desk.incidents.picture import row_of
from leconfield.desk.incidents.record import AnswerOfRecord
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import SubjectId
from leconfield.registry.lookup import subject_at
from tests.demo.filled import copied
from tests.examples.answers import view_of
from tests.ledger.desks import Ticking

ATTACK = "2026-07-09T10:00"
POSTED, OVERHEARD = "Allotment board: a man gives away his things", "Overheard at the archery butts"
HIS_OTHER_NAME = "Ade Lowther"
CAME = "Leeds Combined Court: the attacker is named as Adrian Lowther. A bystander, Wilfred Ottershaw, held the door."


@pytest.fixture(scope="module")
def case() -> tuple[Desk, dict[str, SubjectId]]:
    return copied(Ticking())


def _answer(case: tuple[Desk, dict[str, SubjectId]], user: str, key: str) -> AnswerOfRecord:
    view = view_of(case[0], user)
    return answer_of_record(view, [subject_at(view, case[1][key])], ATTACK)


@pytest.mark.parametrize("user", ["rob", "emma", "karina"])
def test_the_lone_actor_was_known_to_all_and_before_the_attack(
    case: tuple[Desk, dict[str, SubjectId]], user: str
) -> None:
    answer = _answer(case, user, "p-lowther")
    then = answer.known[0].then
    assert then is not None
    assert then.words.startswith("Subject of interest, closed since 12 March 2026, decided by emma")
    told = {each.what: each for each in answer.before}
    assert told[POSTED].who == "POSTS"
    assert told[POSTED].grade == "E4"
    assert told["registered as a subject"].who == "emma"


def test_his_namesake_is_told_apart(case: tuple[Desk, dict[str, SubjectId]]) -> None:
    assert POSTED not in {each.what for each in _answer(case, "emma", "n-lowther").before}


def test_both_names_are_answered_within_the_room(case: tuple[Desk, dict[str, SubjectId]]) -> None:
    desk = case[0]
    view = view_of(desk, "emma")
    which = open_incident(desk, view, title="Leeds Combined Court", label="S", time=ATTACK)
    told = {each.name: each.verdict for each in service.tell(desk, view_of(desk, "emma"), which, words=CAME)}
    assert told["Adrian Lowther"] == "known"
    assert told["Wilfred Ottershaw"] == "no recorded trace"
    view = view_of(desk, "emma")
    room = incident_in(view, which)
    (row,) = (row_of(view, room, each) for each in names_in(view, room) if each.words == "Adrian Lowther")
    assert row["alone"] is None, "two bear the name: which of them is for a person to decide"
    assert len(answer_to(view, "Adrian Lowther").hits) >= 2


def test_what_one_agent_alone_said_is_in_the_answer_of_those_who_may_know_it(
    case: tuple[Desk, dict[str, SubjectId]],
) -> None:
    for user, expected in (("rob", True), ("emma", False)):
        view = view_of(case[0], user)
        hits = answer_to(view, HIS_OTHER_NAME).hits
        about = [OVERHEARD in {each.what for each in answer_of_record(view, [hit.subject]).before} for hit in hits]
        assert any(about) is expected, user
