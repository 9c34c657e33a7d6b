"""Tests of `leconfield.agents.service`: the register, and the corridor between source record and report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leconfield.agents import rules, service
from leconfield.agents.model import CONTACTED, MET, REPORTED, Office, Status
from leconfield.agents.state import Agents, agents
from leconfield.authority.model import Step
from leconfield.authority.service import take
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger.times import stamp
from tests.agents.corridor import DESK_OFFICER, HANDLER, LABEL, OFFICER, TOLD, permitted, recruited, spotted
from tests.ledger.desks import look

PLACE, DAY = "the boat house", "2026-03-01"


def test_a_meeting_carries_a_report_that_names_nobody_over_the_corridor() -> None:
    desk, _, agent = recruited()
    given = permitted(desk, agent)
    made = service.meet(desk, look(desk, HANDLER), given, agent, words="We spoke.", place=PLACE, day=DAY, told=[TOLD])
    outside = look(desk, DESK_OFFICER)
    (report,) = outside.reports()
    assert (report.id, report.text, str(report.grade)) == (made.reports[0], TOLD.text, "B2")
    assert {each.value for each in outside.statements(report=report.id)} >= {"Dawn Prosser"}
    shown = str((outside.world.entries, outside.world.reports, outside.world.statements))
    for secret in ("BRAMBLE", agent, given.authority, made.contact, PLACE, DAY, "boat"):
        assert secret not in shown
    (found,) = agents(look(desk, HANDLER))
    (record,) = found.of_kind(REPORTED)
    assert record.fields["report"] == report.id
    assert found.of_kind(MET)[0].authority == given.authority


def test_all_reports_of_an_agent_bear_one_reference_and_it_is_nobody_elses() -> None:
    desk, _, agent = recruited()
    given = permitted(desk, agent)
    other = replace(TOLD, text="Ray Cassell sold it.")
    service.meet(desk, look(desk, HANDLER), given, agent, words="We spoke.", place=PLACE, day=DAY, told=[TOLD, other])
    second = service.spot(desk, look(desk, HANDLER), codename="Thistle", label=LABEL, reason="He offers.")
    known = {each.id: service.reference(desk, each) for each in agents(look(desk, HANDLER))}
    assert {each.source for each in look(desk, DESK_OFFICER).reports()} == {known[agent]}
    assert known[agent] != known[second]


@pytest.mark.parametrize(
    "text",
    [
        "I saw the van myself.",
        "The source says that a van was bought.",
        "Only Ray and one other knew of the van.",
        "B r a m b l e bought the van.",
        "The van stood at the boat-house.",
        'Ray said: "we are going to need a much bigger van than that old thing".',
        "Her brother bought the van.",
        "The van left at 14:20.",
    ],
)
def test_wording_that_shows_who_told_it_is_held_back_until_it_is_changed_or_accepted(text: str) -> None:
    desk, _, agent = recruited()
    given, told = permitted(desk, agent), replace(TOLD, text=text)
    fields = {"words": "We spoke.", "place": PLACE, "day": DAY}
    with pytest.raises(RefusedError, match="may show who told it"):
        service.meet(desk, look(desk, HANDLER), given, agent, told=[told], **fields)
    assert look(desk, DESK_OFFICER).reports() == []
    assert not agents(look(desk, HANDLER))[0].of_kind(MET)
    service.meet(desk, look(desk, HANDLER), given, agent, told=[told], accepted="Many know.", **fields)
    (record,) = agents(look(desk, HANDLER))[0].of_kind(REPORTED)
    assert record.fields["accepted"] == "Many know."


def test_without_a_live_authority_nobody_is_met_tasked_or_paid() -> None:
    desk, _, agent = recruited()
    given = permitted(desk, agent)
    take(desk, look(desk, OFFICER), given.authority, Step.CANCEL, reason="It is over.")
    with pytest.raises(RefusedError, match="ended"):
        service.meet(desk, look(desk, HANDLER), given, agent, words="We spoke.", place=PLACE, day=DAY)
    with pytest.raises(RefusedError, match="does not permit"):
        service.task(desk, look(desk, HANDLER), given, agent, words="Find the van.")
    assert not agents(look(desk, HANDLER))[0].of_kind(MET)


def test_three_contacts_without_authority_raise_an_alarm_and_those_under_one_do_not() -> None:
    desk, hands, agent = recruited()
    given = permitted(desk, agent)
    for _ in range(3):
        service.meet(desk, look(desk, HANDLER), given, agent, words="We spoke.", place=PLACE, day=DAY)
        hands.move(days=1)
    assert service.drifting(look(desk, HANDLER), desk) == ()
    for _ in range(3):
        service.contacted(desk, look(desk, HANDLER), agent, words="He rang.")
        hands.move(days=1)
    ((who, alarm),) = service.drifting(look(desk, HANDLER), desk)
    assert (who.codename, {each.kind for each in alarm.events}) == ("BRAMBLE", {CONTACTED})
    assert "3 times" in alarm.words
    hands.move(days=40)
    assert service.drifting(look(desk, HANDLER), desk) == ()


def test_all_offices_are_held_by_different_people() -> None:
    desk, _, agent = recruited()
    for each in (Office.CONTROLLER, Office.CO_HANDLER, Office.RECORD_KEEPER, Office.AUTHORISING_OFFICER):
        with pytest.raises(RefusedError, match="different people"):
            service.staff(desk, look(desk, HANDLER), agent, each, "rob")
    service.staff(desk, look(desk, HANDLER), agent, Office.HANDLER, "vic")
    (found,) = agents(look(desk, HANDLER))
    assert [(each.who, bool(each.until)) for each in found.services if each.office is Office.HANDLER] == [
        ("rob", True),
        ("vic", False),
    ]


def test_the_record_says_what_it_lacks_until_it_lacks_nothing() -> None:
    desk, _, agent = spotted()
    assert set(rules.lacking(agents(look(desk, HANDLER))[0])) == set("abcdefhi")
    desk, _, agent = recruited()
    for letter in "abcefg":
        service.note(desk, look(desk, HANDLER), agent, letter, "It is so.")
    service.note(desk, look(desk, HANDLER), agent, "d", "OAK", authority_named="the police")
    assert set(rules.lacking(agents(look(desk, HANDLER))[0])) == {"j", "k"}
    given = permitted(desk, agent)
    service.meet(desk, look(desk, HANDLER), given, agent, words="We spoke.", place=PLACE, day=DAY, told=[TOLD])
    service.task(desk, look(desk, HANDLER), permitted(desk, agent, "task"), agent, words="Find the van.")
    assert rules.lacking(agents(look(desk, HANDLER))[0]) == {}


def test_each_authority_refers_to_him_by_a_name_of_its_own() -> None:
    desk, _, agent = spotted()
    for name, whose in (("OAK", "the police"), ("ELM", "the revenue")):
        service.note(desk, look(desk, HANDLER), agent, "d", name, authority_named=whose)
    (found,) = agents(look(desk, HANDLER))
    assert found.pseudonyms == {"the police": "OAK", "the revenue": "ELM"}
    assert not any(each.authority for each in found.events)


def test_steps_follow_one_another() -> None:
    desk, _, agent = spotted()
    with pytest.raises(RefusedError, match="what may follow is assessed"):
        service.step(desk, look(desk, HANDLER), agent, Status.RECRUITED, reason="Quickly.")


def test_hidden_and_never_been_are_refused_in_the_same_words() -> None:
    desk, _, agent = recruited()
    said = []
    for one in (agent, "0" * 32):
        with pytest.raises(NotFoundError) as caught:
            service.found(look(desk, DESK_OFFICER), one)
        said.append(str(caught.value))
    assert said[0] == said[1]


@pytest.mark.parametrize(
    ("codename", "label", "said"),
    [("", LABEL, "codename is missing"), ("Oak", "", "own compartment"), ("Oak", "NO.SUCH", "hide this from you")],
)
def test_a_record_is_begun_under_a_codename_and_a_compartment(codename: str, label: str, said: str) -> None:
    desk, _, _ = spotted()
    with pytest.raises((BadInputError, RefusedError), match=said):
        service.spot(desk, look(desk, HANDLER), codename=codename, label=label, reason="He offers.")


def test_what_has_grown_step_by_step_is_what_the_whole_gives() -> None:
    desk, hands, agent = spotted()
    view = look(desk, HANDLER)
    view.derived(Agents)
    service.step(desk, look(desk, HANDLER), agent, Status.ASSESSED, reason="Good.")
    service.assess(desk, look(desk, HANDLER), agent, words="Some risk.", review="2026-06-01")
    view = look(desk, HANDLER)
    assert view.derived(Agents).by_id == Agents.of(view.world).by_id
    assert agents(view)[0].risk_review == "2026-06-01"
    (load,) = rules.loads(agents(view), "", stamp(hands.at)) or (rules.Load("", 0, 0, 0),)
    assert load.contacts == 0
