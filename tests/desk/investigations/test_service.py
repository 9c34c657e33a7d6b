from __future__ import annotations

import pytest

from leconfield.desk.investigations import (
    having,
    investigation_in,
    open_in,
    open_investigation,
    service,
    service_reasoning,
    service_work,
)
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from tests.desk.investigations.cases import ANN, House, house, report
from tests.ledger.desks import EMMA, START, desk, look


@pytest.fixture(name="at")
def _at() -> House:
    return house()


def test_whoever_opens_an_investigation_leads_it_until_another_is_named(at: House) -> None:
    assert (at.case().title, at.case().by, at.case().lead) == ("The mill", "emma", "emma")
    service.staff(at.desk, at.view(), at.id, lead="ann", team=["rob", "ann", "rob"], reason="she knows the mill")
    assert (at.case().lead, at.case().team) == ("ann", ("rob", "ann"))


def test_an_investigation_bears_from_the_start_what_belongs_to_it(at: House) -> None:
    filed = report(at)
    subject = next(iter(at.view().world.by_subject))
    terms = {"title": "Timers", "reason": "Heron again", "label": "S"}
    opened = open_investigation(at.desk, at.view(), **terms, subjects=[subject], reports=[filed])
    found = {each.kind: each.target for each in investigation_in(at.view(), opened).links}
    assert found == {"subject": subject, "report": filed}
    assert [each.id for each in having(at.view(), reports=[filed])] == [opened]
    assert having(at.view(), records=["unknown"]) == ()


def test_an_investigation_without_a_label_is_not_opened() -> None:
    at = desk()
    with pytest.raises(BadInputError, match="need"):
        open_investigation(at, look(at, EMMA), title="A", reason="b", label=" ")


def test_who_does_not_need_to_know_finds_no_investigation() -> None:
    at = house("SEQUIN")
    assert open_in(at.view(ANN)) == ()
    with pytest.raises(NotFoundError) as hidden:
        service.close(at.desk, at.view(ANN), at.id, reason="no")
    with pytest.raises(NotFoundError) as unknown:
        service.close(at.desk, at.view(ANN), "0" * 32, reason="no")
    assert str(hidden.value).replace(at.id, "") == str(unknown.value).replace("0" * 32, "")


def test_who_may_not_see_the_target_does_not_see_the_link(at: House) -> None:
    secret = report(at, label="S&SEQUIN")
    service.link(at.desk, at.view(), at.id, kind="report", target=secret, reason="the timers")
    assert [each.target for each in at.case().links] == [secret]
    assert at.case(ANN).links == ()
    assert len(at.case(ANN).timeline) == len(at.case().timeline) - 1


def test_a_chart_is_known_to_who_knows_all_that_is_on_it(at: House) -> None:
    report(at, label="S&SEQUIN")
    subject = next(iter(at.view().world.by_subject))
    service.link(at.desk, at.view(), at.id, kind="chart", target=f"/chart?ids={subject}", title="Who met", reason="x")
    assert at.case().links[0].title == "Who met"
    assert at.case(ANN).links == ()


@pytest.mark.parametrize("address", ["https://elsewhere/chart", "//elsewhere/chart", "/reports", "javascript:/chart"])
def test_only_charts_of_ours_are_linked(at: House, address: str) -> None:
    with pytest.raises(BadInputError, match="address"):
        service.link(at.desk, at.view(), at.id, kind="chart", target=address, title="x", reason="x")


def test_nothing_is_linked_twice_and_an_ended_link_stays_in_the_timeline(at: House) -> None:
    filed = report(at)
    service.link(at.desk, at.view(), at.id, kind="report", target=filed, reason="timers")
    with pytest.raises(RefusedError, match="already"):
        service.link(at.desk, at.view(), at.id, kind="report", target=filed, reason="timers")
    service.end_link(at.desk, at.view(), at.id, entry=at.case().links[0].id, reason="another mill")
    assert at.case().links == ()
    assert [each.kind for each in at.case().timeline][-2:] == ["investigation linked", "investigation unlinked"]


@pytest.mark.parametrize("kind", ["subject", "report", "lead"])
def test_nothing_that_is_not_here_is_linked(at: House, kind: str) -> None:
    with pytest.raises(NotFoundError):
        service.link(at.desk, at.view(), at.id, kind=kind, target="0" * 32, reason="x")


def test_a_priority_is_reviewed_by_somebody_else(at: House) -> None:
    with pytest.raises(BadInputError, match="somebody else"):
        service.set_priority(at.desk, at.view(), at.id, priority="P1", reason="timers", reviewer="emma")
    service.set_priority(at.desk, at.view(), at.id, priority="P1", reason="timers", reviewer="ann")
    with pytest.raises(RefusedError, match="somebody else"):
        service.review_priority(at.desk, at.view(), at.id, verdict="agreed", reason="yes")
    service.review_priority(at.desk, at.view(ANN), at.id, verdict="agreed", reason="timers and a date")
    standing = at.case().priorities[-1]
    assert (at.case().priority, standing.verdict, standing.reviewed_by) == ("P1", "agreed", "ann")


def test_a_new_priority_waits_for_its_own_review(at: House) -> None:
    service.set_priority(at.desk, at.view(), at.id, priority="P2", reason="timers", reviewer="ann")
    service.review_priority(at.desk, at.view(ANN), at.id, verdict="disagreed", reason="more than that")
    service.set_priority(at.desk, at.view(), at.id, priority="P1", reason="she is right", reviewer="ann")
    assert [each.verdict for each in at.case().priorities] == ["disagreed", ""]


def test_the_gravest_stands_first_and_what_is_closed_last(at: House) -> None:
    ids = {}
    for title, priority in (("low", "P3"), ("grave", "P1")):
        ids[title] = open_investigation(at.desk, at.view(), title=title, reason="x", label="S")
        service.set_priority(at.desk, at.view(), ids[title], priority=priority, reason="x", reviewer="ann")
    assert [each.title for each in open_in(at.view())] == ["grave", "low", "The mill"]
    service.close(at.desk, at.view(), ids["grave"], reason="done")
    assert [each.title for each in open_in(at.view())] == ["low", "The mill"]


def test_nothing_is_done_on_a_closed_investigation_until_it_is_opened_again(at: House) -> None:
    service.close(at.desk, at.view(), at.id, reason="nothing in it")
    with pytest.raises(RefusedError, match="closed"):
        service_work.note(at.desk, at.view(), at.id, words="one more thing")
    service.reopen(at.desk, at.view(), at.id, reason="he is back")
    service_work.note(at.desk, at.view(), at.id, words="one more thing")
    assert at.case().notes[0].words == "one more thing"
    with pytest.raises(RefusedError, match="open already"):
        service.reopen(at.desk, at.view(), at.id, reason="again")


def test_nobody_acts_in_the_past(at: House) -> None:
    past = look(at.desk, EMMA, START.replace(year=2027))
    with pytest.raises(RefusedError, match="past"):
        service_work.note(at.desk, past, at.id, words="x")
    with pytest.raises(RefusedError, match="past"):
        open_investigation(at.desk, past, title="A", reason="b", label="S")


def test_an_action_is_given_moved_and_done(at: House) -> None:
    service_work.add_action(at.desk, at.view(), at.id, words="Trace the van", owner="rob", due="2026-03-05")
    (action,) = at.case().actions
    service_work.change_action(at.desk, at.view(), at.id, action=action.id, reason="he is off", owner="ann", due="")
    service_work.change_action(at.desk, at.view(), at.id, action=action.id, reason="no van", state="done")
    (done,) = at.case().actions
    assert (done.owner, done.due, done.state, done.outcome) == ("ann", "2026-03-05", "done", "no van")


@pytest.mark.parametrize(
    ("due", "words"), [("", "day"), ("2026-03", "day"), ("2026-02-28", "past"), ("soon-ish ok", "no date")]
)
def test_an_action_is_due_on_a_day_to_come(at: House, due: str, words: str) -> None:
    with pytest.raises(BadInputError, match=words):
        service_work.add_action(at.desk, at.view(), at.id, words="Trace the van", owner="rob", due=due)


def test_a_change_that_changes_nothing_is_refused(at: House) -> None:
    service_work.add_action(at.desk, at.view(), at.id, words="Trace the van", owner="rob", due="2026-03-05")
    with pytest.raises(BadInputError, match="nothing"):
        service_work.change_action(at.desk, at.view(), at.id, action=at.case().actions[0].id, reason="x", owner="rob")


def test_a_decision_is_known_to_who_knows_what_it_rests_on(at: House) -> None:
    filed = report(at, label="S&SEQUIN")
    service_work.decide(at.desk, at.view(), at.id, what="Ask for a warrant", why="timers", rests=[filed, ""])
    assert at.case().decisions[0].rests == (filed,)
    assert at.case(ANN).decisions == ()


def test_evidence_weighed_against_a_hidden_hypothesis_is_hidden_too(at: House) -> None:
    service_reasoning.put_hypothesis(at.desk, at.view(), at.id, words="An attack on the mill")
    service_reasoning.put_hypothesis(at.desk, at.view(), at.id, words="Our own exercise", label="SEQUIN")
    filed = report(at)
    service_reasoning.put_evidence(at.desk, at.view(), at.id, words="He bought timers", report=filed)
    case = at.case()
    for each in case.hypotheses:
        terms = {"evidence": case.evidence[0].id, "hypothesis": each.id, "mark": "consistent", "reason": "needed"}
        service_reasoning.weigh(at.desk, at.view(), at.id, **terms)
    assert len(at.case().opinions) == 2
    assert [each.words for each in at.case(ANN).hypotheses] == ["An attack on the mill"]
    assert len(at.case(ANN).opinions) == 1


def test_what_is_dropped_or_withdrawn_is_weighed_no_more(at: House) -> None:
    service_reasoning.put_hypothesis(at.desk, at.view(), at.id, words="An attack on the mill")
    service_reasoning.put_evidence(at.desk, at.view(), at.id, words="He bought timers")
    case = at.case()
    terms = {"evidence": case.evidence[0].id, "hypothesis": case.hypotheses[0].id}
    service_reasoning.withdraw_evidence(at.desk, at.view(), at.id, evidence=terms["evidence"], reason="another man")
    with pytest.raises(NotFoundError, match="withdrawn"):
        service_reasoning.weigh(at.desk, at.view(), at.id, **terms, mark="neutral", reason="x")
    service_reasoning.drop_hypothesis(at.desk, at.view(), at.id, hypothesis=terms["hypothesis"], reason="no")
    assert (at.case().held, at.case().counting) == ((), ())


@pytest.mark.parametrize("mark", ["", "perhaps"])
def test_only_known_marks_are_given(at: House, mark: str) -> None:
    service_reasoning.put_hypothesis(at.desk, at.view(), at.id, words="An attack on the mill")
    service_reasoning.put_evidence(at.desk, at.view(), at.id, words="He bought timers")
    case = at.case()
    with pytest.raises(BadInputError, match="no mark"):
        service_reasoning.weigh(
            at.desk,
            at.view(),
            at.id,
            evidence=case.evidence[0].id,
            hypothesis=case.hypotheses[0].id,
            mark=mark,
            reason="x",
        )


def test_a_label_that_would_hide_it_from_its_author_is_refused(at: House) -> None:
    with pytest.raises(RefusedError, match="hide"):
        service_work.note(at.desk, at.view(), at.id, words="x", label="TS")
    assert at.case().notes == ()
