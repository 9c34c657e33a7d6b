"""The key's answers for agents, authorities, operations and the duty line hold through the real product."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from leconfield.agents import dilemmas, rules, safety, week
from leconfield.agents.day.wishes import Wishes
from leconfield.agents.model import CONTACTED, MET, REPORTED, Agent
from leconfield.agents.planning.model import Clash, Plan
from leconfield.agents.planning.solving import plan
from leconfield.agents.safety import Danger
from leconfield.agents.service import drifting
from leconfield.agents.state import Agents
from leconfield.authority.rules import standing
from leconfield.authority.state import authorities
from leconfield.demo.build import fill
from leconfield.demo.deeds import Deed
from leconfield.demo.departments import Clashes, Drifted, Kept, Logged, MayKnow, Missed, Stands
from leconfield.errors import NotFoundError, RefusedError
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Question
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.staff.fairness import loads
from leconfield.staff.files import files
from leconfield.staff.profile import shipped
from leconfield.staff.state import line_of
from leconfield.surveillance.keeping import says_of
from leconfield.surveillance.papers import faults
from leconfield.surveillance.state import operations
from tests.demo.filled import AFTER, case, filled
from tests.ledger.desks import KEYS

EXPECTED = case().expected.departments
END = "2026-06-30T12:00"
SEALING = ("seal agent", "seal colleague")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def seen(user: str, as_of: str = END) -> View:
    """What the officer could see at that moment."""
    desk = filled()[0]
    return desk.view(desk.reader(user), moment(as_of), asking=Question("answer key"))


def agent(view: View, codename: str) -> Agent:
    (found,) = [each for each in view.derived(Agents).by_id.values() if each.codename == codename]
    return found


@pytest.mark.parametrize("expected", EXPECTED.drifted, ids=lambda each: f"{each.user}: {each.agent}")
def test_somebody_who_is_used_without_authority_alarms_from_the_third_contact_on(expected: Drifted) -> None:
    for as_of, alarms in ((expected.quiet, False), (expected.alarms, True)):
        found = rules.drift(agent(seen(expected.user, as_of), expected.agent), stamp(moment(as_of)))
        assert (found is not None) == alarms, as_of
    now = rules.drift(agent(seen(expected.user, expected.as_of), expected.agent), stamp(moment(expected.as_of)))
    assert now is not None
    assert len(now.events) == expected.contacts
    assert {each.kind for each in now.events} == {CONTACTED}


def test_nobody_else_drifts_at_any_time_of_the_story() -> None:
    view = seen("huw")
    ends = {each.at for one in view.derived(Agents).by_id.values() for each in one.events}
    alarming = {one.codename for one in view.derived(Agents).by_id.values() for at in ends if rules.drift(one, at)}
    assert alarming == {each.agent for each in EXPECTED.drifted}
    assert [each.codename for each, _ in drifting(view, filled()[0])] == sorted(alarming)


@pytest.mark.parametrize("expected", EXPECTED.stands, ids=lambda each: f"{each.about}, {each.kind}, {each.as_of}")
def test_each_authority_stands_as_the_key_says(expected: Stands) -> None:
    view = seen(expected.user, expected.as_of)
    if expected.noun == "agent":
        about = agent(view, expected.about).id
    else:
        (about,) = [each.id for each in operations(view) if each.name == expected.about]
    (found,) = [each for each in authorities(view).about(about) if each.kind == expected.kind]
    assert standing(found, stamp(moment(expected.as_of))) == expected.standing


@pytest.mark.parametrize("expected", EXPECTED.kept, ids=lambda each: f"{each.agent}, {each.as_of}")
def test_each_record_is_as_complete_as_the_key_says(expected: Kept) -> None:
    found = agent(seen(expected.user, expected.as_of), expected.agent)
    assert found.status == expected.status
    assert tuple(rules.lacking(found)) == expected.lacks
    assert (found.risk_review < expected.as_of[:10]) == expected.overdue


def test_every_report_of_an_agent_rests_on_a_contact_that_was_written_down_when_it_came_in() -> None:
    view = seen("una")
    for code in ("HEATHER", "THISTLE", "BRAMBLE", "SAXIFRAGE"):
        mine = [each for each in case().reports if each.source == code]
        met = agent(view, code).of_kind(MET, CONTACTED)
        assert [each.at[:16] for each in met] == [each.received.isoformat()[:16] for each in mine]
        titles = [each.words for each in agent(view, code).of_kind(REPORTED)]
        assert titles == [each.title for each in mine]
        days = [each.fields["day"] for each in met if each.kind == MET]
        assert days == [each.written for each, one in zip(mine, met, strict=True) if one.kind == MET]


def test_every_meeting_was_under_an_authority_that_was_live() -> None:
    for one in seen("una").derived(Agents).by_id.values():
        assert all(each.authority for each in one.of_kind(MET))


@pytest.mark.parametrize("expected", EXPECTED.clashes, ids=lambda each: each.user)
def test_the_week_clashes_and_one_move_alone_mends_it(expected: Clashes) -> None:
    asked = week.drawn(seen(expected.user, expected.as_of), expected.monday)
    found = plan(asked.week)
    assert isinstance(found, Clash)
    assert found.nearest == ((expected.meeting, expected.days),)
    wished = asked.wishes[expected.meeting]
    assert agent(seen(expected.user, expected.as_of), expected.agent).id == wished.agent


@pytest.mark.parametrize("expected", EXPECTED.clashes, ids=lambda each: each.user)
def test_once_moved_the_week_is_planned_at_no_more_cost_than_must_be(expected: Clashes) -> None:
    view = seen(expected.user, expected.mended)
    asked = week.drawn(view, expected.monday)
    found = plan(asked.week)
    assert isinstance(found, Plan)
    assert found.cost == found.bound
    stands = {which: each.planned for which, each in asked.wishes.items() if each.planned}
    assert {each.meeting for each in found.meetings} == set(stands)
    assert asked.wishes[expected.meeting].moved == expected.days


@pytest.mark.parametrize("expected", EXPECTED.missed, ids=lambda each: each.user)
def test_one_call_was_missed_and_somebody_answered(expected: Missed) -> None:
    (alarm,) = safety.alarms(seen(expected.user), all_of_them=True)
    assert (alarm.danger, alarm.timer.who) == (Danger.MISSED, expected.officer)
    assert alarm.timer.due == stamp(moment(expected.due))
    assert [(each.by, each.at) for each in alarm.answers] == [(expected.by, stamp(moment(expected.answered)))]
    assert safety.alarms(seen(expected.user, expected.due)) == ()


@pytest.mark.parametrize("expected", EXPECTED.logged, ids=lambda each: f"{each.operation}, {each.as_of}")
def test_the_log_of_an_operation_is_whole_and_bystanders_go_from_it(expected: Logged) -> None:
    view = seen(expected.user, expected.as_of)
    (found,) = [each for each in operations(view) if each.name == expected.operation]
    written = [each.written for each in found.lines]
    assert len(written) == expected.lines
    assert len({each.device for each in written}) == expected.devices
    assert sum(not each.authority for each in found.lines) == expected.loose
    assert sum(each.collateral for each in written) == expected.bystanders
    gone = [says_of(filled()[0], each, stamp(moment(expected.as_of))) is None for each in found.lines]
    assert sum(gone) == expected.gone
    assert faults(found) == ()


@pytest.mark.parametrize("expected", EXPECTED.may_know, ids=lambda each: each.user)
def test_everybody_knows_what_is_his_and_nothing_else(expected: MayKnow) -> None:
    view = seen(expected.user)
    assert tuple(sorted(each.codename for each in view.derived(Agents).by_id.values())) == expected.agents
    assert tuple(sorted(each.name for each in operations(view))) == expected.operations
    assert len(authorities(view).by_id) == expected.authorities
    assert len(line_of(view).turns) == expected.turns
    assert len(dilemmas.log(filled()[0], view)) == expected.dilemmas
    assert tuple(each.who for each in files(view)) == expected.colleagues


def test_the_key_speaks_of_every_officer_of_the_case() -> None:
    assert {each.user for each in EXPECTED.may_know} == {each.name for each in case().users}


def test_oversight_is_told_what_the_key_says_and_sees_the_register_besides() -> None:
    told = Counter(each.kind for each in seen("odile").entries())
    register = {"authority registered", "acted under authority"}
    assert register <= told.keys()
    assert {each: times for each, times in told.items() if each not in register} == dict(EXPECTED.oversight)


def test_the_burden_of_the_duty_line_is_even_after_five_rosters() -> None:
    view = seen("dora")
    line = line_of(view)
    assert len(line.rosters) == 5
    round_the_clock = [name for name, each in line.people.items() if "night" in each.duties]
    ahead = [each.ahead for each in loads(shipped(), line, "2026-03-02", "2026-07-19", round_the_clock)]
    assert max(ahead) - min(ahead) <= 8, "in halves: less than one night"


def test_the_record_of_the_agent_opens_to_two_holders_with_the_passphrases_of_the_case() -> None:
    desk = filled()[0]
    phrases = {each.about: each.wrote["passphrase"] for each in case().deeds if each.kind == "enrol holder"}
    person = agent(seen("una"), "THISTLE").id
    half = desk.vault.begin(person, "una", phrases["una"], "iris")
    kept = desk.vault.complete(half, "iris", phrases["iris"], AFTER.replace(year=2027)).read()
    said = {name: each for one in kept for name, each in one.fields.items()}
    assert said["name"] in _sealed("THISTLE").wrote["identity"]


@pytest.mark.parametrize("who", ["rob", "sian"])
def test_the_record_of_a_colleague_opens_to_two_who_look_after_staff_and_not_to_himself(who: str) -> None:
    desk = filled()[0]
    phrases = {each.about: each.wrote["passphrase"] for each in case().deeds if each.kind == "enrol holder"}
    (file,) = [each for each in files(seen("una")) if each.who == who]
    half = desk.vault.begin(file.id, "una", phrases["una"], "iris")
    kept = desk.vault.complete(half, "iris", phrases["iris"], AFTER.replace(year=2027)).read()
    said = {name: each for one in kept for name, each in one.fields.items()}
    assert said["name"] in _sealed(who).wrote["identity"]
    assert file.sealed
    with pytest.raises(RefusedError, match="not a pair"):
        desk.vault.begin(file.id, "rob", phrases["rob"], "una")


def _sealed(whom: str) -> Deed:
    (found,) = [each for each in case().deeds if each.kind in SEALING and each.about == whom]
    return found


def test_no_true_name_stands_anywhere_in_the_desk_but_in_the_vault() -> None:
    desk = filled()[0]
    everything = "\n".join(
        f"{each.kind} {each.about} {each.body}" for user in case().users for each in seen(user.name).entries()
    )
    leaves = b"\n".join(desk.leaves()).decode("utf-8", "replace")
    for each in case().deeds:
        if each.kind in SEALING:
            name = each.wrote["identity"].splitlines()[0].partition(": ")[2]
            assert name
            assert name not in everything
            assert name not in leaves


@pytest.fixture(scope="module")
def without() -> Desk:
    """A desk on which none of it was ever done, and nobody but the investigators signs in."""
    desk = Desk.in_memory(KEYS, lambda: AFTER)
    fill(desk, replace(case(), deeds=(), lines={}, turns={}, users=case().users[:3]))
    return desk


@pytest.fixture
def investigators() -> tuple[str, ...]:
    return ("emma", "karina")


def test_whoever_stands_outside_sees_what_he_would_if_none_of_it_had_been(
    without: Desk, investigators: tuple[str, ...]
) -> None:
    for user in investigators:
        with_it, bare = seen(user), without.view(without.reader(user), moment(END), asking=Question("answer key"))
        assert with_it.entries() == bare.entries(), user
        assert with_it.reports() == bare.reports()
        assert with_it.statements() == bare.statements()


def test_nothing_of_it_is_found_by_whoever_stands_outside(investigators: tuple[str, ...]) -> None:
    which = agent(seen("una"), "HEATHER").id
    for user in investigators:
        with pytest.raises(NotFoundError):
            week.found(seen(user), which)
        assert not seen(user).derived(Wishes).by_id


def test_what_lies_in_the_vault_bears_the_moments_of_the_story() -> None:
    desk = filled()[0]
    phrases = {each.about: each.wrote["passphrase"] for each in case().deeds if each.kind == "enrol holder"}
    half = desk.vault.begin(agent(seen("una"), "HEATHER").id, "rob", phrases["rob"], "sian")
    kept = desk.vault.complete(half, "sian", phrases["sian"], AFTER.replace(year=2027)).read()
    assert {each.at for each in kept} == {stamp(_sealed("HEATHER").at.replace(tzinfo=UTC))}
