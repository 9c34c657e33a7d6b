"""Tests of `leconfield.staff.continuity`: somebody who knows the agent is on call, and no outsider sees it."""

from __future__ import annotations

import pytest

from leconfield import app
from leconfield.agents import service as agents
from leconfield.agents.model import Office
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger.model import EntryId
from leconfield.staff import continuity
from leconfield.staff.fairness import request_for
from leconfield.staff.model import Away
from leconfield.staff.profile import shipped
from tests.noninterference.pages import Browser, prepared
from tests.staff.lines import ANN, BOTH, MONDAY, NAMES, OUTSIDER, House, rostered

DAYS = ("2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05")
PAGES = ("/duty", "/duty/now", "/duty/roster", "/duty/people", "/duty/known", "/duty/calendar", "/duty/roster/new")


def with_agent(at: House) -> str:
    which = agents.spot(at.desk, at.view(BOTH), codename="HEATHER", label="HEATHER", reason="he came to us")
    agents.staff(at.desk, at.view(BOTH), which, Office.HANDLER, "ann")
    agents.staff(at.desk, at.view(BOTH), which, Office.CO_HANDLER, "kay")
    return which


def test_whoever_is_on_duty_that_day_is_on_call_and_else_they_take_turns() -> None:
    turns = {("2026-03-03", "night"): "ben"}
    found = continuity.proposed(DAYS, ("ann", "ben"), turns, ())
    assert found == {"2026-03-02": "ann", "2026-03-03": "ben", "2026-03-04": "ann", "2026-03-05": "ben"}


def test_whoever_is_away_is_not_on_call_and_nobody_is_where_both_are() -> None:
    away = [Away(EntryId("a"), "ann", DAYS[0], DAYS[1]), Away(EntryId("b"), "ben", DAYS[1], DAYS[1])]
    found = continuity.proposed(DAYS, ("ann", "ben"), {}, away)
    assert (found[DAYS[0]], found[DAYS[1]]) == ("ben", "")


def test_it_is_settled_and_changed_for_a_day() -> None:
    at = rostered()
    which = with_agent(at)
    at.clock.set("2026-03-02T12:00")
    continuity.settle(at.desk, at.view(BOTH), which)
    (reach,) = continuity.reaches(at.view(BOTH))
    assert set(reach.days.values()) == {"ann", "kay"}
    assert len(reach.days) == 28
    continuity.put_on_call(at.desk, at.view(BOTH), which, DAYS[1], "kay")
    assert continuity.reaches(at.view(BOTH))[0].days[DAYS[1]] == "kay"
    with pytest.raises(BadInputError, match="does not know him"):
        continuity.put_on_call(at.desk, at.view(BOTH), which, DAYS[1], "ben")
    with pytest.raises(BadInputError, match="is no day"):
        continuity.put_on_call(at.desk, at.view(BOTH), which, "soon", "ann")


def test_hidden_and_never_existed_are_told_in_the_same_words() -> None:
    at = rostered()
    which = with_agent(at)
    said = []
    for each in (which, "0" * 32):
        with pytest.raises(NotFoundError) as told:
            continuity.settle(at.desk, at.view(ANN), each)
        said.append(str(told.value))
    assert said[0] == said[1]


def test_without_a_roster_there_is_nothing_to_settle() -> None:
    at = rostered()
    which = with_agent(at)
    at.clock.set("2026-06-01T12:00")
    with pytest.raises(RefusedError, match="no roster"):
        continuity.settle(at.desk, at.view(BOTH), which)


def seen(at: House) -> list[tuple[str, bytes]]:
    found = []
    for who in (ANN, OUTSIDER):
        at.clock.set("2026-03-02T12:00")
        browser = Browser(app.site(at.desk), who.name)
        for page in PAGES:
            at.clock.set("2026-03-02T12:00")
            status, headers, body = browser.get(page)
            found.append((f"{who.name} {page} {status} {headers}", body))
    return found


def test_a_whole_agent_with_people_on_call_changes_no_byte_for_the_rest_of_the_line() -> None:
    with prepared():
        one, other = rostered(), rostered()
        which = with_agent(other)
        other.clock.set("2026-03-02T11:00")
        continuity.settle(other.desk, other.view(BOTH), which)
        assert continuity.reaches(other.view(BOTH))
        assert seen(one) == seen(other)
        later = [request_for(shipped(), each.line, MONDAY.replace(day=30)) for each in (one, other)]
        assert later[0] == later[1]
        assert set(NAMES) == {each.name for each in later[0].officers}
