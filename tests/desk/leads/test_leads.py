"""A lead: scored part by part by people, on statements, under the labels of what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest

from leconfield.desk.investigations.service import open_investigation
from leconfield.desk.investigations.state import investigation_in, open_in
from leconfield.desk.leads import service
from leconfield.desk.leads.model import IN_TRIAGE, INVESTIGATED, IS_CLOSED, IS_OPEN, IS_REOPENED, Lead
from leconfield.desk.leads.pages_lead import offered
from leconfield.desk.leads.protected import PROXIES
from leconfield.desk.leads.state import Leads, Triage
from leconfield.desk.leads.weights import weights_for
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Reader, StatementId
from leconfield.ledger.vocabulary import PROTECTED
from leconfield.registry import service as registry
from leconfield.registry.service import Said
from tests.desk.leads.builders import decided, grown_later, told
from tests.ledger.desks import EMMA, ROB, desk, look


class House:
    """A desk with one lead, on one report."""

    def __init__(self) -> None:
        self.desk: Desk = desk()
        self.report = told(self.desk, "Ray Cassell was at the quay with a rope.", names=["Ray Cassell"])
        self.id = decided(self.desk, self.report, "lead", title="A rope at the quay").lead

    def lead(self, by: Reader = ROB) -> Lead:
        return service.lead_at(look(self.desk, by), self.id)

    def note(self, value: str, label: str = "S", prop: str = "notes") -> StatementId:
        grown_later(self.desk, self.report, value, label=label, prop=prop)
        return next(each.id for each in look(self.desk, ROB).statements() if each.value == value)

    def score(
        self,
        part: str = "impact",
        points: str = "3",
        by: Reader = ROB,
        reason: str = "a port",
        supports: Sequence[str] = (),
        contradicts: Sequence[str] = (),
    ) -> None:
        terms = {"part": part, "points": points, "reason": reason}
        view = look(self.desk, by)
        service.score(self.desk, view, self.id, supports=supports, contradicts=contradicts, **terms)


@pytest.fixture
def house() -> House:
    return House()


def test_a_lead_is_found_by_its_id_its_report_and_its_subjects(house: House) -> None:
    view = look(house.desk, ROB)
    ray = registry.register(house.desk, ROB, "Person", [Said("name", "Ray Cassell")], view.report(house.report))
    service.widen(house.desk, look(house.desk, ROB), house.id, subjects=[ray], reason="it is him")
    leads = look(house.desk, ROB).derived(Leads)
    assert [each.title for each in leads.of_report(house.report)] == ["A rope at the quay"]
    assert leads.of_records([ray]) == leads.all() == [house.lead()]


def test_a_lead_is_opened_without_the_queue_on_reports_or_subjects_of_which_one_knows() -> None:
    at = desk()
    one = told(at, "A torch at the lorry park.", label="S&AGENTS")
    made = service.open_lead(at, look(at, ROB), title="A torch", reason="third time", reports=[one])
    assert service.lead_at(look(at, ROB), made).label == "AGENTS&S"
    with pytest.raises(NotFoundError):
        service.open_lead(at, look(at, EMMA), title="A torch", reason="third time", reports=[one])
    with pytest.raises(BadInputError, match="rests on something"):
        service.open_lead(at, look(at, EMMA), title="A torch", reason="third time")


def test_the_last_score_of_a_part_counts_and_the_earlier_ones_stay(house: House) -> None:
    house.score(points="3")
    house.score(points="1", reason="no port after all", by=EMMA)
    found = house.lead().score_of("impact")
    assert found is not None
    assert (found.points, found.by, found.reason) == (1, "emma", "no port after all")
    assert [each.points for each in house.lead().scores] == [3, 1]
    assert house.lead().score_of("imminence") is None


def test_a_score_points_at_what_supports_and_contradicts_it(house: House) -> None:
    rope, alone = house.note("carries a rope"), house.note("was alone")
    house.score(supports=[rope], contradicts=[alone])
    found = house.lead().score_of("impact")
    assert found is not None
    assert (found.supports, found.contradicts) == ((rope,), (alone,))
    with pytest.raises(BadInputError, match="both support and contradict"):
        house.score(supports=[rope], contradicts=[rope])


def test_a_score_on_what_one_may_not_see_is_not_seen(house: House) -> None:
    secret = house.note("is our man", label="S&AGENTS")
    house.score(points="1")
    house.score(points="4", supports=[secret])
    shown = [house.lead(each).score_of("impact") for each in (ROB, EMMA)]
    assert [each.points for each in shown if each] == [4, 1]
    with pytest.raises(NotFoundError):
        house.score(by=EMMA, supports=[secret])


@pytest.mark.parametrize("prop", sorted(PROTECTED | PROXIES))
def test_no_score_rests_on_a_protected_characteristic_and_none_is_offered(house: House, prop: str) -> None:
    protected = house.note("something protected", prop=prop)
    plain = house.note("carries a rope")
    with pytest.raises(BadInputError, match="protected characteristic"):
        house.score(supports=[protected])
    assert [each.id for each in offered(look(house.desk, ROB), house.lead())] == [plain]


@pytest.mark.parametrize("points", ["5", "-1", "", "three", "²"])
def test_a_score_is_a_number_from_0_to_4(house: House, points: str) -> None:
    with pytest.raises(BadInputError, match="from 0 to 4"):
        house.score(points=points)


def test_nothing_scores_by_itself(house: House) -> None:
    assert weights_for(look(house.desk, ROB), house.lead())
    assert house.lead().scores == ()


def test_a_lead_goes_from_open_to_in_triage_to_closed_and_back(house: House) -> None:
    def states() -> str:
        return house.lead().state

    assert states() == IS_OPEN
    service.take(house.desk, look(house.desk, EMMA), house.id)
    assert (states(), house.lead().owner) == (IN_TRIAGE, "emma")
    service.close_lead(house.desk, look(house.desk, EMMA), house.id, reason="the rope was for a tent")
    assert (states(), house.lead().closing) == (IS_CLOSED, "the rope was for a tent")
    with pytest.raises(BadInputError, match="re-open it"):
        house.score()
    service.reopen_lead(house.desk, look(house.desk, ROB), house.id, reason="there was no tent")
    assert (states(), house.lead().closing) == (IS_REOPENED, "")
    with pytest.raises(BadInputError, match="is open"):
        service.reopen_lead(house.desk, look(house.desk, ROB), house.id, reason="again")
    made = service.investigate(house.desk, look(house.desk, ROB), house.id, which="Lantern", reason="it is theirs")
    assert (states(), house.lead().investigation) == (INVESTIGATED, made)


def test_a_step_has_words_and_a_time_to_come(house: House) -> None:
    service.set_step(house.desk, look(house.desk, ROB), house.id, step="ring the port", due="2026-03-03T09:00")
    step = house.lead().step
    assert step is not None
    assert (step.words, step.due) == ("ring the port", "2026-03-03T09:00")
    with pytest.raises(BadInputError, match="is past"):
        service.set_step(house.desk, look(house.desk, ROB), house.id, step="ring the port", due="2026-03-01")
    with pytest.raises(BadInputError, match="next step is missing"):
        service.set_step(house.desk, look(house.desk, ROB), house.id, step=" ", due="")


def test_a_link_to_what_one_may_not_see_is_not_seen(house: House) -> None:
    secret = told(house.desk, "Our man says Thursday.", label="S&AGENTS")
    service.widen(house.desk, look(house.desk, ROB), house.id, reports=[secret], reason="the same rope")
    assert house.lead(ROB).reports == (house.report, secret)
    assert house.lead(EMMA).reports == (house.report,)
    assert house.lead(EMMA).touched < house.lead(ROB).touched


def test_a_subject_known_only_to_some_does_not_hide_the_lead_from_the_others() -> None:
    at = desk()
    one = told(at, "Ray Cassell was at the quay.", names=["Ray Cassell"])
    report = look(at, ROB).report(one)
    mention = next(each.subject for each in look(at, ROB).statements(report=one))
    registry.register(at, ROB, "Person", [Said("name", "Ray Cassell")], report, label="S&AGENTS", mention=mention)
    made = decided(at, one, "lead").lead
    assert service.lead_at(look(at, EMMA), made).title == "Ray Cassell was at the quay."


def test_a_hidden_lead_and_one_that_never_was_are_told_of_in_the_same_words() -> None:
    at = desk()
    secret = decided(at, told(at, "Our man says Thursday.", label="S&AGENTS"), "lead").lead
    said = set()
    for which in (secret, "f" * 32):
        with pytest.raises(NotFoundError) as refusal:
            service.lead_at(look(at, EMMA), which)
        said.add(str(refusal.value))
    assert len(said) == 1


def test_nobody_works_on_a_lead_in_the_past(house: House) -> None:
    then = look(house.desk, ROB, house.desk.clock())
    with pytest.raises(RefusedError, match="past"):
        service.close_lead(house.desk, then, house.id, reason="no")


def test_a_lead_that_is_made_an_investigation_takes_along_what_it_rests_on(house: House) -> None:
    service.investigate(house.desk, look(house.desk, ROB), house.id, which="Lantern", reason="it is theirs")
    (case,) = open_in(look(house.desk, EMMA))
    assert (case.title, case.label) == ("Lantern", "S")
    assert {(each.kind, each.target) for each in case.links} == {("report", house.report), ("lead", house.id)}


def test_an_investigation_of_which_only_some_may_know_leaves_the_lead_as_it_was_for_the_others(house: House) -> None:
    terms = {"which": "Lantern", "reason": "it is theirs", "label": "AGENTS"}
    service.investigate(house.desk, look(house.desk, ROB), house.id, **terms)
    assert [house.lead(each).state for each in (ROB, EMMA)] == [INVESTIGATED, IS_OPEN]
    assert open_in(look(house.desk, EMMA)) == ()


def test_what_is_passed_to_an_investigation_is_linked_to_it_until_that_is_taken_back() -> None:
    at = desk()
    opened = open_investigation(at, look(at, ROB), title="Lantern", reason="a rope", label="S&AGENTS")
    one = told(at, "A rope at the quay.")
    decided(at, one, "pass", to="Lantern")
    (case,) = open_in(look(at, ROB))
    assert [(each.kind, each.target) for each in case.links] == [("report", one)]
    assert look(at, EMMA).derived(Triage).everything() == []
    service.undo(at, look(at, ROB))
    assert investigation_in(look(at, ROB), opened).links == ()


def test_what_follows_from_a_decision_stands_with_it_or_not_at_all(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = house.desk
    open_investigation(at, look(at, ROB), title="Harbour", reason="a rope", label="S&AGENTS")
    one, appended, append = told(at, "A rope at the quay."), list[int](), at.append

    def counted(by: Reader, drafts: Sequence[Draft], moment: datetime | None = None) -> object:
        appended.append(len(drafts))
        return append(by, drafts, moment)

    monkeypatch.setattr(at, "append", counted)
    decided(at, one, "pass", to="Harbour")
    service.undo(at, look(at, ROB))
    service.investigate(at, look(at, ROB), house.id, which="Lantern", reason="it is theirs")
    assert appended == [2, 2, 4]


def test_what_is_passed_to_a_name_that_is_no_open_investigation_goes_to_that_team() -> None:
    at = desk()
    decided(at, told(at, "A rope at the quay."), "pass", to="Team Harbour")
    (made,) = look(at, EMMA).derived(Triage).everything()
    assert (made.to, made.investigation) == ("Team Harbour", "")
