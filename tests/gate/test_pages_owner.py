"""The owner's pages: he sees why, answers in his own name, sees first what an answer changes; others see nothing."""

from __future__ import annotations

import re

from leconfield.gate.exposure.asking import CHECKED
from leconfield.gate.exposure.profile import shipped
from leconfield.gate.exposure.service import note_knowers
from leconfield.gate.owning.state import wordings_for
from leconfield.ledger.desk import Desk
from tests.agents.visiting import Officer, seated
from tests.gate.owning.desks import (
    AGENTS,
    BEES,
    CLERK,
    IRIS,
    KARINA,
    LIMP,
    PRIZE,
    RUNNER,
    SAID,
    asked,
    case_of,
    staffed,
)
from tests.ledger.desks import EMMA, filed, look


def sitting(at: Desk) -> tuple[Officer, ...]:
    return seated(at, IRIS, EMMA, KARINA, CLERK)


def refused(secret: str = LIMP, words: str = SAID) -> tuple[Desk, str]:
    at = staffed()
    filed(at, RUNNER, secret, AGENTS)
    asked(at, EMMA, words)
    return at, f"/gate/{case_of(at, IRIS).id}"


def test_an_owner_sees_who_asks_and_why_the_gate_refused_and_nobody_else_does() -> None:
    at, address = refused()
    iris, emma, karina, _ = sitting(at)
    assert "waits for you" in iris.get("/gate").text
    page = iris.get(address).text
    for each in (SAID, "HEATHER", "emma", "only one person could have known this", "Without <b>HEATHER</b>"):
        assert each in page, each
    for other in (emma, karina):
        assert "asks nothing of you" in other.get("/gate").text
        assert other.get(address).status == 404


def test_whoever_lacks_the_role_reads_and_is_told_what_it_takes() -> None:
    at, address = refused(BEES, PRIZE)
    *_, una = sitting(at)
    page = una.get(address).text
    assert "takes the role" in page
    assert "Clear “may rest on”" not in page
    answer = una.post(f"{address}/clear", sentence="1", check="may rest on", reason="I know better.")
    assert (answer.status, "takes the role" in answer.text) == (400, True)


def test_a_reason_is_cleared_with_a_reason() -> None:
    at, address = refused(BEES, PRIZE)
    iris, *_ = sitting(at)
    form = iris.get(f"{address}?act=clear&sentence=1&check=may+rest+on").text
    assert "any edit voids it" in form
    empty = iris.post(f"{address}/clear", sentence="1", check="may rest on", reason="")
    assert (empty.status, "reason is missing" in empty.text) == (400, True)
    assert (
        iris.post(f"{address}/clear", sentence="1", check="may rest on", reason="It was in the papers.").status == 303
    )
    page = iris.get(address).text
    assert "It was in the papers." in page
    assert "answered" in page
    assert asked(at, EMMA, PRIZE).refusal == ""


def test_what_nobody_clears_is_not_offered_and_not_taken() -> None:
    at, address = refused()
    iris, *_ = sitting(at)
    assert "act=clear" not in iris.get(address).text
    answer = iris.post(f"{address}/clear", sentence="1", check="direct leak", reason="I say so.")
    assert (answer.status, "nobody clears" in answer.text) == (400, True)


def test_what_a_note_on_knowers_changes_is_shown_before_it_is_written_down() -> None:
    at, address = refused()
    iris, *_ = sitting(at)
    (report,) = look(at, IRIS).reports()
    before = len(look(at, IRIS).world.entries)
    shown = iris.post(f"{address}/note", sentence="1", report=report.id, people="the yard|12", look="yes")
    assert "Nothing is written down yet" in shown.text
    assert "13 people could have known it instead of 1" in shown.text
    assert len(look(at, IRIS).world.entries) == before
    assert iris.post(f"{address}/note", sentence="1", report=report.id, people="the yard|12").status == 303
    assert asked(at, EMMA, SAID).refusal == ""
    wrong = iris.post(f"{address}/note", sentence="1", report=report.id, people="the yard|many")
    assert (wrong.status, "no number of people" in wrong.text, "the yard|many" in wrong.text) == (400, True, True)


def test_a_wording_shows_its_verdict_and_its_label_before_it_crosses_and_then_reaches_the_author() -> None:
    at, address = refused()
    iris, *_ = sitting(at)
    words = "One of them was once hurt at work."
    shown = iris.post(f"{address}/reword", sentence="1", words=words, look="yes").text
    assert "Nothing has crossed yet" in shown
    assert "Hand it to the author" in shown
    assert "O&amp;S&amp;SEQUIN" in shown
    assert wordings_for(look(at, EMMA), case_of(at, IRIS).digest) == ()
    red = iris.post(f"{address}/reword", sentence="1", words="He limps since the forklift.", look="yes").text
    assert "Hand it to the author" not in red
    assert iris.post(f"{address}/reword", sentence="1", words=words, reason="Blunter.").status == 303
    assert [each.words for each in wordings_for(look(at, EMMA), case_of(at, IRIS).digest)] == [words]


def test_a_draft_is_refused_with_a_reason_that_stays_inside() -> None:
    at, address = refused()
    iris, *_ = sitting(at)
    assert iris.post(f"{address}/refuse", reason="He would be known by his foot.").status == 303
    assert "He would be known by his foot." in iris.get(address).text
    assert "foot" not in str([each.body for each in look(at, EMMA).entries() if each.kind != CHECKED])


def test_what_has_gone_meanwhile_is_settled_and_what_stands_is_not() -> None:
    at, address = refused()
    iris, *_ = sitting(at)
    assert "Nothing is left to answer" not in iris.get(address).text
    assert "still stands against it" in iris.post(f"{address}/settle").text
    (report,) = look(at, IRIS).reports()
    note_knowers(at, look(at, RUNNER), report.id, ["the yard|12"])
    assert "Nothing is left to answer" in iris.get(address).text
    assert iris.post(f"{address}/settle").status == 303
    assert "waits for you" not in iris.get("/gate").text


def test_an_answer_that_is_none_and_a_case_that_is_none_are_told_so() -> None:
    at, address = refused()
    iris, *_ = sitting(at)
    assert iris.post(f"{address}/forgive", reason="Please.").status == 400
    assert iris.get("/gate/nothing").status == 404
    assert iris.post("/gate/nothing/refuse", reason="No.").status == 404
    for number in ("0", "2", "x", "99999999999999999999"):
        assert iris.post(f"{address}/clear", sentence=number, check="may rest on", reason="So.").status == 400


def test_in_the_past_nobody_answers() -> None:
    at, address = refused()
    iris, *_ = sitting(at)
    page = iris.get(f"{address}?as_of=2026-12-31").text
    assert "nobody acts in the past" in page
    assert "/refuse" not in page


def test_whoever_asked_too_often_is_shown_until_somebody_looks() -> None:
    at, _ = refused()
    for number in range(shipped().checks_a_day):
        asked(at, EMMA, f"We answer the telephone at hour {number}.")
    assert asked(at, EMMA, "We answer the telephone.").refusal
    iris, *_ = sitting(at)
    page = iris.get("/gate").text
    assert re.search(r"emma</b> has asked too often", page)
    assert iris.post("/gate/askers/emma", reason="").status == 400
    assert iris.post("/gate/askers/emma", reason="She was trying the page.").status == 303
    assert "has asked too often" not in iris.get("/gate").text
    assert asked(at, EMMA, "We answer the telephone.").refusal == ""
